package dev.farhand.agent.operator;

import org.jspecify.annotations.Nullable;

/**
 * A state and what led to it.
 *
 * @param code why it is not {@code CONNECTED}, where there is a reason; see {@link
 *     OperatorException#code}
 * @param reason the same for a person: why, and what to do; empty if there is nothing to say
 */
public record Status(ConnectionState state, @Nullable String code, String reason) {}
