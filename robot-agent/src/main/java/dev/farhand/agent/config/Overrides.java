package dev.farhand.agent.config;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings that stand above {@code robot.yaml}: options of the command line, and below them the
 * environment.
 *
 * @param driver {@code sim}, {@code none}, or a command, its words apart by spaces
 * @param camera {@code sim}, {@code test} or {@code none}
 */
public record Overrides(
    @Nullable String server,
    @Nullable String id,
    @Nullable String token,
    @Nullable String tokenFile,
    @Nullable String ca,
    @Nullable String driver,
    @Nullable String camera) {
  /**
   * The same, with what the environment says where these say nothing.
   *
   * @param environment values of environment variables, null if not set
   */
  public Overrides over(UnaryOperator<@Nullable String> environment) {
    boolean tokenGiven = token != null || tokenFile != null;
    return new Overrides(
        or(server, environment.apply("FARHAND_SERVER")),
        or(id, environment.apply("FARHAND_ID")),
        tokenGiven ? token : environment.apply("FARHAND_TOKEN"),
        tokenGiven ? tokenFile : environment.apply("FARHAND_TOKEN_FILE"),
        or(ca, environment.apply("FARHAND_CA")),
        or(driver, environment.apply("FARHAND_DRIVER")),
        or(camera, environment.apply("FARHAND_CAMERA")));
  }

  static @Nullable String or(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
