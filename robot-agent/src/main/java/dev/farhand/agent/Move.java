package dev.farhand.agent;

/** What {@code try} can have the wheels do, at a speed of 1. */
enum Move {
  FORWARD("forward", 1, 0),
  BACKWARD("backward", -1, 0),
  LEFT("left", 0, 1),
  RIGHT("right", 0, -1),
  // A robot with a wheel on each side has the left one at linear - angular (docs/drivers.md).
  LEFT_WHEEL("left-wheel", 0.5, -0.5),
  LEFT_WHEEL_BACK("left-wheel-back", -0.5, 0.5),
  RIGHT_WHEEL("right-wheel", 0.5, 0.5),
  RIGHT_WHEEL_BACK("right-wheel-back", -0.5, -0.5);

  private final String word;
  private final double linear;
  private final double angular;

  Move(String word, double linear, double angular) {
    this.word = word;
    this.linear = linear;
    this.angular = angular;
  }

  double linear() {
    return linear;
  }

  double angular() {
    return angular;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return word;
  }
}
