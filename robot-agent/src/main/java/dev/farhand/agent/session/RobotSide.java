package dev.farhand.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.Optional;

/** What sessions ask of the robot. Called on the agent's loop. */
public interface RobotSide {
  /** A session has begun; its peer is not connected yet. */
  void opened(String sessionId, Operator operator, Role role);

  /** Nothing comes over a session's path any more; it may heal by itself. */
  void silent(String sessionId);

  /** A session has ended, whoever ended it. */
  void closed(String sessionId);

  void drive(String sessionId, Drive drive);

  /** Empty if the robot stands, otherwise why not. */
  Optional<Refused> stop(String sessionId, long id);

  /** Empty if the robot is armed, otherwise why not; {@code stops} as this operator was shown. */
  Optional<Refused> arm(String sessionId, long stops);

  /** The session asks for the lease. Empty if the request stands, otherwise why not. */
  Optional<Refused> request(String sessionId);

  /** It asks no more. Says why not, if so. */
  Optional<Refused> withdraw(String sessionId);

  /** It gives the lease to this operator. Says why not, if so. */
  Optional<Refused> grant(String sessionId, String operatorId);

  /** It keeps the lease from this operator. Says why not, if so. */
  Optional<Refused> refuse(String sessionId, String operatorId);

  /** It takes the lease without asking. Says why not, if so. */
  Optional<Refused> takeOver(String sessionId);

  /** What the session is to be told now. */
  State stateFor(String sessionId);

  /** A message of the user's own, from an operator who may drive. Says why it was not taken. */
  Optional<Refused> message(String sessionId, Operator operator, Role role, JsonNode data);
}
