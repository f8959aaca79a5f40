package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GGA, RMC and VTG sentences say of a position, from any satellite system (NMEA 0183; the
 * fields as in the protocol specifications of u-blox receivers, "GGA", "RMC" and "VTG"). Sentences
 * without a right checksum, and fields out of their range, say nothing. One thread.
 */
final class Nmea {
  private static final double METRES_A_SECOND = 1852 / 3600.0;
  private static final Pattern SENTENCE =
      Pattern.compile("\\$(?:[A-Z]{2})(GGA|RMC|VTG),([\\x20-\\x7e]{0,100})\\*([0-9A-Fa-f]{2})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private boolean fix;
  private OptionalDouble lat = OptionalDouble.empty();
  private OptionalDouble lon = OptionalDouble.empty();
  private OptionalDouble satellites = OptionalDouble.empty();
  private OptionalDouble hdop = OptionalDouble.empty();
  private OptionalDouble altitude = OptionalDouble.empty();
  private OptionalDouble speed = OptionalDouble.empty();
  private OptionalDouble heading = OptionalDouble.empty();

  /** The newest state, as {@code {"gps": {…}}}, after a sentence that tells of it. */
  Optional<JsonNode> read(String line) {
    // What stands before the sentence is what the line was in the middle of as the port opened.
    Matcher sentence = SENTENCE.matcher(line.substring(Math.max(0, line.lastIndexOf('$'))));
    if (!sentence.matches() || !sums(sentence.group())) {
      return Optional.empty();
    }
    String[] fields = sentence.group(2).split(",", -1);
    switch (sentence.group(1)) {
      case "GGA" -> gga(fields);
      case "RMC" -> rmc(fields);
      default -> vtg(fields);
    }
    return Optional.of(state());
  }

  /** Nothing is known. */
  static JsonNode lost() {
    return new Nmea().state();
  }

  private void gga(String[] fields) {
    if (fields.length < 9) {
      return;
    }
    place(!fields[5].isEmpty() && !fields[5].equals("0"), fields, 1);
    satellites = number(fields[6], 99);
    hdop = number(fields[7], 100);
    altitude = height(fields[8]);
  }

  private void rmc(String[] fields) {
    if (fields.length < 8) {
      return;
    }
    place(fields[1].equals("A"), fields, 2);
    course(fields[7], fields[6]);
  }

  private void vtg(String[] fields) {
    if (fields.length < 5) {
      return;
    }
    course(fields[0], fields[4]);
  }

  private void course(String degrees, String speedInKnots) {
    OptionalDouble knots = number(speedInKnots, 2000);
    speed = knots.isPresent() ? rounded(knots.getAsDouble() * METRES_A_SECOND, 3) : knots;
    heading = number(degrees, 360);
  }

  /** Metres above the sea; the only field that may be below zero. */
  private static OptionalDouble height(String text) {
    boolean below = text.startsWith("-");
    OptionalDouble metres = number(below ? text.substring(1) : text, 100_000);
    return below && metres.isPresent() ? OptionalDouble.of(-metres.getAsDouble()) : metres;
  }

  private void place(boolean found, String[] fields, int at) {
    OptionalDouble north = angle(fields[at], fields[at + 1], "N", "S", 90);
    OptionalDouble east = angle(fields[at + 2], fields[at + 3], "E", "W", 180);
    fix = found && north.isPresent() && east.isPresent();
    lat = north;
    lon = east;
  }

  /** Degrees, of {@code dddmm.mmmm} and a letter. */
  private static OptionalDouble angle(
      String text, String side, String plus, String minus, int most) {
    OptionalDouble number = number(text, most * 100);
    if (number.isEmpty() || !(side.equals(plus) || side.equals(minus))) {
      return OptionalDouble.empty();
    }
    double degrees = Math.floor(number.getAsDouble() / 100);
    double minutes = number.getAsDouble() - degrees * 100;
    if (minutes >= 60) {
      return OptionalDouble.empty();
    }
    // A ten-millionth of a degree is a centimetre.
    return rounded((side.equals(plus) ? 1 : -1) * (degrees + minutes / 60), 7);
  }

  private static OptionalDouble number(String text, double most) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(text);
    return number <= most ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  private static OptionalDouble rounded(double value, int digits) {
    return OptionalDouble.of(
        BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue());
  }

  private JsonNode state() {
    ObjectNode gps = JsonNodeFactory.instance.objectNode();
    gps.put("fix", fix);
    satellites.ifPresent(count -> gps.put("satellites", (int) count));
    if (fix) {
      gps.put("lat", lat.orElseThrow()).put("lon", lon.orElseThrow());
      altitude.ifPresent(value -> gps.put("altitude", value));
      hdop.ifPresent(value -> gps.put("hdop", value));
      speed.ifPresent(value -> gps.put("speed", value));
      heading.ifPresent(value -> gps.put("heading", value));
    }
    return JsonNodeFactory.instance.objectNode().set("gps", gps);
  }

  /** Whether the exclusive or of what stands between {@code $} and {@code *} is the checksum. */
  private static boolean sums(String sentence) {
    int star = sentence.length() - 3;
    int sum = 0;
    for (int i = 1; i < star; i++) {
      sum ^= sentence.charAt(i);
    }
    return sum == Integer.parseInt(sentence.substring(star + 1), 16);
  }
}
