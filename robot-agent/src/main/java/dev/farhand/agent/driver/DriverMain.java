package dev.farhand.agent.driver;

/** The child process of a driver written in Java. */
public final class DriverMain {
  private DriverMain() {}

  /**
   * Runs one driver until stdin closes.
   *
   * @param args {@code sim}, or {@code class:} and the name of a class that implements {@link
   *     Driver}
   */
  public static void main(String[] args) {}
}
