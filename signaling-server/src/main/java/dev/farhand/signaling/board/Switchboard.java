package dev.farhand.signaling.board;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Media;
import io.vertx.core.Future;
import java.util.List;

/**
 * Where connections meet: which socket has which robot's ID, and the two ends of each session. All
 * that connections know of each other goes through here, as values, so it can be kept in this
 * process or outside it. Any thread.
 *
 * <p>A session lives here while at least one of its ends is attached. Nobody but an attached end
 * can send to the other or end the session: a call with any other mailbox does nothing.
 */
public interface Switchboard {
  /**
   * Gives the robot's ID to this connection. Whoever had it hears {@link Notice.Superseded};
   * sessions that the robot does not list end with {@code robot-restarted}; those that it lists
   * have no robot's end until {@link #attachRobot}; operators that wait hear of it. One that serves
   * its sessions by turns lists none: those that were settled before go on.
   *
   * @return the registration's epoch
   */
  Future<Long> claim(Registration registration, Mailbox robot);

  /**
   * Takes back what {@link #claim} gave, if it is still the newest. Its sessions live on, except
   * that of a robot which serves them by turns, if it was not settled. Operators that wait hear
   * {@link Notice.RobotWent}.
   *
   * @return whether it was
   */
  Future<Boolean> release(String robotId, long epoch);

  /**
   * Whether RTCBot programs have taken this ID from somebody so often in a short time that the next
   * of them should not, as long as somebody is here.
   */
  Future<Boolean> isContested(String robotId);

  /**
   * A robot that serves its sessions by turns can serve the next; operators that wait hear of it.
   */
  void ready(String robotId, long epoch);

  /**
   * A robot that serves its sessions by turns has lost its socket and is to come back in a moment.
   * It counts as present, and operators wait for it, until it claims its ID again or {@link
   * #release} gives it up.
   */
  void pause(String robotId, long epoch);

  /**
   * The session's two ends have found each other and do without the robot's socket from now on. It
   * lasts until the operator's end goes, or a robot of another kind has the ID.
   */
  void settle(String robotId, String sessionId, Mailbox robot);

  /** Changes what the robot can show to operators that come later. */
  void show(String robotId, long epoch, List<Media> media);

  /** Whether the robot is here. */
  Future<Boolean> isPresent(String robotId);

  /**
   * Opens a session. While the robot serves another, or is to come back in a moment, the operator
   * waits in any case: {@link Notice.RobotCame} follows, and then it asks again, or {@link
   * Notice.RobotWent}. One that serves its sessions by turns knows no roles: to it, a viewer would
   * be as good as a driver, and is refused.
   *
   * @param arrival what the robot hears
   * @param waits whether to wait, too, if the robot is away
   */
  Future<Reception> open(String robotId, Notice.Arrived arrival, boolean waits, Mailbox operator);

  /** Waits no more. */
  void forget(String robotId, Mailbox operator);

  /**
   * Attaches an operator to a session that lives on; an older socket of it hears {@link
   * Notice.Replaced}. If it has to wait for the robot's own return, {@link Notice.Presence} or
   * {@link Notice.Ended} follows.
   *
   * @param instance the agent's process that the session was opened with
   */
  Future<Reception> attachOperator(
      String robotId, String sessionId, String instance, Mailbox operator);

  /**
   * Attaches the robot that has this epoch to a session that lives on.
   *
   * @return {@link Reception.Welcome} if the operator is attached, too, {@link Reception.Wait} if
   *     not yet
   */
  Future<Reception> attachRobot(String robotId, String sessionId, long epoch);

  /** Detaches the operator; the robot hears that it is absent. */
  void detachOperator(String robotId, String sessionId, Mailbox operator);

  /** Brings words from one end to the other. */
  void relay(String robotId, Notice.Relayed message, Mailbox from);

  /** Ends the session; the other end hears of it. */
  void end(String robotId, String sessionId, Code code, String reason, Mailbox by);
}
