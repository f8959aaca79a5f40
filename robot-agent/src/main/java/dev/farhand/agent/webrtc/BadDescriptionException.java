package dev.farhand.agent.webrtc;

import org.jspecify.annotations.Nullable;

/** A session description that cannot be used; its sender's fault. */
public final class BadDescriptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadDescriptionException(@Nullable String message) {
    super(message);
  }
}
