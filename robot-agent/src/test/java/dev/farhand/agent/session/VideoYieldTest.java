package dev.farhand.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.camera.Format;
import dev.farhand.agent.webrtc.Encoding;
import org.junit.jupiter.api.Test;

/** What is sent over paths that take more or less, told estimate by estimate. */
class VideoYieldTest {
  private static final int MOST = 2_000_000;
  private static final int ENOUGH_FOR_VGA = 1_013_760;
  private static final long BETWEEN_MILLIS = 250;

  private VideoYield yield = new VideoYield(new Rungs(Format.VGA), MOST);
  private long now = 5000;

  @Test
  void the_first_pictures_are_whole_and_no_flood() {
    Encoding first = yield.at(now);
    assertThat(first.maxBitsPerSecond()).isEqualTo(250_000);
    assertThat(first.scaleDownBy()).isEqualTo(1);
    assertThat(first.everyNth()).isEqualTo(1);
  }

  @Test
  void a_large_picture_begins_smaller() {
    yield = new VideoYield(new Rungs(new Format(1280, 720, 30)), MOST);
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(2);
  }

  @Test
  void a_wide_path_is_used_within_five_seconds() {
    yield = new VideoYield(new Rungs(new Format(1280, 720, 30)), MOST);
    // libwebrtc finds out twice of what it is allowed to send, not more.
    for (int i = 0; i < 20; i++) {
      estimated(2L * yield.at(now).maxBitsPerSecond());
    }
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(MOST);
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(1);
  }

  @Test
  void a_wide_path_is_not_used_for_more_than_can_be_seen() {
    estimatedFor(10_000, 8_000_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(ENOUGH_FOR_VGA);
  }

  @Test
  void no_step_is_tried_on_a_path_whose_end_shows() {
    estimatedFor(4000, 300_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isLessThanOrEqualTo(255_000);
  }

  @Test
  void it_keeps_below_an_estimate_that_falls_and_comes_back_slowly() {
    estimatedFor(3000, 290_000);
    estimated(200_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(170_000);
    assertThat(yield.at(now).everyNth()).isEqualTo(1);
    estimatedFor(1000, 400_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isBetween(175_000, 270_000);
    estimatedFor(30_000, 400_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(340_000);
  }

  @Test
  void fewer_bits_mean_fewer_pixels_at_once_and_fewer_pictures_last() {
    estimatedFor(1000, 290_000);
    estimated(150_000);
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(2);
    assertThat(yield.at(now).everyNth()).isEqualTo(1);
    estimatedFor(5000, 50_000);
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(2);
    assertThat(yield.at(now).everyNth()).isEqualTo(2);
    estimatedFor(5000, 1000);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(40_000);
  }

  @Test
  void an_estimate_to_and_fro_does_not_change_the_size_to_and_fro() {
    estimatedFor(1000, 290_000);
    estimated(190_000);
    double size = yield.at(now).scaleDownBy();
    for (int i = 0; i < 40; i++) {
      estimated(i % 2 == 0 ? 190_000 : 280_000);
      assertThat(yield.at(now).scaleDownBy()).isEqualTo(size);
    }
  }

  @Test
  void an_estimate_that_collapses_pauses_the_video_and_goes_on_small() {
    fast();
    estimated(300_000);
    assertThat(yield.at(now).everyNth()).isZero();
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(2);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(60_000);
    now += 200;
    assertThat(yield.at(now).everyNth()).isEqualTo(2);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(60_000);
  }

  @Test
  void beats_that_come_back_late_pause_the_video_before_libwebrtc_knows() {
    fast();
    driven(2000, 80);
    driven(100, 520);
    assertThat(yield.at(now).everyNth()).isEqualTo(1);
    driven(50, 540);
    assertThat(yield.at(now).everyNth()).isZero();
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(60_000);
  }

  @Test
  void a_queue_that_takes_long_to_empty_is_paused_for_once() {
    fast();
    driven(2000, 80);
    driven(500, 1200);
    int paused = 0;
    for (int i = 0; i < 40; i++) {
      driven(50, 1200);
      paused += yield.at(now).everyNth() == 0 ? 1 : 0;
    }
    assertThat(paused).isZero();
  }

  @Test
  void a_path_that_is_always_slow_is_not_paused_for() {
    fast();
    driven(60_000, 900);
    assertThat(yield.at(now).everyNth()).isEqualTo(1);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(ENOUGH_FOR_VGA);
  }

  @Test
  void a_path_that_has_become_slow_is_taken_for_what_it_is_after_some_seconds() {
    fast();
    driven(10_000, 80);
    driven(15_000, 900);
    for (int i = 0; i < 200; i++) {
      driven(50, 900);
      assertThat(yield.at(now).everyNth()).isPositive();
    }
  }

  @Test
  void what_clogged_is_tried_again() {
    fast();
    estimated(200_000);
    estimatedFor(60_000, 4_000_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(ENOUGH_FOR_VGA);
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(1);
  }

  @Test
  void it_never_takes_more_than_it_may() {
    yield = new VideoYield(new Rungs(Format.VGA), 100_000);
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(100_000);
    fast();
    assertThat(yield.at(now).maxBitsPerSecond()).isEqualTo(100_000);
    assertThat(yield.at(now).scaleDownBy()).isEqualTo(2);
  }

  private void fast() {
    estimatedFor(10_000, 4_000_000);
  }

  private void estimatedFor(long millis, long bitsPerSecond) {
    for (long i = 0; i < millis; i += BETWEEN_MILLIS) {
      estimated(bitsPerSecond);
    }
  }

  private void estimated(long bitsPerSecond) {
    now += BETWEEN_MILLIS;
    yield.estimated(now, bitsPerSecond);
  }

  /** Beats that are so old when they come back, 20 a second. */
  private void driven(long millis, long ageMillis) {
    for (long i = 0; i < millis; i += 50) {
      now += 50;
      yield.returned(now, ageMillis);
    }
  }
}
