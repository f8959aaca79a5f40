package dev.farhand.bench.stop;

import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.Pilot;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.program.Rover;
import dev.farhand.netlab.program.SignalingServer;
import dev.farhand.netlab.robot.Deed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One rover and its operator, a process each. One thread. */
final class Crew implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofSeconds(20);
  private static final String SMALL_HEAP = "-Xmx64m";

  private final Folders folders;
  private final SignalingServer server;
  private final String id;
  private final Random random;
  private Rover rover;
  private Pilot pilot;
  private Ride ride;

  private Crew(Folders folders, SignalingServer server, String id, long seed) {
    this.folders = folders;
    this.server = server;
    this.id = id;
    this.random = new Random(seed);
    this.rover = rover();
    this.pilot = pilot();
    this.ride = Ride.begin(pilot, rover);
    rover.putFirst();
  }

  /** Starts both and comes back when the rover is driven. */
  static Crew start(Folders folders, SignalingServer server, String id, long seed) {
    return new Crew(folders, server, id, seed);
  }

  /** Waits a while, has something fail, watches, and mends it. */
  Stop next() {
    while (true) {
      Await.pause(between(100, 500));
      if (ride.moves()) {
        Optional<Stop> stop = suffer(Fault.any(random));
        if (stop.isPresent()) {
          return stop.get();
        }
      } else if (ride.next(Deed.What.GO, System.nanoTime(), BACK).isEmpty() && !ride.moves()) {
        throw new IllegalStateException(id + " is not driven any more.");
      }
    }
  }

  /** Empty if the wheels stood already when it failed: nothing could be seen to stop. */
  private Optional<Stop> suffer(Fault fault) {
    ProcessHandle victim = victim(fault);
    long at = System.nanoTime();
    signal(victim, fault.signal());
    Deed.What sign = fault.takesTheDriver() ? Deed.What.SAFE : Deed.What.STOP;
    Optional<Deed> stop = ride.next(sign, at, STOPPING);
    long stopped = stop.map(Deed::at).orElseGet(System::nanoTime);
    // A new driver may be driven at once: nobody has failed but the old one.
    boolean crept =
        !fault.takesTheDriver() && ride.next(Deed.What.GO, stopped, between(50, 200)).isPresent();
    if (fault.takesTheDriver()) {
      rover.putFirst(); // the new driver, as soon as it has done its first act
    }
    // Asked before it is mended: a new agent's rover has a new journal.
    boolean stood = !fault.takesTheDriver() && !ride.movedAt(at);
    mend(fault, victim);
    boolean back = ride.next(Deed.What.GO, stopped, BACK).isPresent();
    if (fault.takesTheDriver() || fault == Fault.AGENT_KILLED) {
      rover.putFirst(); // threads that have come since
    }
    double unattended =
        stop.map(deed -> (deed.at() - (fault.takesTheDriver() ? at : deed.last())) / 1e6)
            .orElse(Double.POSITIVE_INFINITY);
    return stood ? Optional.empty() : Optional.of(new Stop(fault, unattended, crept, back));
  }

  private ProcessHandle victim(Fault fault) {
    return switch (fault) {
      case OPERATOR_STOPPED, OPERATOR_KILLED -> pilot.process();
      case AGENT_STOPPED, AGENT_KILLED -> rover.agent().orElseThrow();
      case DRIVER_STOPPED, DRIVER_KILLED -> rover.driver().orElseThrow();
    };
  }

  /** What a person, or systemd, would do; the agent mends its driver itself. */
  private void mend(Fault fault, ProcessHandle victim) {
    switch (fault) {
      case OPERATOR_STOPPED, AGENT_STOPPED -> signal(victim, "CONT");
      case OPERATOR_KILLED -> {
        pilot = pilot();
        ride = Ride.begin(pilot, rover);
      }
      case AGENT_KILLED -> {
        rover.close();
        rover = rover();
        // The operator comes back by itself, and drives on.
        ride = Ride.underWay(pilot, rover);
      }
      case DRIVER_STOPPED, DRIVER_KILLED -> {}
    }
  }

  private Rover rover() {
    return Rover.start(folders, server, Place.HERE, id, Rover.Equipment.PLAIN).awaitRegistered();
  }

  private Pilot pilot() {
    return Pilot.start(folders, server, Place.HERE, id, List.of(SMALL_HEAP));
  }

  private Duration between(int leastMillis, int mostMillis) {
    return Duration.ofMillis(leastMillis + random.nextInt(mostMillis - leastMillis));
  }

  private static void signal(ProcessHandle victim, String signal) {
    try {
      Process unused =
          new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(victim.pid())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    signal(pilot.process(), "CONT");
    pilot.close();
    rover.close();
  }
}
