package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.SignalMessage.Operator;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code farhand-agent run}. */
@Command(
    name = "run",
    description = {
      "Registers the robot at its server and serves its operators, until it is told to end.",
      "Prints one line, Registered as ID at URL, as soon as operators can join."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  /** For drivers that a hanging agent has left; in a good end there are none. */
  private static final Duration CHILDREN_LIMIT = Duration.ofMillis(500);

  @Mixin private ConfigOptions options = new ConfigOptions();

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    AgentSettings settings = options.settings(System::getenv);
    PrintWriter out = spec.commandLine().getOut();
    Agent agent = new Agent(settings, WebRtc.start(), new Console(settings, out));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  agent.stop();
                  Agent.Ending ending = endingInTime(agent);
                  Offspring.end(CHILDREN_LIMIT);
                  Main.end(ending.code().code());
                },
                "farhand-stop"));
    agent.start();
    Agent.Ending ending = agent.ended().join();
    Main.briefly(() -> spec.commandLine().getErr().println("The agent ends: " + ending.reason()));
    Offspring.end(CHILDREN_LIMIT);
    return ending.code().code();
  }

  /** A loop that hangs must not keep the process, and with it the driver, alive. */
  private static Agent.Ending endingInTime(Agent agent) {
    return agent
        .ended()
        .completeOnTimeout(
            new Agent.Ending(ExitCode.INTERNAL, ExitCode.INTERNAL.meaning()), 2, TimeUnit.SECONDS)
        .join();
  }

  /** Tells a start script when operators can join. */
  private static final class Console implements Agent.Listener {
    private final AgentSettings settings;
    private final PrintWriter out;
    private boolean told;

    Console(AgentSettings settings, PrintWriter out) {
      this.settings = settings;
      this.out = out;
    }

    @Override
    public void registered() {
      if (!told) {
        told = true;
        out.println("Registered as " + settings.robotId() + " at " + settings.server());
        out.flush();
      }
    }

    @Override
    public void message(Operator operator, JsonNode data) {
      // For the driver only; it gets its own copy.
    }
  }
}
