package dev.farhand.agent;

import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.config.DriverSettings;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.terminal.Jog;
import dev.farhand.agent.terminal.Terminal;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farhand-agent try}. */
@Command(
    name = "try",
    description = {
      "Moves the robot a little, from a terminal on the robot itself: lift its wheels off the ground."
          + " Through the drivers and within the limits of robot.yaml, as the agent would; without"
          + " server or browser.",
      "",
      "Without MOVE, at a terminal:",
      "  " + Jog.KEYS,
      "  " + Jog.STOP,
      "With MOVE it does that once, and any key stops it; in a script, give --yes too.",
      "Left and right wheel are those of a robot that has a wheel on each side.",
      "Ends with 0 if all was done or you stopped it, with 66 if nothing could be moved, or not to"
          + " the end.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TryCommand implements Callable<Integer> {
  private static final String FAILED = "It was stopped: the driver is down. Why, it says above.";

  @Mixin private DriverOptions options = new DriverOptions();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Of several drivers, start only the one of this name in robot.yaml.")
  private @Nullable String only;

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      defaultValue = "0.2",
      description = "The speed of the wheels, 0.15 to 1. 0.2 unless given.")
  private double speed;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "0.5",
      description = "How long each move takes, 0.1 to 3. 0.5 unless given.")
  private double seconds;

  @Option(names = "--yes", description = "The wheels are off the ground: don't ask.")
  private boolean yes;

  @Option(
      names = "--beside-agent",
      description = "Also while an agent runs here, which then is for another robot.")
  private boolean besideAgent;

  @Parameters(
      arity = "0..1",
      paramLabel = "MOVE",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private @Nullable Move move;

  private volatile @Nullable Terminal terminal;
  private String turned = "";

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean person = Terminal.isHere();
    check(person);
    DriverSettings settings = chosen(options.settings(System::getenv));
    OptionalLong agent = RunningAgent.process();
    if (agent.isPresent() && !besideAgent && !settings.drivers().isSimulated()) {
      tell(
          "An agent, or another try, runs here (process "
              + agent.getAsLong()
              + "), and two drivers at one motor would be one too many. End it first: sudo systemctl"
              + " stop farhand-agent. If it is for another robot: --beside-agent");
      return ExitCode.NOT_TRIED.code();
    }
    boolean pins = settings.drivers().specs().stream().anyMatch(TryCommand::isPins);
    turned = pins ? "invert: true beside its pins in robot.yaml" : "swap its two wires";
    Reader keys = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    tell(announcement(settings));
    if (!yes && !confirmed(keys)) {
      tell("Nothing was moved.");
      return ExitCode.OK.code();
    }
    try (Trial trial = new Trial(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(trial), "farhand-leave"));
      return attempt(trial, settings.drivers().startLimit(), person, keys).code();
    }
  }

  private void check(boolean person) {
    if (!(speed >= 0.15 && speed <= 1 && seconds >= 0.1 && seconds <= 3)) {
      throw new ConfigException("--speed is 0.15 to 1, --seconds 0.1 to 3.");
    }
    if (!person && (move == null || !yes)) {
      throw new ConfigException(
          "Without a terminal, say what to do: a MOVE, and --yes if the wheels are off the ground.");
    }
  }

  private DriverSettings chosen(DriverSettings all) {
    DriverPlan plan = all.drivers();
    String name = only;
    if (name != null) {
      List<DriverSpec> named =
          plan.specs().stream().filter(driver -> driver.name().equals(name)).toList();
      if (named.isEmpty()) {
        throw new ConfigException(
            "There is no driver " + name + ". --only is one of: " + names(plan) + ".");
      }
      plan = new DriverPlan(named, plan.named());
    }
    if (plan.specs().stream().noneMatch(DriverSpec::motion)) {
      throw new ConfigException("There is no driver here that takes motion.");
    }
    return new DriverSettings(all.robotId(), plan, all.motion());
  }

  private static String names(DriverPlan plan) {
    return plan.specs().stream().map(DriverSpec::name).collect(Collectors.joining(", "));
  }

  private static boolean isPins(DriverSpec driver) {
    return driver.motion() && driver.builtIn().equals(Optional.of("gpio"));
  }

  private String announcement(DriverSettings settings) {
    double linear = settings.motion().limits().linear();
    double angular = settings.motion().limits().angular();
    String limits =
        linear >= speed && angular >= speed
            ? ""
            : ", within max-linear " + linear + " and max-angular " + angular + " of robot.yaml";
    return "The driver "
        + names(settings.drivers())
        + " will be started and told: "
        + (move == null ? "what you press" : move)
        + ", at "
        + speed
        + " of full speed, "
        + seconds
        + " s at a time"
        + limits
        + ".";
  }

  private boolean confirmed(Reader keys) throws IOException {
    tell("Are the wheels off the ground, and is everybody clear of them? Type y, then Enter.");
    StringBuilder typed = new StringBuilder();
    int letter = keys.read();
    while (letter >= 0 && letter != '\n' && letter != '\r') {
      typed.append((char) letter);
      letter = keys.read();
    }
    return typed.toString().strip().equalsIgnoreCase("y");
  }

  private ExitCode attempt(Trial trial, Duration limit, boolean person, Reader keys)
      throws IOException, InterruptedException {
    try {
      trial.ready().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      tell(
          "Nothing was moved: the driver is not ready. Why, it says above; see: farhand-agent doctor");
      return ExitCode.NOT_TRIED;
    }
    Move wanted = move;
    if (!person && wanted != null) {
      return ending(begin(trial, wanted));
    }
    try (Terminal opened = Terminal.raw()) {
      terminal = opened;
      // What was typed meanwhile was meant for something else.
      Jog.forget(keys);
      if (wanted == null) {
        new Jog(new Wheels(trial), spec.commandLine().getOut()).run(keys);
        return ExitCode.OK;
      }
      CompletableFuture<Boolean> moving = begin(trial, wanted);
      // Not before: a stop counts for what has begun.
      Thread watching = new Thread(() -> Jog.onEachKey(keys, trial::stop), "farhand-keys");
      watching.setDaemon(true);
      watching.start();
      return ending(moving);
    }
  }

  private CompletableFuture<Boolean> begin(Trial trial, Move wanted) {
    return trial.move(wanted.linear() * speed, wanted.angular() * speed, time());
  }

  private ExitCode ending(CompletableFuture<Boolean> moving) {
    boolean whole = moving.join();
    tell(whole ? "It stands again. If a wheel turned the wrong way: " + turned : FAILED);
    return whole ? ExitCode.OK : ExitCode.NOT_TRIED;
  }

  private Duration time() {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Ctrl-C, the terminal is gone, or asked to end. */
  private void leave(Trial trial) {
    trial.close();
    Terminal opened = terminal;
    if (opened != null) {
      opened.close();
    }
    Main.end(ExitCode.OK.code());
  }

  /** What a person's keys do. */
  private final class Wheels implements Jog.Wheels {
    private final Trial trial;

    Wheels(Trial trial) {
      this.trial = trial;
    }

    @Override
    public void turn(double left, double right) {
      CompletableFuture<Void> unused =
          trial
              .move((left + right) / 2 * speed, (right - left) / 2 * speed, time())
              .thenAccept(
                  whole -> {
                    if (!whole) {
                      tell(FAILED);
                    }
                  });
    }

    @Override
    public void stop() {
      trial.stop();
    }
  }
}
