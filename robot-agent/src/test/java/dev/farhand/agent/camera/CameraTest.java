package dev.farhand.agent.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.driver.sim.World;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class CameraTest {
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  static Stream<Camera> cameras() {
    return Stream.of(
        new SimCamera("sim", Format.VGA, () -> NOTHING),
        new SimCamera("small", new Format(322, 242, 60), () -> NOTHING),
        new TestCamera("test", Format.VGA));
  }

  @ParameterizedTest
  @MethodSource("cameras")
  void pictures_come_in_order_with_the_time_in_them_until_it_is_stopped(Camera camera)
      throws Exception {
    BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    long begun = System.currentTimeMillis();
    camera.start(frame -> seen.add(Seen.of(frame)));
    camera.start(frame -> seen.add(Seen.of(frame)));
    try {
      Seen last = take(seen);
      for (int i = 0; i < 10; i++) {
        Seen next = take(seen);
        assertThat(next.width()).isEqualTo(camera.format().width());
        assertThat(next.height()).isEqualTo(camera.format().height());
        assertThat(next.lumaBytes()).isEqualTo(next.width() * next.height());
        assertThat(next.chromaBytes()).isEqualTo(next.width() * next.height() / 4);
        assertThat(next.nanos()).isGreaterThan(last.nanos());
        assertThat(next.millis()).isBetween(begun & 0xffffffffL, begun + 30_000 & 0xffffffffL);
        last = next;
      }
    } finally {
      camera.stop();
    }
    awaitEnd("camera-" + camera.name());
  }

  @Test
  void it_can_be_started_again() throws Exception {
    Camera camera = new TestCamera("again", Format.VGA);
    for (int i = 0; i < 2; i++) {
      BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
      camera.start(frame -> seen.add(Seen.of(frame)));
      take(seen);
      camera.stop();
    }
  }

  @Test
  void a_consumer_that_throws_ends_the_capture_and_nothing_else() throws Exception {
    Camera camera = new TestCamera("thrown", Format.VGA);
    camera.start(
        frame -> {
          throw new IllegalStateException("no more");
        });
    awaitEnd("camera-thrown");
    camera.stop();
  }

  @Test
  void the_view_changes_when_the_rover_moves_or_turns() {
    byte[] still = view(0, 0, 0);
    assertThat(view(0, 0, 0)).isEqualTo(still);
    assertThat(differing(still, view(0.2, 0, 0))).isGreaterThan(2000);
    assertThat(differing(still, view(0, 0, 0.1))).isGreaterThan(2000);
  }

  @Test
  void the_view_can_be_painted_from_everywhere() {
    for (double x = World.YARD.west() + 0.01; x < World.YARD.east(); x += 0.5) {
      for (double y = World.YARD.south() + 0.01; y < World.YARD.north(); y += 0.5) {
        for (double heading = -7; heading < 7; heading += Math.PI / 4) {
          view(x, y, heading);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 1.0, 0.0", "1033, 1.033, 0.0", "1100, 1.1, 0.0", "9000, 1.2, 0.0"})
  void between_telemetry_the_camera_moves_on_for_a_moment(long millis, double x, double y)
      throws Exception {
    JsonNode telemetry =
        new ObjectMapper()
            .readTree(
                "{\"at\":1000,\"pose\":{\"x\":1,\"y\":0,\"heading\":0},"
                    + "\"speed\":{\"linear\":1,\"angular\":0}}");
    Viewpoint now = Viewpoint.now(telemetry, millis * 1_000_000);
    assertThat(now.x()).isCloseTo(x, within(1e-6));
    assertThat(now.y()).isCloseTo(y, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"640, 480", "1280, 720", "320, 240", "160, 120", "642, 480"})
  void the_strip_reads_back_what_was_painted_and_survives_some_noise(int width, int height) {
    Picture picture = new Picture(new Format(width, height, 30));
    for (long millis : new long[] {0, 1, 0xffffffffL, 1764000000123L, 0x5555555555L}) {
      TimeStrip.paint(picture, millis);
      for (int i = 0; i < picture.luma.length; i += 3) {
        picture.luma[i] = (byte) ((picture.luma[i] & 255) * 0.8 + 20);
      }
      assertThat(TimeStrip.read(ByteBuffer.wrap(picture.luma), width))
          .hasValue(millis & 0xffffffffL);
    }
  }

  @Test
  void a_picture_without_a_strip_has_no_time() {
    Picture picture = new Picture(Format.VGA);
    new ColourBars().paint(picture, 0);
    assertThat(TimeStrip.read(ByteBuffer.wrap(picture.luma), 640)).isEmpty();
    TimeStrip.paint(picture, 123_456);
    picture.fill(10 * 16, 0, 11 * 16, 16, Paint.WHITE);
    assertThat(TimeStrip.read(ByteBuffer.wrap(picture.luma), 640)).isEmpty();
  }

  @Test
  void the_clock_shows_every_millisecond() {
    Picture one = new Picture(Format.VGA);
    Picture other = new Picture(Format.VGA);
    ClockText clock = new ClockText(ZoneId.of("UTC"));
    clock.paint(one, 1_764_000_000_120L);
    clock.paint(other, 1_764_000_000_121L);
    assertThat(one.luma).isNotEqualTo(other.luma);
  }

  private static byte[] view(double x, double y, double heading) {
    Picture picture = new Picture(new Format(320, 240, 30));
    new FirstPersonView(World.YARD, nanos -> new Viewpoint(x, y, heading)).paint(picture, 0);
    return picture.luma;
  }

  private static int differing(byte[] one, byte[] other) {
    int count = 0;
    for (int i = 0; i < one.length; i++) {
      count += one[i] == other[i] ? 0 : 1;
    }
    return count;
  }

  private static Seen take(BlockingQueue<Seen> seen) throws InterruptedException {
    Seen next = seen.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static void awaitEnd(String threadName) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(threadName)) {
        thread.join(5000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  record Seen(int width, int height, int lumaBytes, int chromaBytes, long nanos, long millis) {
    static Seen of(Frame frame) {
      return new Seen(
          frame.width(),
          frame.height(),
          frame.y().remaining(),
          frame.u().remaining(),
          frame.nanos(),
          TimeStrip.read(frame.y(), frame.width()).orElse(-1));
    }
  }
}
