package dev.farhand.board.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.board.machine.Pins;
import dev.farhand.board.machine.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That bad news would be noticed. */
class EvidenceTest {
  private static final long FROM = 5_000_000_000L;

  /** Sights 100 ms apart. */
  private static Evidence saw(String... states) {
    List<Sight> sights = new ArrayList<>();
    for (String state : states) {
      long at = FROM + Duration.ofMillis(100 * (sights.size() + 1L)).toNanos();
      sights.add(new Sight(at, at - 1, new Pins(state)));
    }
    return new Evidence(Optional.of(new Pins("1011")), FROM, sights);
  }

  @Test
  void pins_are_safe_when_the_enable_pin_is_low_too() {
    Evidence evidence = saw("1011", "0001", "0000");
    assertThat(evidence.until(Pins::motorOff)).contains(Duration.ofMillis(200));
    assertThat(evidence.until(Pins::safe)).contains(Duration.ofMillis(300));
    assertThat(evidence.stayedSafe()).isTrue();
  }

  @Test
  void one_pin_that_comes_on_again_is_noticed() {
    assertThat(saw("0000", "0001", "0000").stayedSafe()).isFalse();
    assertThat(saw("LLLL", "LLLH").stayedSafe()).isFalse();
  }

  @Test
  void pins_that_nobody_holds_are_not_safe_while_they_are_high() {
    Evidence evidence = saw("HLHH", "0LHH", "0000", "LLLL", "0000");
    assertThat(evidence.until(Pins::safe)).contains(Duration.ofMillis(300));
    assertThat(evidence.unheld()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void a_fault_without_safe_pins_in_time_is_not_good() {
    Outcome late =
        new Outcome(
            Fault.STOP,
            true,
            saw("0000").until(Pins::motorOff),
            Optional.of(Fault.STOP.limit().plusMillis(1)),
            Duration.ZERO,
            true,
            Optional.of(Duration.ofSeconds(9)),
            "");
    assertThat(late.good()).isFalse();
    assertThat(saw("1011").until(Pins::safe)).isEmpty();
  }
}
