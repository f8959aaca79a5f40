package dev.farhand.agent.operator;

/**
 * Something that a person may want to know while the connection goes on.
 *
 * @param code one of {@link OperatorException#code}'s, or {@code token-expiring}, {@code
 *     server-lost}, {@code server-back}
 */
public record Notice(String code, String text) {}
