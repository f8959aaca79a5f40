package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.config.MemoryBounds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the agent has itself started anew. */
class MemoryWatchTest {
  private static final long MB = 1L << 20;

  private long messages;
  private long peers;
  private long now;
  private boolean idle;
  private int restarts;

  @Test
  void what_libwebrtc_keeps_is_bounded_from_the_first_second_on() {
    MemoryWatch watch = watch(10_000 * MB);
    messages = 64 * MB / MemoryWatch.BYTES_A_MESSAGE;
    watch.check();
    assertThat(restarts).isZero();
    peers = 1;
    watch.check();
    assertThat(restarts).isEqualTo(1);
  }

  @Test
  void a_resident_bound_set_too_low_makes_no_loop() {
    MemoryWatch watch = watch(1);
    idle = true;
    now = Duration.ofMinutes(10).toNanos() - 1;
    watch.check();
    assertThat(restarts).isZero();
    now++;
    watch.check();
    assertThat(restarts).isEqualTo(1);
  }

  @Test
  void the_soft_bound_waits_until_the_process_is_old_enough_and_idle() {
    MemoryWatch watch = watch(10_000 * MB);
    messages = 40 * MB / MemoryWatch.BYTES_A_MESSAGE;
    idle = true;
    watch.check();
    assertThat(restarts).isZero();
    now = Duration.ofMinutes(10).toNanos();
    idle = false;
    watch.check();
    assertThat(restarts).isZero();
    idle = true;
    watch.check();
    assertThat(restarts).isEqualTo(1);
  }

  private MemoryWatch watch(long resident) {
    return new MemoryWatch(
        new MemoryBounds(32 * MB, 64 * MB, resident, resident, Duration.ofMinutes(10)),
        () -> messages,
        () -> peers,
        () -> now,
        () -> idle,
        () -> restarts++);
  }
}
