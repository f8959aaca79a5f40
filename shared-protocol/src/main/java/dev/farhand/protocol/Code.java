package dev.farhand.protocol;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why something was refused or ended. The text on the wire is stable; programs decide by it. The
 * sentence tells a person what to do, and may change.
 */
public enum Code {
  // What the sender wrote
  BAD_MESSAGE("bad-message", "This message is not what the protocol describes."),
  UNKNOWN_TYPE("unknown-type", "This server does not know messages of this type."),
  UNEXPECTED_MESSAGE("unexpected-message", "This message makes no sense at this point."),
  TOO_LARGE("too-large", "The message is too large. Send something smaller."),
  BAD_ROBOT_ID(
      "bad-robot-id",
      "A robot's ID is 1 to 64 letters, digits, dots, dashes or underscores, and begins with a"
          + " letter or digit."),
  UNSUPPORTED_PROTOCOL(
      "unsupported-protocol", "This version of the protocol is not spoken here. Update Farhand."),
  BAD_DESCRIPTION("bad-description", "The session description could not be used. Reload the page."),

  // Who the sender is
  TOKEN_MISSING("token-missing", "This server asks for a token. Use an invitation link."),
  TOKEN_INVALID("token-invalid", "This token is not valid here. Ask for a new invitation link."),
  TOKEN_EXPIRED("token-expired", "This token has expired. Ask for a new invitation link."),
  TOKEN_REVOKED("token-revoked", "This token was withdrawn. Ask for a new invitation link."),
  WRONG_ROBOT("wrong-robot", "This token is for another robot."),
  ROLE_FORBIDDEN("role-forbidden", "The role in this token does not allow that."),
  FOREIGN_ORIGIN(
      "foreign-origin",
      "Pages from this origin may not connect. See --allow-origin of the server."),
  FOREIGN_HOST("foreign-host", "An open server answers on a loopback name only. Use tokens."),
  PROXIED(
      "proxied", "An open server does not answer through a proxy. Start it with tokens instead."),

  // Who is there
  ROBOT_AWAY("robot-away", "No robot with this ID is here. Is it switched on, is the ID right?"),
  ROBOT_SILENT("robot-silent", "The robot is there but did not answer in time. Try again."),
  WAIT_EXPIRED("wait-expired", "The robot did not come in time. Try again later."),
  SUPERSEDED("superseded", "A newer connection has taken this place."),
  ROBOT_CONFLICT(
      "robot-conflict",
      "Another agent registered with this robot's ID. Give each robot an ID of its own."),
  NO_SUCH_SESSION("no-such-session", "This session is not yours, or has ended. Join again."),
  RESUME_INVALID("resume-invalid", "This resume key does not fit the session. Join again."),
  RESUME_EXPIRED("resume-expired", "This resume key has expired. Join again."),
  OPERATOR_LEFT("operator-left", "The operator left."),
  OPERATOR_LOST("operator-lost", "The operator was not heard of any more."),
  ROBOT_LEFT("robot-left", "The robot ended the session."),
  ROBOT_RESTARTED("robot-restarted", "The robot's agent was started anew. Join again."),
  ROBOT_MOVED("robot-moved", "The robot has come to another network. Join again."),
  AGENT_RESTARTING("agent-restarting", "The robot's agent restarts. Join again in a moment."),
  PEER_FAILED("peer-failed", "No path was found between this browser and the robot."),
  LEASE_HELD("lease-held", "Somebody else drives this robot. Wait until they let go."),
  LEASE_REFUSED("lease-refused", "Whoever drives keeps the robot for now. Ask again later."),
  NO_SUCH_REQUEST("no-such-request", "That operator does not ask to drive any more."),
  STOPPED_AGAIN("stopped-again", "STOP was pressed since. See who pressed it, then arm."),
  ENDED_BY_OWNER("ended-by-owner", "An owner of the robot ended the session."),

  // How much
  TOO_MANY_MESSAGES("too-many-messages", "Too many messages in a second. Send less often."),
  TOO_MANY_SESSIONS("too-many-sessions", "The robot has as many operators as it can serve."),
  TOO_MANY_WAITING("too-many-waiting", "Too many are waiting for robots. Try again later."),
  TOO_MANY_CONNECTIONS("too-many-connections", "Too many connections from this address."),
  SLOW_READER("slow-reader", "This connection does not read what is sent to it."),
  SILENT("silent", "Nothing was said in time. Register or join at once."),
  HEARTBEAT_LOST("heartbeat-lost", "The heartbeat was not answered in time."),

  // The programs themselves
  SERVER_RESTARTING("server-restarting", "The server restarts. Come back in a moment."),
  INTERNAL("internal", "Something went wrong here; it was logged. Try again."),
  @JsonEnumDefaultValue
  UNKNOWN("unknown", "A newer program than this one gave the reason.");

  private final String wire;
  private final String sentence;

  Code(String wire, String sentence) {
    this.wire = wire;
    this.sentence = sentence;
  }

  /** The stable form, as it stands in messages and close frames. */
  @JsonValue
  public String wire() {
    return wire;
  }

  /** One sentence for a person. */
  public String sentence() {
    return sentence;
  }
}
