package dev.farhand.board.parts;

/** The board's parts cannot be had here; the message says why. */
public final class PartsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PartsException(String message) {
    super(message);
  }
}
