package dev.farhand.agent.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Rule 7: how fast an axis may gain speed. */
class RampTest {
  private static final long MILLI = 1_000_000;
  private static final Offset<Double> EXACTLY = within(1e-9);

  private final Ramp ramp = new Ramp(2);
  private long now = -7_000_000_000L;

  RampTest() {
    ramp.toward(0, now);
  }

  @Test
  void rule_7_full_speed_takes_as_long_as_the_limit_says() {
    for (int i = 1; i < 25; i++) {
      assertThat(after(20, 1)).isCloseTo(2 * 0.02 * i, EXACTLY);
    }
    assertThat(after(20, 1)).isEqualTo(1);
    assertThat(after(20, 1)).isEqualTo(1);
  }

  @Test
  void rule_7_backwards_is_the_same() {
    assertThat(after(20, -1)).isCloseTo(-0.04, EXACTLY);
    assertThat(after(20, -0.05)).isCloseTo(-0.05, EXACTLY);
  }

  @Test
  void rule_7_slowing_down_is_never_held_back() {
    for (int i = 0; i < 25; i++) {
      after(20, 1);
    }
    assertThat(after(1, 0.3)).isEqualTo(0.3);
    assertThat(after(0, 0)).isZero();
  }

  @Test
  void rule_7_the_other_direction_begins_at_rest() {
    for (int i = 0; i < 25; i++) {
      after(20, 1);
    }
    assertThat(after(20, -1)).isCloseTo(-0.04, EXACTLY);
  }

  @Test
  void rule_7_a_stop_ends_at_rest_and_speed_is_gained_anew() {
    for (int i = 0; i < 25; i++) {
      after(20, 1);
    }
    ramp.rest();
    assertThat(ramp.value()).isZero();
    assertThat(after(20, 1)).isCloseTo(0.04, EXACTLY);
  }

  @Test
  void rule_7_a_long_gap_between_two_calls_is_no_leap() {
    after(20, 1);
    assertThat(after(60_000, 1)).isCloseTo(0.04 + 0.1, EXACTLY);
    assertThat(after(Long.MAX_VALUE / MILLI / 2, 1)).isCloseTo(0.04 + 0.2, EXACTLY);
  }

  @Test
  void rule_7_the_first_call_of_all_is_no_leap() {
    assertThat(new Ramp(2).toward(1, 5_000_000_000L)).isCloseTo(0.1, EXACTLY);
    assertThat(new Ramp(2).toward(1, -5_000_000_000L)).isZero();
  }

  @Test
  void rule_7_a_clock_that_stands_or_goes_back_gains_nothing() {
    after(20, 1);
    assertThat(after(0, 1)).isCloseTo(0.04, EXACTLY);
    assertThat(after(-500, 1)).isCloseTo(0.04, EXACTLY);
  }

  @Test
  void rule_7_without_a_limit_it_is_there_at_once() {
    Ramp free = new Ramp(Double.POSITIVE_INFINITY);
    assertThat(free.toward(1, 0)).isEqualTo(1);
    assertThat(free.toward(-1, 0)).isEqualTo(-1);
    assertThat(free.toward(0, 0)).isZero();
  }

  @Test
  void rule_7_whatever_is_asked_for_the_limit_holds_and_nothing_overshoots() {
    Random random = new Random(7);
    double before = 0;
    for (int i = 0; i < 100_000; i++) {
      long millis = random.nextInt(200);
      double target = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 2 - 1;
      double value = after(millis, target);
      double gained = value * before > 0 ? Math.abs(value) - Math.abs(before) : Math.abs(value);
      assertThat(gained).isLessThanOrEqualTo(2 * Math.min(millis, 50) / 1000.0 + 1e-9);
      assertThat(Math.abs(value)).isLessThanOrEqualTo(Math.abs(target));
      assertThat(value * target).isNotNegative();
      before = value;
    }
  }

  private double after(long millis, double target) {
    now += millis * MILLI;
    return ramp.toward(target, now);
  }
}
