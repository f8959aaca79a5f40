package dev.farhand.protocol;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message over Farhand's own data channels, between an operator and a robot. The channel named
 * {@code default} carries none of these: it belongs to the user.
 *
 * <p>Times are milliseconds of the named side's own monotonic clock, whatever its zero.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChannelMessage.Drive.class, name = "drive"),
  @JsonSubTypes.Type(value = ChannelMessage.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = ChannelMessage.Arm.class, name = "arm"),
  @JsonSubTypes.Type(value = ChannelMessage.RequestLease.class, name = "request"),
  @JsonSubTypes.Type(value = ChannelMessage.WithdrawRequest.class, name = "withdraw"),
  @JsonSubTypes.Type(value = ChannelMessage.GrantLease.class, name = "grant"),
  @JsonSubTypes.Type(value = ChannelMessage.RefuseLease.class, name = "refuse"),
  @JsonSubTypes.Type(value = ChannelMessage.TakeOver.class, name = "take-over"),
  @JsonSubTypes.Type(value = ChannelMessage.Piece.class, name = "piece"),
  @JsonSubTypes.Type(value = ChannelMessage.Taken.class, name = "taken"),
  @JsonSubTypes.Type(value = ChannelMessage.State.class, name = "state"),
  @JsonSubTypes.Type(value = ChannelMessage.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = ChannelMessage.Telemetry.class, name = "telemetry"),
  @JsonSubTypes.Type(value = ChannelMessage.Stopped.class, name = "stopped"),
})
public sealed interface ChannelMessage {
  /** The user's own strings and JSON: ordered, reliable. */
  String DEFAULT = "default";

  /** Ordered, reliable: arm, stop, the lease, state, pieces of large messages. */
  String COMMAND = "farhand.command";

  /** Operator to robot, unordered, given up after {@link #LIFETIME_MILLIS}: drive, stop. */
  String CONTROL = "farhand.control";

  /** Robot to operator, unordered, given up after {@link #LIFETIME_MILLIS}: telemetry, stopped. */
  String TELEMETRY = "farhand.telemetry";

  /** {@code maxPacketLifeTime} of the channels that carry only what is new. */
  int LIFETIME_MILLIS = 150;

  /** The most that may be sent at once over {@link #DEFAULT}, in bytes of UTF-8. */
  int DEFAULT_MAX_BYTES = 16_384;

  /**
   * A message of the user's own that is longer, in bytes of UTF-8, should go to the robot in {@link
   * Piece}s. SCTP sends a message in one go (RFC 8260 is not spoken everywhere), and 16 KiB hold a
   * line of 64 kbit/s up for two seconds.
   */
  int WHOLE_MAX_BYTES = 1024;

  /**
   * Operator to robot on {@link #CONTROL}: the motion that is wanted now. 20 Hz in motion and for a
   * second after it, then 2 Hz neutral, for as long as the operator holds the lease.
   *
   * @param seq larger than all before it in this session
   * @param sentAt the operator's clock; only differences are used
   * @param beat the newest beat of the robot that has arrived, see {@link Telemetry}
   * @param linear forward, -1 to 1 of the robot's limit
   * @param angular to the left (counter-clockwise seen from above, REP 103), -1 to 1
   */
  record Drive(long seq, long sentAt, long beat, double linear, double angular)
      implements ChannelMessage {
    /** Within this of zero an axis is neutral. */
    public static final double NEUTRAL = 0.05;

    public Drive {
      Check.notNegative(seq, "seq");
      Check.axis(linear, "linear");
      Check.axis(angular, "angular");
    }

    /** Whether it asks for no motion. */
    public boolean neutral() {
      return Math.abs(linear) <= NEUTRAL && Math.abs(angular) <= NEUTRAL;
    }
  }

  /**
   * Operator to robot on {@link #CONTROL}, repeated until {@link Stopped} comes, and once on {@link
   * #COMMAND}: stop, and stay stopped until somebody arms.
   *
   * @param id the operator's number for this press; repetitions bear the same
   */
  record Stop(long id) implements ChannelMessage {
    public Stop {
      Check.notNegative(id, "id");
    }
  }

  /** Robot to operator on {@link #TELEMETRY}, for each {@link Stop} that arrives: it is stopped. */
  record Stopped(long id) implements ChannelMessage {}

  /**
   * Operator to robot on {@link #COMMAND}: leave the latched stop.
   *
   * @param stops {@link State#stops} as it was shown to whoever arms: a STOP that came after that
   *     is not ended
   */
  record Arm(long stops) implements ChannelMessage {
    public Arm {
      Check.notNegative(stops, "stops");
    }
  }

  /**
   * Operator to robot on {@link #COMMAND}: this session would like to drive. The lease is given at
   * once if nobody else holds it; otherwise the holder answers, and its silence grants.
   */
  record RequestLease() implements ChannelMessage {}

  /** Operator to robot on {@link #COMMAND}: this operator asks no more. */
  record WithdrawRequest() implements ChannelMessage {}

  /**
   * The holder of the lease to the robot on {@link #COMMAND}: give it to the operator who asks.
   *
   * @param to the ID of that operator, see {@link State#requests}
   */
  record GrantLease(String to) implements ChannelMessage {
    public GrantLease {
      Check.id(to, "to");
    }
  }

