package dev.farhand.agent.driver.gpio;

/** What a motor does while it is asked for nothing. */
enum Rest {
  /** It runs out: all its pins low. */
  COAST,
  /** Its ends are joined, which brakes it. */
  BRAKE
}
