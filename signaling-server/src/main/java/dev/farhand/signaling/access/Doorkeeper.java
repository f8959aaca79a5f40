package dev.farhand.signaling.access;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a token allows. Confined to one event loop, as its {@link Tokens}.
 *
 * <p>An open server looks at no token: whoever can reach it may register any robot and join any as
 * a driver. Not as an owner, for an owner may take a robot from whoever drives it, and on an open
 * server nobody is more entitled than anybody else.
 */
public final class Doorkeeper {
  private static final Grant ANY_ROBOT =
      new Grant(Role.ROBOT, Set.of(Grant.EVERY_ROBOT), "", null, null);
  private static final Grant ANY_DRIVER =
      new Grant(Role.DRIVER, Set.of(Grant.EVERY_ROBOT), "", null, null);

  private final boolean open;
  private final Tokens tokens;
  private final DenyList denyList;
  private final Clock clock;

  public Doorkeeper(boolean open, Tokens tokens, DenyList denyList, Clock clock) {
    this.open = open;
    this.tokens = tokens;
    this.denyList = denyList;
    this.clock = clock;
  }

  /**
   * Lets an agent register this robot.
   *
   * @throws Refused with the reason
   */
  public Grant admitRobot(String robotId, @Nullable String token) {
    if (open) {
      return ANY_ROBOT;
    }
    Grant grant = check(robotId, token);
    if (grant.role() != Role.ROBOT) {
      throw new Refused(Code.ROLE_FORBIDDEN);
    }
    return grant;
  }

  /**
   * Lets an operator join this robot.
   *
   * @throws Refused with the reason
   */
  public Grant admitOperator(String robotId, @Nullable String token) {
    if (open) {
      return ANY_DRIVER;
    }
    Grant grant = check(robotId, token);
    if (grant.role() == Role.ROBOT) {
      throw new Refused(Code.ROLE_FORBIDDEN);
    }
    return grant;
  }

  /**
   * Lets anyone with a token for this robot, whatever its role, ask about it.
   *
   * @throws Refused with the reason
   */
  public void admitReader(String robotId, @Nullable String token) {
    if (!open) {
      check(robotId, token);
    }
  }

  /**
   * Reads a resume key and checks that the token that began the session still holds.
   *
   * @throws Refused with the reason
   */
  public SessionKey admitSession(String sessionId, String resumeKey) {
    SessionKey key = tokens.checkResumeKey(resumeKey);
    if (!key.sessionId().equals(sessionId)) {
      throw new Refused(Code.RESUME_INVALID);
    }
    recheck(key.tokenId(), key.tokenExpires());
    return key;
  }

  /**
   * Checks that what was granted before still holds.
   *
   * @throws Refused with the reason
   */
  public void recheck(@Nullable String tokenId, @Nullable Instant expires) {
    if (denyList.contains(tokenId)) {
      throw new Refused(Code.TOKEN_REVOKED);
    }
    if (expires != null && !clock.instant().isBefore(expires)) {
      throw new Refused(Code.TOKEN_EXPIRED);
    }
  }

  /** The proof of a place in a session, for its holder only. */
  public String resumeKey(SessionKey key) {
    return tokens.mint(key);
  }

  private Grant check(String robotId, @Nullable String token) {
    if (token == null || token.isEmpty()) {
      throw new Refused(Code.TOKEN_MISSING);
    }
    Grant grant = tokens.check(token);
    if (denyList.contains(grant.tokenId())) {
      throw new Refused(Code.TOKEN_REVOKED);
    }
    if (!grant.covers(robotId)) {
      throw new Refused(Code.WRONG_ROBOT);
    }
    return grant;
  }
}
