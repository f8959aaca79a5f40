package dev.farhand.agent.driver.serial;

/** What goes over the wire. */
enum Format {
  /** Lines of text. */
  LINES,
  /** Lines, each one JSON value. */
  JSON,
  /** Bytes as they come. */
  BYTES,
  /** Frames of fields in binary. */
  STRUCT,
  /** NMEA 0183, as GPS receivers speak it. */
  NMEA
}
