package dev.farhand.agent.webrtc;

/** What went wrong with a connection, in a sentence that tells what to do. */
public final class RtcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RtcException(String message) {
    super(message);
  }

  RtcException(String message, Throwable cause) {
    super(message, cause);
  }
}
