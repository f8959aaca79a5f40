package dev.farhand.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code robot.yaml}; null where it says nothing. Keys are the components' names in
 * kebab case; the file that {@code farhand-agent example-config} prints explains each.
 */
public record RobotYaml(
    @Nullable String server,
    @Nullable String id,
    @Nullable String token,
    @Nullable String tokenFile,
    @Nullable String ca,
    @Nullable DriverPart driver,
    @Nullable Map<String, @Nullable DriverPart> drivers,
    @Nullable CameraPart camera,
    @Nullable MotionPart motion,
    @Nullable RtcbotPart rtcbot,
    @Nullable LimitsPart limits,
    @Nullable ReconnectPart reconnect,
    @Nullable MemoryPart memory) {
  /** A file that says nothing. */
  public static final RobotYaml EMPTY =
      new RobotYaml(null, null, null, null, null, null, null, null, null, null, null, null, null);

  public RobotYaml {
    driver = driver == null ? DriverPart.EMPTY : driver;
    camera = camera == null ? CameraPart.EMPTY : camera;
    motion = motion == null ? MotionPart.EMPTY : motion;
    rtcbot = rtcbot == null ? RtcbotPart.EMPTY : rtcbot;
    limits = limits == null ? LimitsPart.EMPTY : limits;
    reconnect = reconnect == null ? ReconnectPart.EMPTY : reconnect;
    memory = memory == null ? MemoryPart.EMPTY : memory;
  }

  /** What moves the robot, or a part of it. */
  public record DriverPart(
      @Nullable List<String> command,
      @Nullable Boolean motion,
      @Nullable Integer motionTimeoutMs,
      @Nullable Integer readyWithinS,
      @Nullable JsonNode settings) {
    static final DriverPart EMPTY = new DriverPart(null, null, null, null, null);
  }

  /** What the robot shows. */
  public record CameraPart(
      @Nullable String source,
      @Nullable String name,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Integer framesPerSecond) {
    static final CameraPart EMPTY = new CameraPart(null, null, null, null, null);
  }

  /** How careful the robot is. */
  public record MotionPart(
      @Nullable Integer commandTimeoutMs,
      @Nullable Double maxLinear,
      @Nullable Double maxAngular,
      @Nullable Double maxLinearAcceleration,
      @Nullable Double maxAngularAcceleration,
      @Nullable Integer grantAfterS) {
    static final MotionPart EMPTY = new MotionPart(null, null, null, null, null, null);
  }

  /** What pages of RTCBot may do. */
  public record RtcbotPart(
      @Nullable Map<String, @Nullable KeyPart> keys, @Nullable Integer holdMs) {
    static final RtcbotPart EMPTY = new RtcbotPart(null, null);
  }

  /** What one key asks for. */
  public record KeyPart(@Nullable Double linear, @Nullable Double angular) {}

  /** What operators may use. */
  public record LimitsPart(
      @Nullable Integer sessions,
      @Nullable Integer messagesPerSecond,
      @Nullable Integer connectWithinS,
      @Nullable Integer goneAfterS,
      @Nullable Integer videoKbit) {
    static final LimitsPart EMPTY = new LimitsPart(null, null, null, null, null);
  }

  /** How soon the agent comes back. */
  public record ReconnectPart(@Nullable Integer firstMs, @Nullable Integer longestMs) {
    static final ReconnectPart EMPTY = new ReconnectPart(null, null);
  }

  /** When the agent has itself started anew. */
  public record MemoryPart(
      @Nullable Integer keptSoftMb,
      @Nullable Integer keptHardMb,
      @Nullable Integer residentSoftMb,
      @Nullable Integer residentHardMb,
      @Nullable Integer earliestMinutes) {
    static final MemoryPart EMPTY = new MemoryPart(null, null, null, null, null);
  }
}
