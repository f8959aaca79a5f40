package dev.farhand.bench;

import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.report.Report;
import dev.farhand.netlab.report.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench footprint}. */
@Command(
    name = "footprint",
    description = {
      "Memory and processor time of the agent and of a driver of each kind while Chromium drives",
      "them twenty times a second and shows 640x480 video, beside a bare webrtc-java peer and a",
      "Python peer that behaves as RTCBot's.",
      "Ends with 0 if the agent keeps to its goal and with 1 if not."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FootprintCommand implements Callable<Integer> {
  private static final String RESULTS = "target/bench-footprint";

  /** Until what starts has started: classes, encoders, the path's first seconds. */
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** For connecting, and for the wheels to stop. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  @Option(names = "--quick", description = "In under a minute.")
  private boolean quick;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "To look at each contender: 60, quick 6.")
  private int seconds;

  @Mixin private Results results = new Results();

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    Duration time = Duration.ofSeconds(seconds > 0 ? seconds : quick ? 6 : 60);
    FootprintReport report = measure(results.folders(RESULTS + "/work"), time);
    results.keep(new Report("bench", List.of(report.section())), RESULTS, "docs/drivers.md");
    report.print(spec.commandLine().getOut());
    return report.goalMet() ? 0 : 1;
  }

  private FootprintReport measure(Folders folders, Duration time) {
    results.say("Starting the contenders …");
    List<Footprint> all = new ArrayList<>();
    try (DriversOfAllKinds drivers = new DriversOfAllKinds(folders);
        Farhand farhand = Farhand.start(folders, drivers.settings());
        WithoutServer bare = WithoutServer.bare(folders);
        WithoutServer rtcBot = WithoutServer.rtcBot(folders);
        BenchPage page = new BenchPage(farhand.address())) {
      results.say("Farhand, nobody connected, " + time.toSeconds() + " s");
      all.addAll(watch(farhand::robot, Footprint.IDLE, WARM_UP, time).join());
      results.say("Farhand is driven, " + time.toSeconds() + " s");
      all.addAll(driven(page, farhand, farhand::robot, time));
      for (WithoutServer peer : List.of(bare, rtcBot)) {
        results.say(peer.name() + " is driven, " + time.toSeconds() + " s");
        all.addAll(driven(page, peer, () -> List.of(peer.process().process()), time));
      }
    }
    return new FootprintReport(all);
  }

  private static List<Footprint> driven(
      BenchPage page, Contender contender, Supplier<List<ProcessHandle>> processes, Duration time) {
    CompletableFuture<List<Footprint>> seen = watch(processes, contender.name(), WARM_UP, time);
    page.drive(contender, WARM_UP.plus(time).plus(MARGIN));
    return seen.join();
  }

  /** Beside the thread that the browser is called on. */
  private static CompletableFuture<List<Footprint>> watch(
      Supplier<List<ProcessHandle>> processes, String name, Duration warmUp, Duration time) {
    return CompletableFuture.supplyAsync(
        () -> {
          pause(warmUp);
          List<Watched> watched = processes.get().stream().map(Watched::new).toList();
          long end = System.nanoTime() + time.toNanos();
          while (System.nanoTime() < end) {
            watched.forEach(one -> one.meter().look());
            pause(LOOK_EVERY);
          }
          return watched.stream().flatMap(one -> Footprint.of(name, one).stream()).toList();
        });
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One process and its meter. */
  record Watched(ProcessHandle process, Meter meter) {
    Watched(ProcessHandle process) {
      this(process, new Meter(process));
    }
  }
}
