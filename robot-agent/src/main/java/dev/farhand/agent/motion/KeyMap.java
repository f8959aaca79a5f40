package dev.farhand.agent.motion;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of an RTCBot page move the robot, and for how long each press counts. Of itself none
 * does.
 *
 * @param pushes by key, as in {@link KeyEvent}
 * @param hold so long a press counts unless it is repeated or ends earlier
 */
public record KeyMap(Map<String, Push> pushes, Duration hold) {
  /** The longest that one press may count. */
  public static final Duration MOST = Duration.ofSeconds(1);

  /** No key moves anything. */
  public static final KeyMap NONE = new KeyMap(Map.of(), Duration.ofMillis(300));

  /**
   * What a key asks for while it is held.
   *
   * @param linear forward, -1 to 1
   * @param angular to the left, -1 to 1
   */
  public record Push(double linear, double angular) {
    static final Push NEUTRAL = new Push(0, 0);

    public Push {
      if (!(Math.abs(linear) <= 1 && Math.abs(angular) <= 1)) {
        throw new IllegalArgumentException("linear and angular must be between -1 and 1");
      }
    }

    /** Both at once; opposite ones cancel. */
    Push and(Push other) {
      return new Push(clamp(linear + other.linear), clamp(angular + other.angular));
    }

    private static double clamp(double value) {
      return Math.max(-1, Math.min(1, value));
    }
  }

  public KeyMap {
    if (hold.toMillis() < 50 || hold.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("rtcbot.hold-ms must be 50 to 1000.");
    }
    Map<String, Push> normal = new HashMap<>();
    pushes.forEach(
        (key, push) -> {
          if (key.isEmpty() || normal.put(KeyEvent.normal(key), push) != null) {
            throw new IllegalArgumentException(
                "rtcbot.keys names the key '" + key + "' twice; capitals make no difference.");
          }
        });
    pushes = Map.copyOf(normal);
  }

  @Nullable Push of(KeyEvent event) {
    return pushes.get(event.key());
  }
}
