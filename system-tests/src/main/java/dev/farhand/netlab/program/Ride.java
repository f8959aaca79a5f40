package dev.farhand.netlab.program;

import dev.farhand.netlab.robot.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A rover that a pilot drives in circles. One thread. */
public final class Ride implements AutoCloseable {
  private static final Duration JOINING = Duration.ofSeconds(25);
  private static final Duration STARTING = Duration.ofSeconds(10);

  private final Pilot pilot;
  private final Rover rover;

  private Ride(Pilot pilot, Rover rover) {
    this.pilot = pilot;
    this.rover = rover;
  }

  /** One whose pilot has joined already, and drives as soon as it can. */
  public static Ride underWay(Pilot pilot, Rover rover) {
    return new Ride(pilot, rover);
  }

  /** Joins, drives, and comes back when the wheels turn. */
  public static Ride begin(Pilot pilot, Rover rover) {
    Ride ride = new Ride(pilot, rover);
    long now = System.nanoTime();
    pilot.join(rover.id(), false);
    if (pilot.opened(rover.id(), JOINING).isEmpty()) {
      throw new IllegalStateException(rover.id() + " could not be joined.");
    }
    pilot.drive(rover.id(), true);
    if (ride.next(Deed.What.GO, now, STARTING).isEmpty()) {
      throw new IllegalStateException(rover.id() + " could not be driven.");
    }
    return ride;
  }

  /** Whether the wheels turn, by the newest word of the rover. */
  public boolean moves() {
    return rover
        .journal()
        .newest(Long.MAX_VALUE)
        .filter(deed -> deed.what() == Deed.What.GO)
        .isPresent();
  }

  /** Whether the wheels turned at that time. */
  public boolean movedAt(long time) {
    return rover.journal().newest(time).filter(deed -> deed.what() == Deed.What.GO).isPresent();
  }

  /** The first deed of this kind after that time; empty if it does not come. */
  public Optional<Deed> next(Deed.What what, long after, Duration within) {
    return Await.maybe(within, () -> rover.journal().first(what, after));
  }

  /** Goes on for so long; what the rover did meanwhile. */
  public List<Deed> goOn(Duration time) {
    long began = System.nanoTime();
    Await.pause(time);
    return rover.journal().deeds().stream().filter(deed -> deed.at() > began).toList();
  }

  @Override
  public void close() {
    pilot.drive(rover.id(), false);
    pilot.leave(rover.id());
  }
}
