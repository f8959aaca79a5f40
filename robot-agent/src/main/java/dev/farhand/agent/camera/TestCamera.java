package dev.farhand.agent.camera;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Colour bars, a moving mark, a clock and a {@link TimeStrip}: a picture without any hardware. */
public final class TestCamera implements Camera {
  private final String name;
  private final Format format;
  private @Nullable PaintedCapture capture;

  /** A camera that stands still until asked. */
  public TestCamera(String name, Format format) {
    this.name = name;
    this.format = format;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public void start(Consumer<Frame> frames) {
    if (capture == null) {
      capture =
          PaintedCapture.start(name, format, new ColourBars(), InstantSource.system(), frames);
    }
  }

  @Override
  public void stop() {
    if (capture != null) {
      capture.stop();
      capture = null;
    }
  }
}
