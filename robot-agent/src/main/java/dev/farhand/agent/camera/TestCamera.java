package dev.farhand.agent.camera;

import java.util.function.Consumer;

/** Colour bars, a moving mark, a clock and a time strip : a picture without any hardware. */
public final class TestCamera implements Camera {
  private final String name;
  private final Format format;

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
  public void start(Consumer<Frame> frames) {}

  @Override
  public void stop() {}
}
