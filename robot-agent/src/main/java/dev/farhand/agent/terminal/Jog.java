package dev.farhand.agent.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;

/**
 * A person at a terminal who has wheels turn a little, one key a time. Confined to the thread that
 * runs it.
 */
public final class Jog {
  /** What a person must know first. */
  public static final String KEYS =
      "Arrows: the robot. U, J: its left wheel, I, K: its right one, each forward and back.";

  /** And then. */
  public static final String STOP = "Any other key stops. Esc or Q: leave.";

  private final Wheels wheels;
  private final PrintWriter out;

  /** What the keys do. Each wheel from -1 to 1 of the speed that is tried. */
  public interface Wheels {
    /** Turns them for a moment, in place of what they do. */
    void turn(double left, double right);

    /** At once. */
    void stop();
  }

  public Jog(Wheels wheels, PrintWriter out) {
    this.wheels = wheels;
    this.out = out;
  }

  /**
   * Serves the person until that leaves or the terminal is gone; then the wheels are stopped.
   *
   * @param keys what the terminal sends
   */
  public void run(Reader keys) {
    out.println(KEYS);
    out.println(STOP);
    out.flush();
    KeyReader reader = new KeyReader(keys);
    try {
      while (pressed(reader.next())) {
        // The next.
      }
    } catch (IOException e) {
      // The terminal has gone.
    } finally {
      wheels.stop();
    }
  }

  /** Drops what has been typed already. */
  public static void forget(Reader keys) {
    try {
      while (keys.ready() && keys.read() >= 0) {
        // The next.
      }
    } catch (IOException e) {
      // The terminal has gone; whoever reads next learns of it.
    }
  }

  /** Does this at each key, and at the terminal's end, with which it returns. */
  public static void onEachKey(Reader keys, Runnable stop) {
    KeyReader reader = new KeyReader(keys);
    try {
      while (reader.next().name() != Key.Name.END) {
        stop.run();
      }
    } catch (IOException e) {
      // The terminal has gone, which is as good.
    }
    stop.run();
  }

  /** False if it asks to leave. */
  private boolean pressed(Key key) {
    switch (key.name()) {
      case UP -> wheels.turn(1, 1);
      case DOWN -> wheels.turn(-1, -1);
      case LEFT -> wheels.turn(-1, 1);
      case RIGHT -> wheels.turn(1, -1);
      case ESCAPE, END -> {
        return false;
      }
      case CHARACTER -> {
        return typed(Character.toLowerCase(key.character()));
      }
      default -> wheels.stop();
    }
    return true;
  }

  private boolean typed(char letter) {
    switch (letter) {
      case 'u' -> wheels.turn(1, 0);
      case 'j' -> wheels.turn(-1, 0);
      case 'i' -> wheels.turn(0, 1);
      case 'k' -> wheels.turn(0, -1);
      case 'q' -> {
        return false;
      }
      default -> wheels.stop();
    }
    return true;
  }
}
