package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.program.Pilot;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.program.Rover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Does a rover stop whenever its link is cut, and how soon? Many at once, each with its own. */
public final class Cuts {
  private static final int ROVERS = 10;
  private static final int CUTS_EACH = 100;
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final Lab lab;
  private final Consumer<String> progress;
  private final Queue<Cut> cuts = new ConcurrentLinkedQueue<>();

  public Cuts(Lab lab, Consumer<String> progress) {
    this.lab = lab;
    this.progress = progress;
  }

  public CutsResult run() {
    Uplink home = Uplink.of(lab.internet(), Side.OPERATOR, "cutter-home", NatKind.PORT_RESTRICTED);
    List<Driven> all = new ArrayList<>();
    try (Pilot pilot = lab.pilot(home.host(), "cutter")) {
      // One after another: a machine that starts ten agents at once has no time to drive.
      for (int i = 0; i < ROVERS; i++) {
        all.add(start(pilot, "cut-" + i));
      }
      progress.accept(ROVERS + " rovers are driven");
      Await.pause(SETTLING);
      List<Thread> threads =
          all.stream().map(driven -> new Thread(() -> cuts(driven), "cutter")).toList();
      threads.forEach(Thread::start);
      threads.forEach(Cuts::join);
      all.forEach(driven -> driven.ride().close());
    }
    return new CutsResult(ROVERS * CUTS_EACH, List.copyOf(cuts));
  }

  private record Driven(Ride ride, Uplink uplink) {}

  private Driven start(Pilot pilot, String name) {
    Uplink uplink = Uplink.of(lab.internet(), Side.ROBOT, name, NatKind.PORT_RESTRICTED);
    Rover rover = lab.rover(uplink.host(), name, Rover.Equipment.PLAIN).awaitRegistered();
    return new Driven(Ride.begin(pilot, rover), uplink);
  }

  /** Until all are made, or the rover is not driven any more after one. */
  private void cuts(Driven driven) {
    Random random = new Random();
    boolean back = true;
    int made = 0;
    while (back && made < CUTS_EACH) {
      Await.pause(Duration.ofMillis(500 + random.nextInt(1000)));
      Optional<Cut> cut =
          Cut.make(driven.ride(), driven.uplink(), Duration.ofMillis(200 + random.nextInt(1000)));
      if (cut.isPresent()) {
        made++;
        back = cut.orElseThrow().back();
        add(cut.orElseThrow());
      }
    }
  }

  private void add(Cut cut) {
    cuts.add(cut);
    int made = cuts.size();
    if (made % 100 == 0) {
      CutsResult soFar = new CutsResult(ROVERS * CUTS_EACH, List.copyOf(cuts));
      progress.accept(
          "%d of %d cuts, %d in time, at most %.0f ms"
              .formatted(made, soFar.wanted(), soFar.inTime(), soFar.unattended().max()));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
