package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.farhand.agent.webrtc.AudioFrame;
import dev.farhand.agent.webrtc.ChannelOptions;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.RtcConnection;
import dev.farhand.protocol.SignalMessage.Description;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link RtcConnection} with Chromium at the other end: what one side makes, the other finds. */
@Timeout(60)
class BrowserConnectionTest {
  private static final int SECONDS = 20;
  private static final double FROM_PAGE = 440;
  private static final double FROM_JAVA = 1000;

  private static Chromium chromium;

  private final RtcConnection connection = RtcConnection.create();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    context = chromium.desktop();
    page = context.newPage();
    page.route(
        "**/*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody("<button>Begin</button><audio muted></audio>")));
    page.navigate("http://localhost/");
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(rtcbotScript()));
  }

  @AfterEach
  void close() {
    connection.close();
    context.close();
  }

  private static String rtcbotScript() {
    try (InputStream script = RtcConnection.class.getResourceAsStream("/web/rtcbot.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_browser_finds_each_channel_as_java_made_it() throws Exception {
    connection.addChannel("unordered", ChannelOptions.UNORDERED);
    connection.addChannel("soon-old", ChannelOptions.lossy(Duration.ofMillis(150)));
    connection.addChannel("three-times", ChannelOptions.lossy(3));
    Description offer = connection.localDescription().get(SECONDS, TimeUnit.SECONDS);
    String answer =
        (String)
            page.evaluate(
                """
                async (sdp) => {
                  window.found = {};
                  window.peer = new RTCPeerConnection();
                  peer.ondatachannel = ({ channel }) => {
                    const { label, ordered, maxPacketLifeTime, maxRetransmits } = channel;
                    found[label] = `${ordered} ${maxPacketLifeTime} ${maxRetransmits}`;
                  };
                  await peer.setRemoteDescription({ type: "offer", sdp });
                  const complete = new Promise((done) => {
                    peer.onicegatheringstatechange = () =>
                      peer.iceGatheringState === "complete" && done();
                  });
                  await peer.setLocalDescription();
                  await complete;
                  return peer.localDescription.sdp;
                }
                """,
                offer.sdp());
    connection
        .remoteDescription(new Description(Description.Type.ANSWER, answer))
        .get(SECONDS, TimeUnit.SECONDS);
    connection.ready().get(SECONDS, TimeUnit.SECONDS);
    Await.until(
        "four channels",
        Duration.ofSeconds(SECONDS),
        () -> page.evaluate("Object.keys(found).length").equals(4));
    Map<?, ?> found = (Map<?, ?>) page.evaluate("found");
    assertThat(found.get("default")).isEqualTo("true null null");
    assertThat(found.get("unordered")).isEqualTo("false null null");
    assertThat(found.get("soon-old")).isEqualTo("false 150 null");
    assertThat(found.get("three-times")).isEqualTo("false null 3");
  }

  @Test
  void a_pages_picture_and_sound_reach_java_and_javas_sound_the_page() throws Exception {
    Heard heard = new Heard();
    connection.audio().subscribe(heard::add);
    connection.audio().sendFromBlocking(new Tone(FROM_JAVA)::next);
    page.click("button"); // without which no page may make a sound
    String offer =
        (String)
            page.evaluate(
                """
                async (hertz) => {
                  const canvas = document.createElement("canvas");
                  canvas.width = 320;
                  canvas.height = 240;
                  const brush = canvas.getContext("2d");
                  setInterval(() => {
                    brush.fillStyle = "red";
                    brush.fillRect(0, 0, 160, 240);
                    brush.fillStyle = "blue";
                    brush.fillRect(160, 0, 160, 240);
                  }, 30);
                  const sound = new AudioContext();
                  await sound.resume();
                  const tone = new OscillatorNode(sound, { frequency: hertz });
                  const out = sound.createMediaStreamDestination();
                  tone.connect(out);
                  tone.start();
                  window.conn = new rtcbot.RTCConnection(true, {});
                  conn.video.putSubscription(canvas.captureStream(30).getVideoTracks()[0]);
                  conn.audio.putSubscription(out.stream);
                  conn.audio.subscribe((stream) => {
                    // Chromium plays what comes only if some element has it.
                    document.querySelector("audio").srcObject = stream;
                    window.listener = new AnalyserNode(sound, { fftSize: 4096 });
                    sound.createMediaStreamSource(stream).connect(listener);
                  });
                  return (await conn.getLocalDescription()).sdp;
                }
                """,
                FROM_PAGE);
    Description answer =
        connection
            .localDescription(new Description(Description.Type.OFFER, offer))
            .get(SECONDS, TimeUnit.SECONDS);
    page.evaluate("(sdp) => conn.setRemoteDescription({ type: 'answer', sdp })", answer.sdp());
    connection.ready().get(SECONDS, TimeUnit.SECONDS);

    Await.until(
        "a picture that is red on the left and blue on the right",
        Duration.ofSeconds(SECONDS),
        () -> isRedAndBlue(connection.video().get()));
    Await.until(
        FROM_PAGE + " Hz in Java",
        Duration.ofSeconds(SECONDS),
        () -> Math.abs(heard.hertz() - FROM_PAGE) < 20,
        () -> "it hears " + heard.hertz());
    Await.until(
        FROM_JAVA + " Hz in the page",
        Duration.ofSeconds(SECONDS),
        () -> Math.abs(loudest() - FROM_JAVA) < 30,
        () -> "it hears " + loudest());
  }

  /** The frequency that the page hears most of. */
  private double loudest() {
    Object hertz =
        page.evaluate(
            """
            () => {
              if (!window.listener) return 0;
              const loudness = new Float32Array(listener.frequencyBinCount);
              listener.getFloatFrequencyData(loudness);
              const best = loudness.indexOf(Math.max(...loudness));
              return (best * listener.context.sampleRate) / listener.fftSize;
            }
            """);
    return ((Number) hertz).doubleValue();
  }

  private static boolean isRedAndBlue(Future<Image> next) {
    try {
      BufferedImage picture = next.get(SECONDS, TimeUnit.SECONDS).toBufferedImage();
      int middle = picture.getHeight() / 2;
      int left = picture.getRGB(picture.getWidth() / 4, middle);
      int right = picture.getRGB(picture.getWidth() * 3 / 4, middle);
      return mostly(left, 16) && mostly(right, 0);
    } catch (Exception e) {
      throw new AssertionError("No picture came", e);
    }
  }

  /** Whether the colour in those bits is the only strong one. */
  private static boolean mostly(int rgb, int shift) {
    return List.of(0, 8, 16).stream()
        .allMatch(bits -> ((rgb >> bits & 0xff) > 150) == (bits == shift));
  }

  /** The pitch of a second of sound, by how often it goes up through zero. */
  private static final class Heard {
    private final AtomicLong ups = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private volatile Optional<Double> second = Optional.empty();
    private short last;

    void add(AudioFrame frame) {
      ShortBuffer sound = frame.samples();
      for (int i = 0; i < sound.limit(); i += frame.channels()) {
        short sample = sound.get(i);
        if (last < 0 && sample >= 0) {
          ups.incrementAndGet();
        }
        last = sample;
        if (samples.incrementAndGet() == AudioFrame.SAMPLE_RATE) {
          second = Optional.of((double) ups.getAndSet(0));
          samples.set(0);
        }
      }
    }

    double hertz() {
      return second.orElse(0.0);
    }
  }

  /** A tone, 10 ms at a time, when they are due. */
  private static final class Tone {
    private final double hertz;
    private final long begun = System.nanoTime();
    private long played;

    Tone(double hertz) {
      this.hertz = hertz;
    }

    AudioFrame next() throws InterruptedException {
      short[] samples = new short[AudioFrame.SAMPLES_PER_FRAME];
      for (int i = 0; i < samples.length; i++, played++) {
        samples[i] =
            (short) (8000 * Math.sin(2 * Math.PI * hertz * played / AudioFrame.SAMPLE_RATE));
      }
      TimeUnit.NANOSECONDS.sleep(
          begun + played * 1_000_000_000L / AudioFrame.SAMPLE_RATE - System.nanoTime());
      return AudioFrame.mono(samples);
    }
  }
}
