package dev.farhand.board.trial;

import dev.farhand.board.machine.Direction;
import dev.farhand.board.machine.Pins;
import dev.farhand.board.machine.Sight;
import dev.farhand.board.machine.Testimony;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the witness saw from an instant on.
 *
 * @param before how the pins were at that instant, if that was seen
 * @param from by the board's clock, just before the fault
 * @param sights since then
 */
record Evidence(Optional<Pins> before, long from, List<Sight> sights) {
  static Evidence of(Testimony testimony, long from) {
    return new Evidence(testimony.at(from).map(Sight::pins), from, testimony.since(from));
  }

  /** Whether the fault met a motor that turned. */
  boolean driven(Direction direction) {
    return before.filter(pins -> pins.drive(direction)).isPresent();
  }

  /** How long it took until the pins were first like this. */
  Optional<Duration> until(Predicate<Pins> state) {
    return first(state).map(sight -> Duration.ofNanos(sight.at() - from));
  }

  private Optional<Sight> first(Predicate<Pins> state) {
    return sights.stream().filter(sight -> state.test(sight.pins())).findFirst();
  }

  /** Whether the pins, once safe, were so ever after. */
  boolean stayedSafe() {
    return sights.stream().map(Sight::pins).dropWhile(pins -> !pins.safe()).allMatch(Pins::safe);
  }

  /** How long pins that nobody held were not safe. */
  Duration unheld() {
    long nanos = 0;
    for (int i = 0; i + 1 < sights.size(); i++) {
      Pins pins = sights.get(i).pins();
      if (!pins.safe() && !pins.held()) {
        nanos += sights.get(i + 1).at() - sights.get(i).at();
      }
    }
    return Duration.ofNanos(nanos);
  }

  /** The states until the first safe one, with their times in milliseconds. */
  String trace() {
    StringBuilder trace = new StringBuilder();
    for (Sight sight : sights) {
      trace
          .append(trace.isEmpty() ? "" : ", ")
          .append(sight.pins().states())
          .append(" after %d ms".formatted((sight.at() - from) / 1_000_000));
      if (sight.pins().safe()) {
        break;
      }
    }
    return trace.toString();
  }
}
