package dev.farhand.signaling;

import dev.farhand.signaling.Settings.Tls;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code farhand-server run}. */
@Command(
    name = "run",
    description = "Runs the server until it is told to stop (SIGTERM or Ctrl-C).",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = Environment.class,
    footer = {
      "",
      Environment.FOOTER,
      "Ends with 0 when stopped, 2 for wrong options, 69 if it cannot listen or read a file."
    })
final class RunCommand implements Callable<Integer> {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofMillis(2700);
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s?#]+/?");

  @Option(
      names = "--host",
      description = "The address to listen on. Default: 0.0.0.0, with --open 127.0.0.1.")
  @Nullable String host;

  @Option(
      names = "--port",
      description =
          "The port to listen on; 0 takes a free one and prints it. Default: 8080, with --cert"
              + " 8443.")
  @Nullable Integer port;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Speak TLS with this certificate, PEM, the whole chain.")
  @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "The certificate's key, PEM.")
  @Nullable Path key;

  @Option(
      names = "--public-origin",
      paramLabel = "ORIGIN",
      description =
          "What browsers see, such as https://robots.example.org. Pages from there may connect."
              + " Default: whatever host a request names.")
  @Nullable String publicOrigin;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Pages from there may connect, too. Repeatable, or with commas.")
  List<String> allowedOrigins = new ArrayList<>();

  @Option(
      names = "--open",
      description =
          "Ask for no tokens. For trying things out: listens on this machine only and answers"
              + " neither through proxies nor under other names.")
  boolean open;

  @Mixin SecretOptions secret = new SecretOptions();

  @Option(
      names = "--deny-file",
      paramLabel = "FILE",
      description =
          "Tokens that no longer count, by ID (jti), one a line. Read again when it changes.")
  @Nullable Path denyFile;

  @Mixin IceOptions ice = new IceOptions();

  @Option(
      names = "--trust-proxy",
      description =
          "Count sockets by the last address in X-Forwarded-For. Only behind a proxy of yours that"
              + " sets it, for others may write what they like there.")
  boolean trustProxy;

  @Mixin LimitOptions limits = new LimitOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Settings settings = settings();
    SignalingServer server = await(SignalingServer.start(settings), START);
    // A JVM that ends by a signal ends with 128 and more, unless a hook has the last word.
    Thread stop =
        new Thread(
            () -> {
              stop(server);
              Runtime.getRuntime().halt(0);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    PrintWriter out = spec.commandLine().getOut();
    StartLines.of(settings, server.port(), server.madeSecret()).forEach(out::println);
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private Settings settings() {
    if ((certificate == null) != (key == null)) {
      throw wrong("--cert and --key go together: give both or neither.");
    }
    Tls tls = certificate == null || key == null ? null : new Tls(certificate, key);
    if (publicOrigin != null) {
      checkOrigin("--public-origin", publicOrigin);
    }
    allowedOrigins.forEach(origin -> checkOrigin("--allow-origin", origin));
    int wantedPort = port != null ? port : tls != null ? 8443 : 8080;
    if (wantedPort < 0 || wantedPort > 65_535) {
      throw wrong("--port is a number from 0 to 65535.");
    }
    return new Settings(
        host != null ? host : open ? "127.0.0.1" : "0.0.0.0",
        wantedPort,
        tls,
        publicOrigin,
        allowedOrigins,
        open,
        secret.file(),
        denyFile,
        ice.read(this::wrong),
        trustProxy,
        limits.limits(),
        limits.timings());
  }

  private void checkOrigin(String option, String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw wrong(
          option + " is an origin such as https://robots.example.org, without a path: " + origin);
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static void stop(SignalingServer server) {
    try {
      await(server.close(), STOP);
    } catch (Exception e) {
      // What is not closed by now ends with the process.
      System.getLogger(RunCommand.class.getName())
          .log(System.Logger.Level.WARNING, "The server did not stop cleanly: {0}", e);
    }
  }

  private static <T> T await(Future<T> future, Duration most) throws Exception {
    return future.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
