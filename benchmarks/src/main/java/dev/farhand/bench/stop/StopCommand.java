package dev.farhand.bench.stop;

import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.SignalingServer;
import dev.farhand.netlab.report.Report;
import dev.farhand.netlab.report.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench stop}. */
@Command(
    name = "stop",
    description = {
      "Stops and kills agents, drivers and operators' programs while rovers are driven, at random",
      "and in parallel, and measures how soon the wheels are told to stand; beside it, how late a",
      "bare timer is. Ends with 0 if none was missed and with 1 if one was."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StopCommand implements Callable<Integer> {
  private static final int QUICK_STOPS = 200;
  private static final int ROVERS = 6;
  private static final String RESULTS = "target/bench-stop";

  @Option(names = "--quick", description = "200 stops, in under a minute.")
  private boolean quick;

  @Option(names = "--stops", paramLabel = "N", description = "So many: 10000, quick 200.")
  private int stops;

  @Option(names = "--rovers", paramLabel = "N", description = "At once: 6.")
  private int rovers;

  @Mixin private Results results = new Results();

  /** For picocli. */
  public StopCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    int wanted = stops > 0 ? stops : quick ? QUICK_STOPS : 10_000;
    StopReport report = measure(wanted, rovers > 0 ? rovers : ROVERS);
    results.keep(new Report("bench", List.of(report.section())), RESULTS, "docs/safety.md");
    results.say("The table and a picture are in " + RESULTS + "/results.html");
    results.say(report.line());
    return report.good() ? 0 : 1;
  }

  private StopReport measure(int wanted, int count) throws InterruptedException {
    Folders folders = results.folders(RESULTS + "/work");
    List<Crew> crews = new ArrayList<>();
    Queue<Stop> all = new ConcurrentLinkedQueue<>();
    try (SignalingServer server =
            SignalingServer.start(folders, Place.HERE, "127.0.0.1", 0, List.of());
        TimerWatch timer = new TimerWatch()) {
      try {
        for (int i = 0; i < count; i++) {
          crews.add(Crew.start(folders, server, "stop-" + i, i));
        }
        results.say(count + " rovers are driven");
        // What starting them has cost is not the rovers' fault.
        int before = timer.late().size();
        run(crews, wanted, all);
        List<Double> late = timer.late();
        return new StopReport(wanted, List.copyOf(all), late.subList(before, late.size()));
      } finally {
        crews.parallelStream().forEach(Crew::close);
      }
    }
  }

  private void run(List<Crew> crews, int wanted, Queue<Stop> all) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(wanted);
    AtomicInteger made = new AtomicInteger();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Crew crew : crews) {
      Thread thread =
          new Thread(
              () -> {
                while (left.getAndDecrement() > 0 && failures.isEmpty()) {
                  add(all, made, crew.next(), wanted);
                }
              },
              "crew");
      thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("A crew could not go on.", failures.peek());
    }
  }

  private void add(Queue<Stop> all, AtomicInteger count, Stop stop, int wanted) {
    if (!stop.inTime() || !stop.back()) {
      results.say("  " + stop);
    }
    all.add(stop);
    int made = count.incrementAndGet();
    if (made % Math.max(50, wanted / 20) == 0) {
      results.say("  " + made + " of " + wanted);
    }
  }
}
