package dev.farhand.agent.driver.gpio;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What operators see; what the robot hasn't got is left out.
 *
 * @param enabled whether the enable pin is on
 * @param motors shares of full power, negative backward
 * @param servos degrees, null before it was first sent anywhere
 * @param rangers metres, null where nothing is in reach
 * @param speed of the robot, where the encoders {@code left} and {@code right} tell
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Telemetry(
    @Nullable Boolean enabled,
    Map<String, Double> motors,
    Map<String, Boolean> outputs,
    Map<String, @Nullable Double> servos,
    Map<String, Boolean> inputs,
    Map<String, Turning> encoders,
    Map<String, @Nullable Double> rangers,
    @Nullable Speed speed) {

  /** m/s forward, rad/s to the left. */
  record Speed(double linear, double angular) {}

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
