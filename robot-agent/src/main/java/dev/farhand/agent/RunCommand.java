package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.SimCamera;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.SignalMessage.Operator;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code farhand-agent run}. */
@Command(
    name = "run",
    description = "Registers the robot and serves its operators.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Option(names = "--server", required = true, description = "ws:// or wss://, host and port.")
  private URI server = URI.create("ws://localhost:8080");

  @Option(names = "--id", required = true, description = "The robot's ID.")
  private String id = "";

  @Option(names = "--token", description = "The robot's token.")
  private @Nullable String token;

  @Override
  public Integer call() {
    Supplier<Optional<String>> tokens = () -> Optional.ofNullable(token);
    AgentSettings settings =
        new AgentSettings(
            server,
            id,
            tokens,
            Optional.empty(),
            Optional.of(
                DriverSpec.builtIn(
                    "sim", JsonNodeFactory.instance.objectNode(), Duration.ofMillis(300))),
            RunCommand::camera,
            MotionSettings.DEFAULTS,
            SessionLimits.DEFAULTS,
            ReconnectSettings.DEFAULTS,
            MemoryBounds.DEFAULTS);
    Agent agent = new Agent(settings, WebRtc.start(), new Console());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  agent.stop();
                  Agent.Ending ending = agent.ended().join();
                  Runtime.getRuntime().halt(ending.code().code());
                }));
    agent.start();
    Agent.Ending ending = agent.ended().join();
    System.err.println(ending.reason());
    return ending.code().code();
  }

  private static Optional<Camera> camera(Supplier<JsonNode> telemetry) {
    return Optional.of(new SimCamera("camera", Format.VGA, telemetry));
  }

  private final class Console implements Agent.Listener {
    @Override
    public void registered() {
      System.out.println("Registered as " + id + " at " + server);
    }

    @Override
    public void message(Operator operator, JsonNode data) {}
  }
}
