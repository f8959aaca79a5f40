package dev.farhand.agent.operator;

import dev.farhand.protocol.Code;
import java.util.EnumSet;
import java.util.Set;

/** What to do after which code; the table of codes in {@code docs/protocol.md}. */
final class Codes {
  private static final Set<Code> FINAL =
      EnumSet.of(
          Code.BAD_MESSAGE,
          Code.UNKNOWN_TYPE,
          Code.UNEXPECTED_MESSAGE,
          Code.TOO_LARGE,
          Code.BAD_ROBOT_ID,
          Code.UNSUPPORTED_PROTOCOL,
          Code.TOKEN_MISSING,
          Code.TOKEN_INVALID,
          Code.TOKEN_EXPIRED,
          Code.TOKEN_REVOKED,
          Code.WRONG_ROBOT,
          Code.ROLE_FORBIDDEN,
          Code.FOREIGN_ORIGIN,
          Code.FOREIGN_HOST,
          Code.PROXIED,
          Code.SUPERSEDED,
          Code.ENDED_BY_OWNER,
          Code.TOO_MANY_MESSAGES);

  private static final Set<Code> SESSION_GONE =
      EnumSet.of(
          Code.NO_SUCH_SESSION, Code.RESUME_INVALID, Code.RESUME_EXPIRED, Code.ROBOT_RESTARTED);

  private Codes() {}

  /** Whether somebody has to do something before another attempt makes sense. */
  static boolean isFinal(Code code) {
    return FINAL.contains(code);
  }

  /** Whether the server says with it, of a resume, that there is nothing to take up. */
  static boolean endsSession(Code code) {
    return SESSION_GONE.contains(code);
  }
}
