package dev.farhand.agent.config;

/** A setting is wrong. The message names where it stands and what is allowed. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
