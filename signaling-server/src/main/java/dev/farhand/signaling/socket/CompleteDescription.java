package dev.farhand.signaling.socket;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage.Description;

/**
 * A description with all its candidates, as RTCBot's programs and pages write it: {@code {"type":
 * …, "sdp": …}}, or that object once more as a JSON string, which is what Python makes of an object
 * that was text already.
 */
public final class CompleteDescription {
  private static final JsonCodec<Description> CODEC = new JsonCodec<>(Description.class);
  private static final JsonCodec<String> STRING = new JsonCodec<>(String.class);

  private CompleteDescription() {}

  /**
   * Reads one.
   *
   * @throws InvalidMessage if it is none, or not of this type
   */
  public static Description read(String text, Description.Type wanted) {
    return check(
        CODEC.decode(text.stripLeading().startsWith("\"") ? STRING.decode(text) : text), wanted);
  }

  /**
   * Lets through what a program may be given.
   *
   * @throws InvalidMessage if it is not of this type, or no SDP at all
   */
  static Description check(Description description, Description.Type wanted) {
    if (description.type() != wanted) {
      throw unusable("This is no " + wanted.wire() + ": its type is another.");
    }
    // Not more: programs of others read the rest, and some end at what is no SDP at all.
    if (!description.sdp().startsWith("v=0")) {
      throw unusable("The sdp is no session description: it begins with v=0 (RFC 8866).");
    }
    return description;
  }

  /** Writes one. */
  public static String write(Description description) {
    return CODEC.encode(description);
  }

  private static InvalidMessage unusable(String reason) {
    return new InvalidMessage(Code.BAD_DESCRIPTION, reason);
  }
}
