package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.diozero.api.GpioPullUpDown;
import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.Await;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs, encoders and rangers, as the telemetry tells of them. */
@Timeout(60)
class SensorTest {
  private static final int[] FORWARD = {5, 6, 5, 6};
  private static final boolean[] LEVELS = {true, true, false, false};

  @Test
  void inputs_are_told() {
    try (Bed bed =
        Bed.with("inputs: {door: {pin: 5}, bumper: {pin: 6, pull: up, active-low: true}}")) {
      bed.board.becomes(6, true, 0);
      assertThat(bed.telemetry().path("inputs").toString())
          .isEqualTo("{\"door\":false,\"bumper\":false}");
      bed.board.becomes(5, true, 0);
      bed.board.becomes(6, false, 0);
      assertThat(bed.telemetry().path("inputs").toString())
          .isEqualTo("{\"door\":true,\"bumper\":true}");
      assertThat(bed.board.pulls).containsEntry(6, GpioPullUpDown.PULL_UP);
      assertThat(bed.board.pulls).containsEntry(5, GpioPullUpDown.NONE);
      assertThat(bed.telemetry().has("motors")).isFalse();
      assertThat(bed.telemetry().has("enabled")).isFalse();
    }
  }

  @Test
  void an_encoder_with_two_tracks_counts_every_edge_forward_and_backward() {
    try (Bed bed =
        Bed.with("encoders: {left: {a: 5, b: 6}, right: {a: 16, b: 20, invert: true}}")) {
      for (int turn = 0; turn < 3; turn++) {
        forward(bed, 0);
        forward(bed, 11);
      }
      assertThat(count(bed, "left")).isEqualTo(12);
      assertThat(count(bed, "right")).isEqualTo(-12);
      for (int i = FORWARD.length - 1; i >= 0; i--) {
        bed.board.becomes(FORWARD[i], !LEVELS[i], 0);
      }
      assertThat(count(bed, "left")).isEqualTo(8);
    }
  }

  private static void forward(Bed bed, int offset) {
    for (int i = 0; i < FORWARD.length; i++) {
      // GPIO 16 and 20 for the second one.
      int gpio = offset == 0 ? FORWARD[i] : FORWARD[i] == 5 ? 16 : 20;
      bed.board.becomes(gpio, LEVELS[i], 0);
    }
  }

  @Test
  void an_edge_that_says_nothing_new_is_not_counted() {
    try (Bed bed = Bed.with("encoders: {left: {a: 5, b: 6}}")) {
      bed.board.becomes(5, true, 0);
      bed.board.becomes(5, true, 0);
      assertThat(count(bed, "left")).isEqualTo(1);
    }
  }

  @Test
  void an_encoder_with_one_track_counts_up() {
    try (Bed bed = Bed.with("encoders: {wheel: {a: 5}}")) {
      bed.board.becomes(5, true, 0);
      bed.board.becomes(5, true, 0);
      assertThat(count(bed, "wheel")).isEqualTo(2);
      JsonNode wheel = bed.telemetry().path("encoders").path("wheel");
      assertThat(wheel.has("rate")).isTrue();
      assertThat(wheel.has("speed")).isFalse();
    }
  }

  @Test
  void counts_become_metres_a_second() {
    AtomicLong now = new AtomicLong();
    Encoder encoder = new Encoder(false, OptionalDouble.of(0.01), now::get);
    for (int i = 0; i < 5; i++) {
      encoder.pulse();
    }
    now.addAndGet(100_000_000);
    assertThat(encoder.read()).isEqualTo(new Turning(5, null, 0.5));
    // Too soon for another speed.
    now.addAndGet(1_000_000);
    assertThat(encoder.read()).isEqualTo(new Turning(5, null, 0.5));
    now.addAndGet(100_000_000);
    assertThat(encoder.read()).isEqualTo(new Turning(5, null, 0.0));
  }

  @Test
  void two_encoders_and_the_track_make_the_robots_speed() {
    try (Bed bed =
        Bed.with(
            "drive: {kind: differential, track-mm: 150, pwm: hardware,",
            "        left: {phase: 17, speed: 12}, right: {phase: 27, speed: 13}}",
            "encoders:",
            "  left: {a: 5, counts-per-turn: 20, wheel-mm: 65}",
            "  right: {a: 6, counts-per-turn: 20, wheel-mm: 65}")) {
      JsonNode speed = bed.telemetry().path("speed");
      assertThat(speed.path("linear").isNumber()).isTrue();
      assertThat(speed.path("angular").isNumber()).isTrue();
    }
  }

  @Test
  void an_echo_becomes_metres_and_silence_becomes_null() {
    try (Bed bed = Bed.with("rangers: {front: {trigger: 5, echo: 6}}")) {
      assertThat(bed.telemetry().path("rangers").path("front").isNull()).isTrue();
      pinged(bed);
      bed.board.becomes(6, true, 1_000_000_000);
      bed.board.becomes(6, false, 1_005_831_000);
      assertThat(bed.telemetry().path("rangers").path("front").asDouble())
          .isCloseTo(1.0, within(0.001));
      bed.board.becomes(6, true, 2_000_000_000);
      bed.board.becomes(6, false, 2_038_000_000);
      assertThat(bed.telemetry().path("rangers").path("front").isNull()).isTrue();
    }
  }

  @Test
  void an_echo_grows_old() {
    try (Bed bed = Bed.with("rangers: {front: {trigger: 5, echo: 6}}")) {
      bed.board.becomes(6, true, 1_000_000_000);
      bed.board.becomes(6, false, 1_005_831_000);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!bed.telemetry().path("rangers").path("front").isNull()) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 500", "8, 1560", "32, 6240"})
  void an_echo_counts_until_its_ranger_has_had_three_turns(int rangers, long millis) {
    AtomicLong now = new AtomicLong();
    Rangers all = new Rangers();
    for (int i = 0; i < rangers; i++) {
      Ranger ranger = new Ranger(new Silent(), now::get);
      ranger.edge(true, 1_000_000_000);
      ranger.edge(false, 1_005_831_000);
      all.add("ranger" + i, ranger);
    }
    now.set(TimeUnit.MILLISECONDS.toNanos(millis));
    assertThat(all.metres().values()).hasSize(rangers).containsOnly(1.0);
    now.incrementAndGet();
    assertThat(all.metres().values()).hasSize(rangers).containsOnlyNulls();
  }

  private static final class Silent implements Output {
    @Override
    public void set(double duty) {}

    @Override
    public void close() {}
  }

  @Test
  void a_ranger_that_fails_is_null_and_stops_nothing_else() throws Exception {
    try (Bed bed =
        Bed.with("rangers: {front: {trigger: 5, echo: 6}}", "outputs: {lamp: {pin: 16}}")) {
      pinged(bed);
      bed.board.becomes(6, true, 1_000_000_000);
      bed.board.becomes(6, false, 1_005_831_000);
      assertThat(bed.telemetry().path("rangers").path("front").isNull()).isFalse();
      bed.board.broken.add(5);
      assertThat(Await.until(() -> bed.logged.stream().anyMatch(line -> line.contains("silent"))))
          .isTrue();
      assertThat(Await.until(() -> bed.telemetry().path("rangers").path("front").isNull()))
          .isTrue();
      bed.message("{\"gpio\": {\"lamp\": true}}");
      assertThat(bed.telemetry().path("outputs").path("lamp").asBoolean()).isTrue();
    }
  }

  private static void pinged(Bed bed) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!bed.board.writes.contains("5=1")) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static long count(Bed bed, String name) {
    return bed.telemetry().path("encoders").path(name).path("count").asLong();
  }
}
