package dev.farhand.board.machine;

/** Where a motor turns. */
public enum Direction {
  FORWARD,
  BACKWARD;

  public Direction other() {
    return this == FORWARD ? BACKWARD : FORWARD;
  }
}
