package dev.farhand.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PieceSizeTest {
  private final PieceSize size = new PieceSize();
  private long now;

  @Test
  void it_grows_while_answers_take_as_long_as_the_quickest() {
    answers(80, 10);
    assertThat(size.letters(now)).isEqualTo(8192);
  }

  @Test
  void on_a_narrow_path_it_stays_where_a_command_waits_for_a_tenth_of_a_second() {
    int most = 0;
    for (int i = 0; i < 50; i++) {
      answers(60 + size.letters(now) / 4, 1);
      most = Math.max(most, size.letters(now));
    }
    assertThat(most).isBetween(256, 512);
  }

  @Test
  void a_path_that_has_become_longer_is_no_narrow_one_for_ever() {
    answers(20, 10);
    answers(300, 10);
    assertThat(size.letters(now)).isEqualTo(256);
    answers(300, 100);
    assertThat(size.letters(now)).isEqualTo(8192);
  }

  @Test
  void what_was_learnt_is_forgotten_after_a_while() {
    answers(80, 10);
    now += TimeUnit.SECONDS.toNanos(6);
    assertThat(size.letters(now)).isEqualTo(256);
  }

  private void answers(long millis, int times) {
    for (int i = 0; i < times; i++) {
      long took = TimeUnit.MILLISECONDS.toNanos(millis);
      now += took;
      size.answered(now, took);
    }
  }
}
