package dev.farhand.agent.driver;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;

/** One line from the agent to a driver's stdin. {@code docs/drivers.md} explains them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ToDriver.Configure.class, name = "configure"),
  @JsonSubTypes.Type(value = ToDriver.Motion.class, name = "motion"),
  @JsonSubTypes.Type(value = ToDriver.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = ToDriver.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = ToDriver.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = ToDriver.Message.class, name = "message"),
})
sealed interface ToDriver {
  /**
   * The first line.
   *
   * @param robot the robot's ID
   * @param settings the driver's part of {@code robot.yaml}, an object
   * @param motionTimeoutMillis silence after which the driver makes its outputs safe
   */
  record Configure(String robot, JsonNode settings, long motionTimeoutMillis) implements ToDriver {
    public Configure {
      Line.require(robot != null, "robot is missing");
      Line.require(settings != null && settings.isObject(), "settings must be an object");
      Line.require(motionTimeoutMillis > 0, "motionTimeoutMillis must be positive");
    }
  }

  /**
   * The wanted motion. Acknowledged.
   *
   * @param linear forward, -1 to 1
   * @param angular to the left, -1 to 1
   * @param until CLOCK_MONOTONIC in ns: past this instant the line is void
   */
  record Motion(long seq, double linear, double angular, long until) implements ToDriver {
    public Motion {
      Line.require(Math.abs(linear) <= 1, "linear must be between -1 and 1");
      Line.require(Math.abs(angular) <= 1, "angular must be between -1 and 1");
    }
  }

  /** Safe outputs, at once. Acknowledged. */
  record Stop(long seq, Cause cause) implements ToDriver {
    public Stop {
      cause = cause == null ? Cause.UNKNOWN : cause;
    }
  }

  /** An operator has joined. */
  record Opened(String session, Operator operator, Role role) implements ToDriver {
    public Opened {
      Line.require(session != null && operator != null && role != null, "a field is missing");
    }
  }

  /** An operator has left. */
  record Closed(String session, Operator operator, Role role) implements ToDriver {
    public Closed {
      Line.require(session != null && operator != null && role != null, "a field is missing");
    }
  }

  /**
   * A message of the user's own, from an operator who may drive.
   *
   * @param holder whether that operator held the lease of an armed robot as it came
   */
  record Message(String session, Operator operator, Role role, JsonNode data, boolean holder)
      implements ToDriver {
    public Message {
      Line.require(session != null && operator != null && role != null, "a field is missing");
      Line.require(data != null, "data is missing");
    }
  }
}
