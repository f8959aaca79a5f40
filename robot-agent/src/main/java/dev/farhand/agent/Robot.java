package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.config.MemoryBounds;
import dev.farhand.agent.config.SettingsReader;
import dev.farhand.agent.driver.Driver;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.Outbox;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Operator;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A robot in your own program: the same agent that {@code farhand-agent run} is, with the same
 * rules of safety.
 *
 * <pre>{@code
 * try (Robot robot =
 *     Robot.builder()
 *         .server("ws://localhost:8080")
 *         .id("rover1")
 *         .driver(TwoWheels.class)
 *         .camera(new TestCamera("front", Format.VGA))
 *         .onMessage((operator, message) -> System.out.println(operator.name() + ": " + message))
 *         .start()) {
 *   robot.registered().join();
 *   robot.send(Map.of("hello", "whoever is connected"));
 *   robot.ended().join();
 * }
 * }</pre>
 *
 * <p>{@code TwoWheels} is a public class that implements {@link dev.farhand.agent.driver.Driver};
 * {@link dev.farhand.agent.camera.TestCamera} and {@link dev.farhand.agent.camera.Format} are
 * cameras' things. The class path is all of the agent archive's {@code lib}. At the process's end
 * libwebrtc may print that a thread could not be attached: that is harmless.
 *
 * <p>Any thread. libwebrtc keeps memory for as long as the process lives: when its bound is
 * reached, {@link #ended} completes; then end the process and start it anew. The same when the
 * robot's loop has not come round for 5 s, most often because {@code onMessage} did not return.
 */
public final class Robot implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Robot.class.getName());

  private final WebRtc webRtc;
  private final Agent agent;
  private final CompletableFuture<Void> registered;

  private Robot(WebRtc webRtc, Agent agent, CompletableFuture<Void> registered) {
    this.webRtc = webRtc;
    this.agent = agent;
    this.registered = registered;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Sends a message to every operator that is connected.
   *
   * @param message anything that Jackson writes as JSON
   * @throws IllegalArgumentException if its JSON is longer than 16 KiB
   */
  public void send(Object message) {
    String text = Json.write(message);
    if (!Outbox.fits(text)) {
      throw new IllegalArgumentException(
          "A message is at most "
              + ChannelMessage.DEFAULT_MAX_BYTES
              + " bytes of JSON. Send it in parts.");
    }
    agent.send(Json.read(text));
  }

  /** Completes when the server knows the robot; fails if the robot ends before. */
  public CompletableFuture<Void> registered() {
    return registered.copy();
  }

  /** Completes, with the reason in words, when the robot has ended and will not come back. */
  public CompletableFuture<String> ended() {
    return agent.ended().thenApply(Agent.Ending::reason);
  }

  /**
   * Stops the robot, leaves the sessions, ends the driver. Waits for it, three seconds at most. Not
   * from {@code onMessage}: the robot could not end while that runs.
   */
  @Override
  public void close() {
    agent.stop();
    agent.ended().orTimeout(2, TimeUnit.SECONDS).handle((done, late) -> null).join();
    try {
      if (agent.awaitQuiet(Duration.ofSeconds(1))) {
        webRtc.close();
      } else {
        // Disposing of what the loop still uses would end the whole process.
        LOG.log(
            Level.WARNING,
            "The robot is still ending; libwebrtc stays. Does your onMessage return at once?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a robot is. Server and ID are needed, nothing else. Confined to one thread. */
  public static final class Builder {
    private @Nullable URI server;
    private @Nullable String id;
    private @Nullable String token;
    private @Nullable Path ca;
    private DriverPlan drivers = DriverPlan.NONE;
    private @Nullable Camera camera;
    private BiConsumer<Operator, JsonNode> onMessage = (operator, message) -> {};
    private MotionSettings motion = MotionSettings.DEFAULTS;
    private SessionLimits limits = SessionLimits.DEFAULTS;

    private Builder() {}

    /** The signaling server: {@code ws://} or {@code wss://}, host and port. */
    public Builder server(String address) {
      this.server = SettingsReader.server(address);
      return this;
    }

    /** The robot's ID. */
    public Builder id(String robotId) {
      if (!SignalMessage.isRobotId(robotId)) {
        throw new IllegalArgumentException("Not a robot's ID: " + robotId);
      }
      this.id = robotId;
      return this;
    }

    /** The robot's token, for every server but an open one. */
    public Builder token(String robotToken) {
      this.token = robotToken;
      return this;
    }

    /** Certificates (PEM) to trust beside the system's. */
    public Builder ca(Path certificates) {
      this.ca = certificates;
      return this;
    }

    /** What moves the robot: a class of this program, run in a child JVM of its class path. */
    public Builder driver(Class<? extends Driver> type) {
      return driver(
          DriverSpec.ofClass(type, JsonNodeFactory.instance.objectNode(), motion.commandTimeout()));
    }

    /**
     * What moves the robot, on a thread of this program, with the same arbiter in front. {@code
     * docs/drivers.md} says what is lost: a driver that hangs, a program that is killed or stopped,
     * leave the outputs as they are.
     *
     * @param maker makes the driver, anew for each start
     */
    public Builder driverInProcess(Supplier<? extends Driver> maker) {
      return driver(
          DriverSpec.inProcess(
              "in-process", maker, JsonNodeFactory.instance.objectNode(), motion.commandTimeout()));
    }

    /** What moves the robot: any process. */
    public Builder driver(DriverSpec spec) {
      return drivers(DriverPlan.single(spec));
    }

    /** What moves the robot: several drivers that go by their names. */
    public Builder drivers(DriverPlan plan) {
      this.drivers = plan;
      return this;
    }

    /** What operators see; nothing unless given. */
    public Builder camera(Camera source) {
      this.camera = source;
      return this;
    }

    /**
     * Hears the messages of operators who may drive, on the agent's loop: do not block. Never move
     * anything here; only the driver is watched over.
     */
    public Builder onMessage(BiConsumer<Operator, JsonNode> listener) {
      this.onMessage = listener;
      return this;
    }

    /** How careful the robot is. */
    public Builder motion(MotionSettings settings) {
      this.motion = settings;
      return this;
    }

    /** What operators may use. */
    public Builder limits(SessionLimits settings) {
      this.limits = settings;
      return this;
    }

    /**
     * Starts it; it registers by itself, again and again until it succeeds.
     *
     * @throws dev.farhand.agent.webrtc.MissingLibrariesException if the system lacks what libwebrtc
     *     links; the message says what to install
     */
    public Robot start() {
      URI address = server;
      String robotId = id;
      if (address == null || robotId == null) {
        throw new IllegalStateException("A robot needs server(...) and id(...)");
      }
      Optional<String> robotToken = Optional.ofNullable(token);
      Optional<Camera> source = Optional.ofNullable(camera);
      AgentSettings settings =
          new AgentSettings(
              address,
              robotId,
              () -> robotToken,
              Optional.ofNullable(ca),
              drivers,
              telemetry -> source,
              motion,
              limits,
              ReconnectSettings.DEFAULTS,
              MemoryBounds.DEFAULTS);
      CompletableFuture<Void> registered = new CompletableFuture<>();
      WebRtc webRtc = WebRtc.start();
      Agent agent = new Agent(settings, webRtc, new Events(registered, onMessage));
      CompletableFuture<Void> unused =
          agent
              .ended()
              .thenAccept(
                  ending ->
                      registered.completeExceptionally(
                          new IllegalStateException("The robot has ended: " + ending.reason())));
      agent.start();
      return new Robot(webRtc, agent, registered);
    }
  }

  private record Events(CompletableFuture<Void> done, BiConsumer<Operator, JsonNode> onMessage)
      implements Agent.Listener {
    @Override
    public void registered() {
      done.complete(null);
    }

    @Override
    public void message(Operator operator, JsonNode data) {
      try {
        onMessage.accept(operator, data);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "The program's own onMessage failed", e);
      }
    }
  }
}
