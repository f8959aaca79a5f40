package dev.farhand.agent.driver.gpio;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder tells.
 *
 * @param rate counts a second, where the wheel is not known
 * @param speed m/s, where it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Turning(long count, @Nullable Double rate, @Nullable Double speed) {}
