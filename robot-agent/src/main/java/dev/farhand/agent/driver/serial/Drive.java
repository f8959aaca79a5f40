package dev.farhand.agent.driver.serial;

/** What is written for a motion. */
@FunctionalInterface
interface Drive {
  /** The bytes for a motion; both axes -1 to 1. */
  byte[] bytes(double linear, double angular);
}
