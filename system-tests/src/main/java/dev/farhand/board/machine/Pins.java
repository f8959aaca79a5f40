package dev.farhand.board.machine;

/**
 * The pins of a motor on an L298N, and the enable pin of the bridge.
 *
 * @param states a letter each, as the {@linkplain dev.farhand.board.onboard.Witness witness} has
 *     them: {@code in1}, {@code in2}, {@code speed}, {@code enable}
 */
public record Pins(String states) {
  private static final int ENABLE = 3;

  public Pins {
    if (!states.matches("[01HLi]{4}")) {
      throw new IllegalArgumentException("These are no pins: " + states);
    }
  }

  /** Forward is in1 alone, backward in2 alone; the motor has power, the bridge is on. */
  public boolean drive(Direction direction) {
    return states.equals(direction == Direction.FORWARD ? "1011" : "0111");
  }

  /** Nothing turns the motor: none of its pins is high, whoever holds them. */
  public boolean motorOff() {
    return states.substring(0, ENABLE).chars().noneMatch(Pins::high);
  }

  /** The bridge is off. */
  public boolean disabled() {
    return !high(states.charAt(ENABLE));
  }

  public boolean safe() {
    return motorOff() && disabled();
  }

  /** Whether some process holds them all. */
  public boolean held() {
    return states.matches("[01]*");
  }

  private static boolean high(int state) {
    return state == '1' || state == 'H';
  }
}
