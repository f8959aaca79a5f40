package dev.farhand.netlab.operator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line on the stdin of {@link LabOperator}. Each names the robot that it is about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Order.Join.class, name = "join"),
  @JsonSubTypes.Type(value = Order.Drive.class, name = "drive"),
  @JsonSubTypes.Type(value = Order.Talk.class, name = "talk"),
  @JsonSubTypes.Type(value = Order.Say.class, name = "say"),
  @JsonSubTypes.Type(value = Order.Watch.class, name = "watch"),
  @JsonSubTypes.Type(value = Order.Leave.class, name = "leave"),
})
public sealed interface Order {
  String robot();

  /** Joins it, not waiting for what is missing. */
  record Join(String robot, String server, String token, boolean video) implements Order {}

  /**
   * Drives it in circles from now on, or not. Lets go and begins anew whenever the robot wants
   * that, as fast as a program can.
   */
  record Drive(String robot, boolean on) implements Order {}

  /** Sends a message with the time twenty times a second, or not. */
  record Talk(String robot, boolean on) implements Order {}

  /** Sends one message of so many bytes. */
  record Say(String robot, int bytes) implements Order {}

  /** Looks 200 times a second how old telemetry and picture are; when it ends, tells. */
  record Watch(String robot, boolean on) implements Order {}

  /** Leaves it. */
  record Leave(String robot) implements Order {}
}
