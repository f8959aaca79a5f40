package dev.farhand.agent.config;

import dev.farhand.agent.config.RobotYaml.KeyPart;
import dev.farhand.agent.config.RobotYaml.MotionPart;
import dev.farhand.agent.config.RobotYaml.RtcbotPart;
import dev.farhand.agent.motion.KeyMap;
import dev.farhand.agent.motion.KeyMap.Push;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.motion.MotionSettings.LeaseTimes;
import dev.farhand.agent.motion.MotionSettings.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the arbiter's settings of what {@code motion} and {@code rtcbot} say. */
final class MotionReader {
  private MotionReader() {}

  static MotionSettings read(ConfigFile file) {
    MotionPart given = file.yaml().motion();
    MotionPart part = given == null ? MotionPart.EMPTY : given;
    Section motion = new Section(file, "motion");
    MotionSettings defaults = MotionSettings.DEFAULTS;
    MotionSettings settings =
        defaults
            .with(
                motion.millis(
                    "command-timeout-ms",
                    part.commandTimeoutMs(),
                    defaults.commandTimeout(),
                    50,
                    5000))
            .with(limits(motion, part, defaults.limits()))
            .with(leaseTimes(motion, part, defaults.leaseTimes()));
    return settings.with(keys(file, settings.commandTimeout()));
  }

  private static Limits limits(Section motion, MotionPart part, Limits defaults) {
    return new Limits(
        motion.number("max-linear", part.maxLinear(), defaults.linear(), 0, 1),
        motion.number("max-angular", part.maxAngular(), defaults.angular(), 0, 1),
        motion.number(
            "max-linear-acceleration",
            part.maxLinearAcceleration(),
            defaults.linearAcceleration(),
            0.05,
            100),
        motion.number(
            "max-angular-acceleration",
            part.maxAngularAcceleration(),
            defaults.angularAcceleration(),
            0.05,
            100));
  }

  private static LeaseTimes leaseTimes(Section motion, MotionPart part, LeaseTimes defaults) {
    return new LeaseTimes(
        defaults.heldFor(),
        motion.seconds("grant-after-s", part.grantAfterS(), defaults.grantAfter(), 3, 300),
        defaults.askAgainAfter());
  }

  private static KeyMap keys(ConfigFile file, Duration commandTimeout) {
    RtcbotPart part = file.yaml().rtcbot();
    Map<String, @Nullable KeyPart> given = part == null ? null : part.keys();
    if (part == null || given == null) {
      return KeyMap.NONE;
    }
    Map<String, Push> pushes = new LinkedHashMap<>();
    given.forEach((key, push) -> pushes.put(key, push(file, key, push)));
    Duration most = commandTimeout.compareTo(KeyMap.MOST) < 0 ? commandTimeout : KeyMap.MOST;
    Section rtcbot = new Section(file, "rtcbot");
    Duration hold = rtcbot.millis("hold-ms", part.holdMs(), most, 50, (int) KeyMap.MOST.toMillis());
    try {
      return new KeyMap(pushes, hold);
    } catch (IllegalArgumentException e) {
      throw rtcbot.mistake("keys", "names a key twice; capitals make no difference");
    }
  }

  private static Push push(ConfigFile file, String key, @Nullable KeyPart part) {
    if (part == null || (part.linear() == null && part.angular() == null)) {
      throw file.mistake(
          "rtcbot.keys." + key, "must say linear, angular or both, each from -1 to 1");
    }
    Section push = new Section(file, "rtcbot.keys." + key);
    return new Push(
        push.number("linear", part.linear(), 0, -1, 1),
        push.number("angular", part.angular(), 0, -1, 1));
  }
}
