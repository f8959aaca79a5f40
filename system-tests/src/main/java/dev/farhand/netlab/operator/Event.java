package dev.farhand.netlab.operator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A line on the stdout of {@link LabOperator}. Each names the robot that it is about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Event.State.class, name = "state"),
  @JsonSubTypes.Type(value = Event.Path.class, name = "path"),
  @JsonSubTypes.Type(value = Event.Ages.class, name = "ages"),
  @JsonSubTypes.Type(value = Event.Left.class, name = "left"),
})
public sealed interface Event {
  String robot();

  /** The channels are open, so long after the order to join. */
  record Open(String robot, double millis) implements Event {}

  /** How the connection stands. */
  record State(String robot, String state, String reason, long at) implements Event {}

  /** How packets go, as {@link dev.farhand.agent.webrtc.PeerPath} has it. */
  record Path(String robot, boolean relayed, String localType, String remoteType)
      implements Event {}

  /**
   * Milliseconds, one value each look.
   *
   * @param shown how many pictures came meanwhile
   * @param width of the last
   */
  record Ages(String robot, List<Double> telemetry, List<Double> pictures, int shown, int width)
      implements Event {}

  /** The session has ended and said so. */
  record Left(String robot) implements Event {}
}
