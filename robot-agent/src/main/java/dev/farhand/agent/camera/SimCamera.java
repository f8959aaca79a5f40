package dev.farhand.agent.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.sim.World;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The view from the simulated rover, with a clock and a {@link TimeStrip} in the picture. */
public final class SimCamera implements Camera {
  private final String name;
  private final Format format;
  private final Supplier<JsonNode> telemetry;
  private @Nullable PaintedCapture capture;

  /**
   * A camera that stands still until asked.
   *
   * @param telemetry the newest values of the {@code sim} driver, or an empty object; asked on the
   *     camera's thread
   */
  public SimCamera(String name, Format format, Supplier<JsonNode> telemetry) {
    this.name = name;
    this.format = format;
    this.telemetry = telemetry;
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
      FirstPersonView view =
          new FirstPersonView(World.YARD, nanos -> Viewpoint.now(telemetry.get(), nanos));
      capture = PaintedCapture.start(name, format, view, InstantSource.system(), frames);
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
