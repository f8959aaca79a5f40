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
 * What GGA and RMC sentences say of a position, from any satellite system (NMEA 0183; the fields as
 * in the protocol specifications of u-blox receivers, "GGA" and "RMC"). Sentences without a right
 * checksum, and fields out of their range, say nothing. One thread.
 */
final class Nmea {
  private static final double METRES_A_SECOND = 1852 / 3600.0;
  private static final Pattern SENTENCE =
      Pattern.compile("\\$(?:[A-Z]{2})(GGA|RMC),([\\x20-\\x7e]{0,100})\\*([0-9A-Fa-f]{2})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private boolean fix;
  private OptionalDouble lat = OptionalDouble.empty();
  private OptionalDouble lon = OptionalDouble.empty();
  private OptionalDouble satellites = OptionalDouble.empty();
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
    if (sentence.group(1).equals("GGA")) {
      gga(fields);
    } else {
      rmc(fields);
    }
    return Optional.of(state());
  }

  /** Nothing is known. */
  static JsonNode lost() {
    return new Nmea().state();
  }

  private void gga(String[] fields) {
    if (fields.length < 7) {
      return;
    }
    place(!fields[5].isEmpty() && !fields[5].equals("0"), fields, 1);
    satellites = number(fields[6], 99);
  }

  private void rmc(String[] fields) {
    if (fields.length < 8) {
      return;
    }
    place(fields[1].equals("A"), fields, 2);
    OptionalDouble knots = number(fields[6], 2000);
    speed = knots.isPresent() ? rounded(knots.getAsDouble() * METRES_A_SECOND, 3) : knots;
    heading = number(fields[7], 360);
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
