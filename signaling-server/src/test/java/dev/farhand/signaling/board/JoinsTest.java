package dev.farhand.signaling.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.signaling.bounds.Limits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JoinsTest {
  /** Sessions that fill what an agent keeps for them: 64 MB of 70 KB each. */
  private static final int FILL_AN_AGENT = 937;

  // Near the end of its range: nanoseconds may overflow.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final Joins joins = new Joins(Limits.DEFAULTS.joinsAtOnce(), now::get);

  @Test
  void one_invitation_cannot_fill_an_agent_in_half_an_hour() {
    int joined = 0;
    for (int tenths = 0; tenths < 10 * 60 * 30; tenths++) {
      joined += joins.take("rover1", "i").isZero() ? 1 : 0;
      now.addAndGet(Duration.ofMillis(100).toNanos());
    }
    assertThat(joined).isBetween(900, FILL_AN_AGENT - 1);
  }

  @Test
  void a_pause_restores_what_was_used_and_no_more() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 20; i++) {
        assertThat(joins.take("rover1", "i")).isZero();
      }
      assertThat(joins.take("rover1", "i")).isEqualTo(Joins.EVERY);
      now.addAndGet(Duration.ofHours(1).toNanos());
    }
  }

  @Test
  void each_robot_and_each_invitation_counts_alone() {
    Joins one = new Joins(1, now::get);
    assertThat(one.take("rover1", "i")).isZero();
    assertThat(one.take("rover2", "i")).isZero();
    assertThat(one.take("rover1", "j")).isZero();
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(one.take("rover1", "i")).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void what_is_restored_is_forgotten_and_what_is_not_still_counts() {
    Joins one = new Joins(1, now::get);
    for (int i = 0; i < 2000; i++) {
      one.take("rover" + i, "i");
    }
    assertThat(one.take("rover0", "i")).isEqualTo(Joins.EVERY);
    now.addAndGet(Joins.EVERY.toNanos());
    one.take("rover0", "i");
    assertThat(one.size()).isEqualTo(1);
  }
}
