package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One object of a driver's settings and where it stands: gives values, or says by {@link
 * BadSettings} what is allowed there. For {@link Driver#check} and {@link Driver#start}. Immutable;
 * any thread.
 *
 * <p>A value that is missing, or null, is empty. Each {@code rule} tells what is wanted, as in "a
 * GPIO", to follow "must be".
 */
public final class Settings {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int MOST_NAMES = 32;

  private final String path;
  private final JsonNode node;

  private Settings(String path, JsonNode node) {
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new BadSettings(path, "must be names with values");
    }
  }

  /** All of a driver's settings. */
  public static Settings of(JsonNode settings) {
    return new Settings("", settings);
  }

  /** Where this stands, as in {@code motors.left}; empty for all of it. */
  public String path() {
    return path;
  }

  /** Where a key of this stands. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** The keys that stand here, in their order. */
  public List<String> names() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** These are all the keys that may stand here. To be called first: typing errors come first. */
  public void only(List<String> known) {
    for (String key : names()) {
      if (!known.contains(key)) {
        throw wrong(key, "is no setting. Known here: " + String.join(", ", known));
      }
    }
  }

  /** The same. */
  public void only(String... known) {
    only(List.of(known));
  }

  /** What is wrong with a key's value. */
  public BadSettings wrong(String key, String reason) {
    return new BadSettings(path(key), reason);
  }

  /** What this lacks. */
  public BadSettings missing(String reason) {
    return new BadSettings(path, reason);
  }

  /** What stands there, whatever it is. */
  public Optional<JsonNode> value(String key) {
    return has(key) ? Optional.of(node.get(key)) : Optional.empty();
  }

  /** An object below this one. */
  public Optional<Settings> section(String key) {
    return value(key).map(below -> new Settings(path(key), below));
  }

  /** The same, of one that must be there. */
  public Settings needed(String key) {
    return section(key).orElseThrow(() -> missing("must have " + key));
  }

  /** Objects with names of the user's own, in the order in which they stand; none without key. */
  public Map<String, Settings> named(String key) {
    Map<String, Settings> all = new LinkedHashMap<>();
    Settings names = section(key).orElse(null);
    if (names == null) {
      return all;
    }
    if (names.node.size() > MOST_NAMES) {
      throw wrong(key, "must have at most " + MOST_NAMES + " names");
    }
    for (String name : names.names()) {
      if (!NAME.matcher(name).matches()) {
        throw names.wrong(
            name, "must be a name of small letters, digits and dashes, a letter first, 32 at most");
      }
      all.put(name, names.needed(name));
    }
    return all;
  }

  public Optional<String> text(String key, String rule) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isTextual()) {
      throw wrong(key, "must be " + rule);
    }
    return value.map(JsonNode::textValue);
  }

  public OptionalInt whole(String key, int least, int most, String rule) {
    if (!has(key)) {
      return OptionalInt.empty();
    }
    JsonNode value = node.get(key);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw wrong(key, "must be " + rule + " from " + least + " to " + most);
    }
    return OptionalInt.of(value.intValue());
  }

  public OptionalDouble number(String key, double least, double most, String rule) {
    if (!has(key)) {
      return OptionalDouble.empty();
    }
    JsonNode value = node.get(key);
    double number = value.doubleValue();
    // Not the other way round: NaN is in no range.
    if (!value.isNumber() || !(number >= least && number <= most)) {
      throw wrong(key, "must be " + rule + " from " + plain(least) + " to " + plain(most));
    }
    return OptionalDouble.of(number);
  }

  /** False if it is missing. */
  public boolean flag(String key) {
    if (has(key) && !node.get(key).isBoolean()) {
      throw wrong(key, "must be true or false");
    }
    return has(key) && node.get(key).booleanValue();
  }

  /** The constant that is called so in small letters. */
  public <E extends Enum<E>> Optional<E> word(String key, Class<E> constants) {
    if (!has(key)) {
      return Optional.empty();
    }
    String given = node.get(key).asText();
    return Optional.of(
        Stream.of(constants.getEnumConstants())
            .filter(constant -> word(constant).equals(given))
            .findFirst()
            .orElseThrow(() -> wrong(key, "must be one of " + words(constants))));
  }

  /** What {@link #word} takes, for people. */
  public static <E extends Enum<E>> String words(Class<E> constants) {
    return Stream.of(constants.getEnumConstants())
        .map(Settings::word)
        .collect(Collectors.joining(", "));
  }

  /** A number without a decimal point that it does not need. */
  public static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
