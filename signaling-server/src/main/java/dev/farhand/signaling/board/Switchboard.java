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
   * have no robot's end until {@link #attachRobot}; operators that wait hear of it.
   *
   * @return the registration's epoch
   */
  Future<Long> claim(Registration registration, Mailbox robot);

  /** Takes back what {@link #claim} gave, if it is still the newest. Its sessions live on. */
  void release(String robotId, long epoch);

  /** Changes what the robot can show to operators that come later. */
  void show(String robotId, long epoch, List<Media> media);

  /** Whether the robot is here. */
  Future<Boolean> isPresent(String robotId);

  /**
   * Opens a session.
   *
   * @param arrival what the robot hears
   * @param waits whether to be told, by {@link Notice.RobotCame}, if the robot is away
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
