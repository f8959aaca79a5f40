package dev.farhand.agent.camera;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The view from the simulated rover, with a clock and a time strip in the picture. */
public final class SimCamera implements Camera {
  private final String name;
  private final Format format;

  /**
   * A camera that stands still until asked.
   *
   * @param telemetry the newest values of the {@code sim} driver; asked on the camera's thread
   */
  public SimCamera(String name, Format format, Supplier<JsonNode> telemetry) {
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
  public void start(Consumer<Frame> frames) {}

  @Override
  public void stop() {}
}
