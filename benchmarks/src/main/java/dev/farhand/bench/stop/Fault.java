package dev.farhand.bench.stop;

import java.util.Random;

/** What goes wrong while a rover is driven. Signals of the kernel, to real processes. */
enum Fault {
  OPERATOR_STOPPED("operator's program stopped", "STOP", 64),
  OPERATOR_KILLED("operator's program killed", "KILL", 1),
  AGENT_STOPPED("agent stopped", "STOP", 32),
  AGENT_KILLED("agent killed", "KILL", 1),
  DRIVER_STOPPED("driver stopped", "STOP", 1),
  DRIVER_KILLED("driver killed", "KILL", 1);

  private static final int ALL = 100;

  private final String words;
  private final String signal;
  private final int percent;

  Fault(String words, String signal, int percent) {
    this.words = words;
    this.signal = signal;
    this.percent = percent;
  }

  /** The common ones more often than those after which a JVM has to be started. */
  static Fault any(Random random) {
    int left = random.nextInt(ALL);
    for (Fault fault : values()) {
      left -= fault.percent;
      if (left < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("The percentages are not " + ALL + " together.");
  }

  /** What the victim is sent, as {@code kill} names it. */
  String signal() {
    return signal;
  }

  /** Whether nobody is left to stop the wheels until there is a new driver. */
  boolean takesTheDriver() {
    return this == DRIVER_STOPPED || this == DRIVER_KILLED;
  }

  @Override
  public String toString() {
    return words + " (SIG" + signal + ")";
  }
}
