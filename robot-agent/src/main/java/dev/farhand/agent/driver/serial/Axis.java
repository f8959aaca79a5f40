package dev.farhand.agent.driver.serial;

/** What a template may ask of a motion, each -1 to 1. */
enum Axis {
  /** Forward. */
  LINEAR,
  /** To the left. */
  ANGULAR,
  /** The speed of the wheels on the left. */
  LEFT,
  /** The speed of the wheels on the right. */
  RIGHT;

  /** Its value in a motion. */
  double of(double linear, double angular) {
    // Where a side would have to be faster than it can be, both are slower: the curve stays.
    double most = Math.max(1, Math.abs(linear) + Math.abs(angular));
    return switch (this) {
      case LINEAR -> linear;
      case ANGULAR -> angular;
      case LEFT -> (linear - angular) / most;
      case RIGHT -> (linear + angular) / most;
    };
  }
}
