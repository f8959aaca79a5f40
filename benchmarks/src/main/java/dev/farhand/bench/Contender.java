package dev.farhand.bench;

/** Something that a browser can connect to and that sends messages back. */
interface Contender extends AutoCloseable {
  /** For the table. */
  String name();

  /** A call of a function in {@code connect.js} that makes a connection to it. */
  String opening();

  @Override
  void close();
}
