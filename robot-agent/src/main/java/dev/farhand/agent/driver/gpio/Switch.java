package dev.farhand.agent.driver.gpio;

/** An output that operators switch. The driver's thread. */
final class Switch {
  private final Output output;
  private final SwitchSettings settings;
  private boolean on;

  private Switch(Output output, SwitchSettings settings) {
    this.output = output;
    this.settings = settings;
    this.on = settings.atFirst();
  }

  static Switch open(SwitchSettings settings, Board board) {
    return new Switch(board.output(settings.source(), settings.atFirst()), settings);
  }

  void set(boolean wanted) {
    output.set(wanted ? 1 : 0);
    on = wanted;
  }

  boolean on() {
    return on;
  }

  void safe(Attempts attempts) {
    settings.safe().ifPresent(wanted -> attempts.attempt(() -> set(wanted)));
  }

  void off(Attempts attempts) {
    attempts.attempt(() -> set(settings.atFirst()));
  }
}
