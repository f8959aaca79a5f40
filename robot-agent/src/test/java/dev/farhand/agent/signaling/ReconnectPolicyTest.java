package dev.farhand.agent.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
  private static final Duration NEVER = Duration.ZERO;

  @Test
  void the_wait_doubles_up_to_the_cap_and_is_forgotten_after_a_good_stretch() {
    ReconnectPolicy latest = new ReconnectPolicy(ReconnectSettings.DEFAULTS, () -> 0.999_999);
    latest.ended(NEVER);
    assertThat(latest.delay()).isBetween(Duration.ofMillis(249), Duration.ofMillis(250));
    latest.ended(NEVER);
    assertThat(latest.delay()).isBetween(Duration.ofMillis(499), Duration.ofMillis(500));
    for (int i = 0; i < 100; i++) {
      latest.ended(NEVER);
    }
    assertThat(latest.delay()).isBetween(Duration.ofMillis(9_999), Duration.ofSeconds(10));
    latest.ended(Duration.ofMinutes(1));
    assertThat(latest.delay()).isBetween(Duration.ofMillis(249), Duration.ofMillis(250));
  }

  @Test
  void the_whole_range_down_to_zero_is_used() {
    ReconnectPolicy earliest = new ReconnectPolicy(ReconnectSettings.DEFAULTS, () -> 0);
    earliest.ended(NEVER);
    assertThat(earliest.delay()).isZero();
  }
}
