package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.Settings;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code robot.yaml} says under {@code settings}; see {@code docs/drivers.md}. Immutable.
 *
 * @param port the path of a device, or of a link to one
 * @param delayWriteStart how long the device takes after its port was opened
 * @param writing how values become bytes
 * @param received the frames that come, if the format is {@link Format#STRUCT}
 * @param safe written at each stop
 */
record SerialSettings(
    String port,
    int baud,
    Parity parity,
    int stopBits,
    Duration delayWriteStart,
    Format format,
    As as,
    boolean passThrough,
    Writing writing,
    Optional<Layout> received,
    Optional<Drive> drive,
    Optional<byte[]> safe) {
  private static final int MOTIONS_A_SECOND = 20;

  private static final String PORT =
      "the path of a serial port: /dev/serial/by-id/… (farhand-agent devices lists them)";

  private static final List<String> EVERYWHERE =
      List.of("port", "baud", "parity", "stop-bits", "format", "delay-write-start-ms", "as");

  /** The bit that follows the eight of a byte. */
  enum Parity {
    NONE,
    EVEN,
    ODD
  }

  /** What becomes of what the device sends. */
  enum As {
    MESSAGE,
    TELEMETRY,
    NOTHING
  }

  /** How a line ends. */
  private enum LineEnd {
    LF("\n"),
    CRLF("\r\n"),
    CR("\r");

    private final String text;

    LineEnd(String text) {
      this.text = text;
    }
  }

  /** Where a number's first byte stands. */
  private enum Endian {
    LITTLE,
    BIG;

    ByteOrder order() {
      return this == BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
  }

  /**
   * Reads all of it, touching no hardware.
   *
   * @throws BadSettings with the first mistake
   */
  static SerialSettings read(JsonNode settings) {
    Settings root = Settings.of(settings);
    Format format =
        root.word("format", Format.class)
            .orElseThrow(
                () -> root.missing("must have format: one of " + Settings.words(Format.class)));
    root.only(keys(format));
    String port =
        root.text("port", PORT).orElseThrow(() -> root.missing("must have port: " + PORT));
    if (!port.matches("/[^\\p{Cntrl}]{1,254}")) {
      throw root.wrong("port", "must be " + PORT);
    }
    Layouts layouts = Layouts.read(root, format);
    Writing writing = writing(root, format, layouts);
    Motion motion = new Motion(root, writing);
    Optional<Drive> drive = motion.drive();
    SerialSettings read =
        new SerialSettings(
            port,
            root.whole("baud", 300, 4_000_000, "a whole number, bits a second,")
                .orElseThrow(() -> root.missing("must have baud: bits a second, such as 115200")),
            root.word("parity", Parity.class).orElse(Parity.NONE),
            root.whole("stop-bits", 1, 2, "a whole number").orElse(1),
            Duration.ofMillis(
                root.whole("delay-write-start-ms", 0, 8000, "milliseconds").orElse(0)),
            format,
            as(root, format),
            root.flag("pass-through"),
            writing,
            layouts.receive,
            drive,
            motion.safe());
    read.check(root);
    return read;
  }

  /** How many bytes go over the wire in a tenth of a second. */
  int bytesInTime() {
    return Math.max(16, baud / bitsAByte() / 10);
  }

  /** Start bit, eight bits, and what follows them. */
  private int bitsAByte() {
    return 9 + (parity == Parity.NONE ? 0 : 1) + stopBits;
  }

  private void check(Settings root) {
    int longest = safe.map(bytes -> bytes.length).orElse(0);
    if (drive.isPresent()) {
      longest = Math.max(longest, drive.get().bytes(-1, 0).length);
      longest = Math.max(longest, drive.get().bytes(-0.7, -0.7).length);
    }
    int needed = longest * MOTIONS_A_SECOND * bitsAByte();
    if (drive.isPresent() && needed > baud) {
      throw root.wrong(
          "baud",
          "must be at least "
              + needed
              + ", since drive and safe take up to "
              + longest
              + " bytes and come 20 times a second");
    }
  }

  private static As as(Settings root, Format format) {
    boolean values = format == Format.JSON || format == Format.STRUCT || format == Format.NMEA;
    return root.word("as", As.class).orElse(values ? As.TELEMETRY : As.MESSAGE);
  }

  private static List<String> keys(Format format) {
    String[] motion = {"drive", "safe", "scale", "offset"};
    List<String> keys = new ArrayList<>(EVERYWHERE);
    switch (format) {
      case LINES, JSON -> {
        keys.addAll(Arrays.asList(motion));
        keys.addAll(List.of("decimals", "line-end", "pass-through"));
      }
      case STRUCT -> {
        keys.addAll(Arrays.asList(motion));
        keys.addAll(List.of("send", "receive", "start-byte", "byte-order", "pass-through"));
      }
      case BYTES -> keys.addAll(List.of("safe", "pass-through"));
      case NMEA -> {}
    }
    return keys;
  }

  private static Writing writing(Settings root, Format format, Layouts layouts) {
    LineEnd end = root.word("line-end", LineEnd.class).orElse(LineEnd.LF);
    return switch (format) {
      case LINES -> new Writing.Lines(end.text);
      case JSON -> new Writing.Json(end.text);
      case BYTES -> new Writing.Hex();
      case STRUCT -> layouts.send.<Writing>map(Writing.Frames::new).orElseGet(Writing.Nothing::new);
      case NMEA -> new Writing.Nothing();
    };
  }

  /** The frames of both directions. */
  private record Layouts(Optional<Layout> send, Optional<Layout> receive) {
    static Layouts read(Settings root, Format format) {
      if (format != Format.STRUCT) {
        return new Layouts(Optional.empty(), Optional.empty());
      }
      OptionalInt start = root.whole("start-byte", 0, 255, "a byte, such as 0xa5,");
      ByteOrder order = root.word("byte-order", Endian.class).orElse(Endian.LITTLE).order();
      if (!root.has("send") && !root.has("receive")) {
        throw root.missing("must have send or receive: fields, each a name with its type");
      }
      for (String key : new String[] {"drive", "safe", "pass-through"}) {
        if (root.has(key) && !root.has("send")) {
          throw root.wrong(key, "must stand beside send, the fields that are written");
        }
      }
      return new Layouts(layout(root, "send", start, order), layout(root, "receive", start, order));
    }

    private static Optional<Layout> layout(
        Settings root, String key, OptionalInt start, ByteOrder order) {
      return root.section(key).map(given -> Layout.read(root, key, start, order));
    }
  }
}
