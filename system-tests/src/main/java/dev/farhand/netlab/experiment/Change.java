package dev.farhand.netlab.experiment;

import java.util.OptionalDouble;

/**
 * What a rover in motion did when its network went away, in milliseconds from then on.
 *
 * @param unattended from the last fresh command until the wheels were told to stand
 * @param stopped until the wheels were told to stand
 * @param still until the rover had come to rest; empty if it was driven again before
 * @param again until it was driven again; empty if that did not come about in time
 */
public record Change(
    double unattended, double stopped, OptionalDouble still, OptionalDouble again) {
  /** It was driven on as if nothing had happened. */
  static final Change NONE = new Change(0, 0, OptionalDouble.of(0), OptionalDouble.of(0));

  @Override
  public String toString() {
    return equals(NONE)
        ? "driven on undisturbed"
        : "stopped after %.0f ms, driven again after %s"
            .formatted(
                stopped, again.isPresent() ? "%.0f ms".formatted(again.getAsDouble()) : "never");
  }
}
