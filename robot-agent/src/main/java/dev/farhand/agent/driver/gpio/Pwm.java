package dev.farhand.agent.driver.gpio;

/** What makes a pulsed output. */
enum Pwm {
  SOFTWARE,
  HARDWARE,
  PCA9685
}
