package dev.farhand.agent.webrtc;

/** A program that opens and closes a connection, says so, and returns from its main. */
final class ShortProgram {
  static final String LAST_WORDS = "closed";

  private ShortProgram() {}

  public static void main(String[] args) {
    try (RtcConnection connection = RtcConnection.create()) {
      connection.localDescription().join();
    }
    System.out.println(LAST_WORDS);
  }
}
