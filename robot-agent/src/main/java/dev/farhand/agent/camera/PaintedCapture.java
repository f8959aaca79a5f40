package dev.farhand.agent.camera;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Paints pictures at an even pace, on a thread of its own, until it is stopped. Each bears the
 * clock and the {@link TimeStrip}.
 */
final class PaintedCapture {
  private static final System.Logger LOG = System.getLogger(PaintedCapture.class.getName());

  private final Format format;
  private final Scene scene;
  private final InstantSource clock;
  private final Consumer<Frame> frames;
  private volatile boolean stopped;

  private PaintedCapture(Format format, Scene scene, InstantSource clock, Consumer<Frame> frames) {
    this.format = format;
    this.scene = scene;
    this.clock = clock;
    this.frames = frames;
  }

  static PaintedCapture start(
      String name, Format format, Scene scene, InstantSource clock, Consumer<Frame> frames) {
    PaintedCapture capture = new PaintedCapture(format, scene, clock, frames);
    Thread thread = new Thread(capture::run, "camera-" + name);
    thread.setDaemon(true);
    thread.start();
    return capture;
  }

  void stop() {
    stopped = true;
  }

  private void run() {
    try {
      paintAll();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The camera has failed and shows no more pictures", e);
    }
  }

  private void paintAll() {
    Picture picture = new Picture(format);
    ClockText text = new ClockText(ZoneId.systemDefault());
    long period = TimeUnit.SECONDS.toNanos(1) / format.framesPerSecond();
    long due = System.nanoTime();
    while (!stopped) {
      long now = System.nanoTime();
      if (now - due < 0) {
        LockSupport.parkNanos(due - now);
        continue;
      }
      scene.paint(picture, now);
      long millis = clock.millis();
      text.paint(picture, millis);
      TimeStrip.paint(picture, millis);
      if (!stopped) {
        frames.accept(picture.frame(now));
      }
      // Whole periods that were missed are left out; the pace stays even.
      due += period * (1 + Math.max(0, System.nanoTime() - due) / period);
    }
  }

  /** What the pictures show. */
  interface Scene {
    /** Paints the whole picture as it is at this time of {@link System#nanoTime}. */
    void paint(Picture picture, long nanos);
  }
}
