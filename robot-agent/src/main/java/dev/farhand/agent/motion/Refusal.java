package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import java.util.Optional;

/** Answers that say no. */
final class Refusal {
  private Refusal() {}

  static Optional<Refused> of(String what, Code code, String reason) {
    return Optional.of(new Refused(what, code, reason));
  }

  /** Of a session that is none. */
  static Optional<Refused> stranger(String what) {
    return of(what, Code.NO_SUCH_SESSION, Code.NO_SUCH_SESSION.sentence());
  }
}