  /**
   * The holder of the lease to the robot on {@link #COMMAND}: not to the operator who asks.
   *
   * @param to the ID of that operator, see {@link State#requests}
   */
  record RefuseLease(String to) implements ChannelMessage {
    public RefuseLease {
      Check.id(to, "to");
    }
  }

  /** An owner to the robot on {@link #COMMAND}: this session drives from now on. */
  record TakeOver() implements ChannelMessage {}

  /**
   * Operator to robot on {@link #COMMAND}: a part of a message of the user's own, in order. The
   * next one goes out when {@link Taken} has come, so that between two of them there is room for
   * what is urgent.
   *
   * @param after how many messages this operator has sent over {@link #DEFAULT} in this session:
   *     the whole is handed on after them
   * @param last whether the message is whole with it
   * @param text the part; together at most {@link #DEFAULT_MAX_BYTES}
   */
  record Piece(long after, boolean last, String text) implements ChannelMessage {
    public Piece {
      Check.notNegative(after, "after");
      Check.present(text, "text");
    }
  }

  /**
   * Robot to operator on {@link #COMMAND}, for each {@link Piece}; for the last one when the
   * message was handed on, or refused.
   */
  record Taken() implements ChannelMessage {}

  /**
   * Robot to operator on {@link #COMMAND}, at the session's start and on every change.
   *
   * @param motion whether it moves or stands
   * @param cause why it is so
   * @param reason one sentence for a person: why, and what to do
   * @param driver who holds the lease, if anyone
   * @param you whether that is this session
   * @param armed false while a pressed STOP holds the robot
   * @param stops grows with each press of STOP that counts; begins anywhere when the agent starts,
   *     and never at 0
   * @param requests who asks for the lease, the oldest request first
   */
  record State(
      Motion motion,
      Cause cause,
      String reason,
      SignalMessage.@Nullable Operator driver,
      boolean you,
      boolean armed,
      long stops,
      List<Asking> requests)
      implements ChannelMessage {
    public State {
      Check.present(motion, "motion");
      cause = cause == null ? Cause.UNKNOWN : cause;
      Check.notNegative(stops, "stops");
      requests = Check.list(requests, 64, "requests");
    }
  }

  /**
   * An operator who asks for the lease.
   *
   * @param millisLeft so long after this message the holder's silence grants it
   * @param you whether that is the operator of this session
   */
  record Asking(SignalMessage.Operator operator, long millisLeft, boolean you) {
    public Asking {
      Check.present(operator, "operator");
      Check.notNegative(millisLeft, "millisLeft");
    }
  }

  /**
   * Robot to operator on {@link #COMMAND}: that was not done.
   *
   * @param what the type of the message that asked for it
   * @param againMillis so long the same would be refused again; null if time alone changes nothing
   */
  record Refused(String what, Code code, String reason, @Nullable Long againMillis)
      implements ChannelMessage {
    public Refused {
      Check.text(what, 64, "what");
      code = code == null ? Code.UNKNOWN : code;
    }

    /** Time alone changes nothing. */
    public Refused(String what, Code code, String reason) {
      this(what, code, reason, null);
    }
  }

  /**
   * Robot to operator on {@link #TELEMETRY}, 10 Hz.
   *
   * @param beat the robot's clock; the operator's next {@link Drive} returns it
   * @param values the driver's newest values by name; an empty object if it gives none
   */
  record Telemetry(long beat, JsonNode values) implements ChannelMessage {
    public Telemetry {
      Check.present(values, "values");
    }
  }

  /** Whether the robot has been told to move. */
  enum Motion {
    MOVING("moving"),
    STOPPED("stopped");

    private final String wire;

    Motion(String wire) {
      this.wire = wire;
    }

    @JsonValue
    public String wire() {
      return wire;
    }
  }

  /** Why the robot moves or stands; stable on the wire, as {@link Code}. */
  enum Cause {
    DRIVEN("driven", "The robot follows its driver."),
    IDLE("idle", "Nobody drives. Hold a direction to begin."),
    NEUTRAL("neutral", "The driver asks for no motion."),
    RELEASE_FIRST("release-first", "Let go of all keys once; then the robot moves again."),
    COMMANDS_LATE("commands-late", "No fresh command came. Let go of all keys, then drive on."),
    STOP_PRESSED("stop-pressed", "STOP was pressed. Press Arm to drive on."),
    SESSION_LOST("session-lost", "The driver's connection was lost."),
    DRIVER_DOWN(
        "driver-down", "The robot's motor driver is not running; it is started again by itself."),
    NO_DRIVER("no-driver", "This robot has nothing that moves it: no driver of it takes motion."),
    AGENT_RESTARTING("agent-restarting", "The robot's agent restarts; this page comes back."),
    @JsonEnumDefaultValue
    UNKNOWN("unknown", "A newer program than this one gave the reason.");

    private final String wire;
    private final String sentence;

    Cause(String wire, String sentence) {
      this.wire = wire;
      this.sentence = sentence;
    }

    @JsonValue
    public String wire() {
      return wire;
    }

    /** Why, and what to do, for a person. */
    public String sentence() {
      return sentence;
    }
  }
}
