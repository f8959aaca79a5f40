package dev.farhand.agent.driver;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The drivers of one robot.
 *
 * @param specs in the order of {@code robot.yaml}; at most 16, no name twice
 * @param named whether messages and telemetry go by the specs' names: a driver that is alone needs
 *     none
 */
public record DriverPlan(List<DriverSpec> specs, boolean named) {
  private static final int MOST = 16;
  private static final Duration WATCHING = Duration.ofSeconds(2);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,32}");

  /** A robot that does not move. */
  public static final DriverPlan NONE = new DriverPlan(List.of(), false);

  public DriverPlan {
    specs = List.copyOf(specs);
    if (specs.size() > (named ? MOST : 1)) {
      throw new IllegalArgumentException("A robot has at most " + MOST + " drivers, with names.");
    }
    Set<String> names = new HashSet<>();
    for (DriverSpec spec : specs) {
      if (named && !isName(spec.name())) {
        throw new IllegalArgumentException(
            "A driver's name " + nameRule() + ", not " + spec.name() + ".");
      }
      if (!names.add(spec.name())) {
        throw new IllegalArgumentException("Two drivers are called " + spec.name() + ".");
      }
    }
  }

  /**
   * After this, each driver is ready or has been found not to be: the longest of their limits, and
   * two seconds for those who watch.
   */
  public Duration startLimit() {
    return specs.stream()
        .map(DriverSpec::readyLimit)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO)
        .plus(WATCHING);
  }

  /** Whether it has no hardware: each driver, if there is one, is the simulated rover's. */
  public boolean isSimulated() {
    return specs.stream().allMatch(spec -> spec.builtIn().equals(Optional.of("sim")));
  }

  /** One driver that needs no name. */
  public static DriverPlan single(DriverSpec spec) {
    return new DriverPlan(List.of(spec), false);
  }

  /** Drivers that go by their specs' names. */
  public static DriverPlan named(List<DriverSpec> specs) {
    return new DriverPlan(specs, true);
  }

  /** Whether a driver may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !Telemetry.ON_TOP.contains(name);
  }

  /** What {@link #isName} asks for, to follow "must be" or the like. */
  public static String nameRule() {
    return "is 1 to 32 letters, digits and dashes, and none of "
        + String.join(", ", Telemetry.ON_TOP);
  }
}
