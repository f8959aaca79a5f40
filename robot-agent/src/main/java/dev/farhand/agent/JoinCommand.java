package dev.farhand.agent;

import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.operator.JoinOptions;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.OperatorException;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.terminal.Desk;
import dev.farhand.agent.terminal.JsonReport;
import dev.farhand.agent.terminal.Pipe;
import dev.farhand.agent.terminal.Report;
import dev.farhand.agent.terminal.Terminal;
import dev.farhand.agent.terminal.TextReport;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.protocol.Code;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code farhand-agent join}. */
@Command(
    name = "join",
    description = {
      "Joins a robot from here, as a browser would: prints its messages, sends lines, drives.",
      "",
      "At a terminal:",
      "  " + Desk.DRIVING,
      "  " + Desk.TYPING,
      "  " + Desk.SHARING,
      "In a script each line of the input is sent, JSON as JSON, else as a string; at the input's"
          + " end it leaves. Messages are printed, one a line; with --json everything is.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class JoinCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Mixin private OperatorOptions where = new OperatorOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "The longest to wait for the connection, and then for a picture. 20 unless given; with"
              + " --wait as long as it takes.")
  private @Nullable Integer timeout;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Save one picture of what the robot sees, as PNG, and leave.")
  private @Nullable Path picture;

  @Option(
      names = "--json",
      description =
          "Print messages, telemetry and states as JSON, one object with a type a line. No keys.")
  private boolean json;

  @Option(
      names = {"-q", "--messages-only"},
      description = "Print nothing but messages.")
  private boolean messagesOnly;

  @Option(
      names = "--linger",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How long to stay after the input's end, for answers. 1 unless given.")
  private int linger;

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      defaultValue = "0.5",
      description = "What an arrow key asks for, above 0 to 1. 0.5 unless given.")
  private double speed;

  /** While a person is at it. */
  private volatile @Nullable Terminal terminal;

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed > 0 && speed <= 1) || linger < 0 || (timeout != null && timeout < 1)) {
      throw new ConfigException(
          "--speed is above 0 to 1, --linger 0 or more seconds, --timeout 1 or more.");
    }
    JoinOptions options = where.options(System::getenv).withVideo(picture != null);
    boolean person = picture == null && !json && Terminal.isHere();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Operator operator = Operator.join(options)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(operator), "farhand-leave"));
      if (!person) {
        Report report =
            json ? new JsonReport(out, messagesOnly) : new TextReport(out, err, messagesOnly);
        report.follow(operator);
      }
      Optional<ExitCode> failed = connect(operator, options);
      if (failed.isPresent()) {
        return failed.get().code();
      }
      ExitCode end;
      if (picture != null) {
        end = savePicture(operator, picture);
      } else if (person) {
        end = serve(operator, out);
      } else {
        end = send(operator);
      }
      return end.code();
    }
  }

  /** Empty if the robot can be used; otherwise why it cannot. */
  private Optional<ExitCode> connect(Operator operator, JoinOptions options)
      throws InterruptedException {
    try {
      CompletableFuture<Void> ready = operator.ready();
      if (options.waiting() && timeout == null) {
        ready.get();
      } else {
        ready.get(patience().toMillis(), TimeUnit.MILLISECONDS);
      }
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OperatorException refusal) {
        return Optional.of(
            tell(options.robotId(), refusal.code(), String.valueOf(refusal.getMessage())));
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      Status status = operator.status();
      String reason =
          status.reason().isEmpty() ? "No path to it was found in time." : status.reason();
      return Optional.of(tell(options.robotId(), String.valueOf(status.code()), reason));
    }
  }

  private ExitCode savePicture(Operator operator, Path file) throws InterruptedException {
    try {
      Image image = operator.nextPicture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image.toBufferedImage(), "png", png);
      Files.write(file, png.toByteArray());
      return ExitCode.OK;
    } catch (IOException e) {
      complain("The picture cannot be saved as " + file + ": " + e.getMessage());
    } catch (TimeoutException e) {
      complain("No picture came within " + patience().toSeconds() + " s. Has the robot a camera?");
    } catch (ExecutionException e) {
      complain("No picture came: " + operator.status().reason());
    }
    return ExitCode.NO_PICTURE;
  }

  private ExitCode serve(Operator operator, PrintWriter out) throws IOException {
    try (Terminal opened = Terminal.raw()) {
      terminal = opened;
      new Desk(operator, speed, out).run(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    return ending(operator);
  }

  private ExitCode send(Operator operator) throws IOException, InterruptedException {
    Pipe pipe = new Pipe(operator, this::complain);
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                sent.complete(
                    pipe.send(
                        new BufferedReader(
                            new InputStreamReader(System.in, StandardCharsets.UTF_8))));
              } catch (IOException | RuntimeException e) {
                sent.completeExceptionally(e);
              }
            },
            "farhand-lines");
    reader.setDaemon(true);
    reader.start();
    CompletableFuture.anyOf(sent, operator.closed()).join();
    if (sent.isDone() && !operator.closed().isDone()) {
      try {
        operator.closed().get(linger, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        return sent.join() ? ExitCode.OK : ExitCode.BAD_LINE;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return ending(operator);
  }

  /** After the connection has ended for good, or the person has left. */
  private ExitCode ending(Operator operator) {
    Status status = operator.closed().getNow(operator.status());
    boolean left = Code.OPERATOR_LEFT.wire().equals(status.code());
    return operator.closed().isDone() && !left
        ? tell(operator.robotId(), String.valueOf(status.code()), status.reason())
        : ExitCode.OK;
  }

  private Duration patience() {
    return timeout == null ? PATIENCE : Duration.ofSeconds(timeout);
  }

  private ExitCode tell(String robotId, String code, String reason) {
    complain("No connection to " + robotId + ": " + reason + " (" + code + ")");
    return exitCode(code);
  }

  private void complain(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private static ExitCode exitCode(String code) {
    for (Code known : Code.values()) {
      if (known.wire().equals(code)) {
        return switch (known) {
          case TOKEN_MISSING,
              TOKEN_INVALID,
              TOKEN_EXPIRED,
              TOKEN_REVOKED,
              WRONG_ROBOT,
              ROLE_FORBIDDEN ->
              ExitCode.TOKEN;
          case UNSUPPORTED_PROTOCOL -> ExitCode.PROTOCOL;
          case BAD_ROBOT_ID -> ExitCode.CONFIG;
          default -> ExitCode.UNREACHABLE;
        };
      }
    }
    return ExitCode.UNREACHABLE;
  }

  /** Ctrl-C, or asked to end: says goodbye, so that the robot need not find out. */
  private void leave(Operator operator) {
    Terminal opened = terminal;
    if (opened != null) {
      opened.close();
    }
    operator.close();
    Main.end(ExitCode.OK.code());
  }
}
