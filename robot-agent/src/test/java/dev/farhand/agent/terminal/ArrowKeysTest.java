package dev.farhand.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.terminal.Key.Name;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Keys of a terminal, which tells no key-up, on a clock that the test moves. */
class ArrowKeysTest {
  private long now = -1000;
  private final ArrowKeys arrows = new ArrowKeys(() -> now);

  @Test
  void a_press_counts_until_its_repetitions_can_have_begun_and_then_ends() {
    assertThat(arrows.press(Name.UP)).isTrue();
    passes(699);
    assertThat(arrows.linear()).isEqualTo(1);
    passes(1);
    assertThat(arrows.linear()).isZero();
  }

  @Test
  void a_key_that_is_held_counts_on_and_ends_soon_after_it_was_let_go() {
    arrows.press(Name.LEFT);
    passes(660);
    for (int i = 0; i < 100; i++) {
      arrows.press(Name.LEFT);
      passes(100);
      assertThat(arrows.angular()).isEqualTo(1);
    }
    passes(150);
    assertThat(arrows.angular()).isZero();
  }

  @Test
  void the_other_way_takes_over_at_once_and_the_axes_are_apart() {
    arrows.press(Name.UP);
    arrows.press(Name.RIGHT);
    assertThat(arrows.linear()).isEqualTo(1);
    assertThat(arrows.angular()).isEqualTo(-1);
    arrows.press(Name.DOWN);
    assertThat(arrows.linear()).isEqualTo(-1);
    arrows.release();
    assertThat(arrows.linear()).isZero();
    assertThat(arrows.angular()).isZero();
  }

  @Test
  void other_keys_are_none_of_these() {
    assertThat(arrows.press(Name.ENTER)).isFalse();
    assertThat(arrows.linear()).isZero();
  }

  private void passes(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
