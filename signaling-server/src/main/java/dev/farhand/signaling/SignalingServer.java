package dev.farhand.signaling;

import dev.farhand.signaling.access.DenyList;
import dev.farhand.signaling.access.SecretKeys;
import dev.farhand.signaling.access.SecretKeys.Loaded;
import dev.farhand.signaling.access.UnusableFile;
import dev.farhand.signaling.board.Joins;
import dev.farhand.signaling.board.LocalSwitchboard;
import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import dev.farhand.signaling.http.StaticFiles;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running signaling server, with as many event loops as the machine has processors. Any thread.
 */
public final class SignalingServer {
  private static final Logger LOG = System.getLogger(SignalingServer.class.getName());

  private final Vertx vertx;
  private final House house;
  private final boolean secretMade;
  private final long reading;

  private SignalingServer(Vertx vertx, House house, boolean secretMade, long reading) {
    this.vertx = vertx;
    this.house = house;
    this.secretMade = secretMade;
    this.reading = reading;
  }

  /**
   * Starts a server.
   *
   * @return the server once it listens; fails with {@link UnusableFile} if it cannot use a file
   *     that it needs, {@link IllegalArgumentException} if the settings contradict each other, and
   *     {@link BindException} or another {@link IOException} if it cannot listen
   */
  public static Future<SignalingServer> start(Settings settings) {
    return start(settings, Clock.systemUTC());
  }

  /** Starts a server whose tokens expire by that clock. */
  static Future<SignalingServer> start(Settings settings, Clock clock) {
    int loops = Runtime.getRuntime().availableProcessors();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    return vertx
        .executeBlocking(() -> prepare(vertx, settings, clock))
        .compose(prepared -> deploy(vertx, prepared, loops))
        .onFailure(failure -> vertx.close())
        .recover(failure -> Future.failedFuture(withAddress(failure, settings)));
  }

  /** The system's own word on an address that is taken does not name it. */
  private static Throwable withAddress(Throwable failure, Settings settings) {
    return failure instanceof BindException
        ? new BindException(settings.host() + ":" + settings.port() + ": " + failure.getMessage())
        : failure;
  }

  /** The port that it listens on. */
  public int port() {
    return house.port().get();
  }

  /** Whether this start made the secret. */
  boolean madeSecret() {
    return secretMade;
  }

  /**
   * Stops: new sockets and {@code /readyz} hear of it at once, everybody connected is told to come
   * back, and what was sent is given {@link Timings#closing} to arrive.
   */
  public Future<Void> close() {
    house.draining().set(true);
    vertx.cancelTimer(reading);
    return vertx.close();
  }

  private record Prepared(House house, boolean secretMade) {}

  private static Prepared prepare(Vertx vertx, Settings settings, Clock clock) {
    checkBinding(settings);
    Loaded secret =
        settings.open() ? openSecret(settings) : SecretKeys.readOrMake(settings.secretFile());
    Settings.Tls tls = settings.tls();
    if (tls != null) {
      checkTls(vertx, tls);
    }
    House house =
        new House(
            settings,
            secret.keys(),
            new DenyList(settings.denyFile()),
            new LocalSwitchboard(settings.limits(), joins(settings), clock),
            StaticFiles.fromClassPath(),
            new AddressBook(settings.limits().socketsPerAddress()),
            turnstile(settings),
            clock,
            new AtomicBoolean(),
            new AtomicInteger());
    return new Prepared(house, secret.made());
  }

  /** Who can reach an open server can have the robot's place too. */
  private static Joins joins(Settings settings) {
    return new Joins(
        settings.open() ? Integer.MAX_VALUE : settings.limits().joinsAtOnce(), System::nanoTime);
  }

  /** All that comes through a proxy has the proxy's address. */
  private static Turnstile turnstile(Settings settings) {
    Limits limits = settings.limits();
    return new Turnstile(
        limits.connections(),
        settings.trustProxy() ? limits.connections() : limits.connectionsPerAddress());
  }

  /** An open server signs resume keys only: without a file they last as long as the process. */
  private static Loaded openSecret(Settings settings) {
    try {
      return SecretKeys.readOrMake(settings.secretFile());
    } catch (UnusableFile e) {
      LOG.log(
          Level.WARNING, "Sessions will not survive a restart of this server. {0}", e.getMessage());
      return new Loaded(SecretKeys.random(), false);
    }
  }

  private static void checkBinding(Settings settings) {
    if (!settings.open()) {
      return;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(settings.host())) {
        if (!address.isLoopbackAddress()) {
          throw new IllegalArgumentException(
              "An open server listens on this machine only: --open goes with --host 127.0.0.1."
                  + " Leave --open out to ask for tokens and listen elsewhere.");
        }
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "There is no address for the host " + settings.host() + ". Give --host an IP address.",
          e);
    }
  }

  private static void checkTls(Vertx vertx, Settings.Tls tls) {
    try {
      Files.readAllBytes(tls.certificate());
      Files.readAllBytes(tls.key());
      Front.certificate(tls).getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new UnusableFile(
          "The certificate "
              + tls.certificate()
              + " and its key "
              + tls.key()
              + " cannot be used ("
              + UnusableFile.why(e)
              + "). Give --cert and --key PEM files that this user may read.");
    }
  }

  private static Future<SignalingServer> deploy(Vertx vertx, Prepared prepared, int loops) {
    House house = prepared.house();
    long reading =
        vertx.setPeriodic(
            house.settings().timings().recheck().toMillis(),
            tick -> reread(vertx, house.denyList()));
    return vertx
        .deployVerticle(() -> new Front(house), new DeploymentOptions().setInstances(loops))
        .map(id -> new SignalingServer(vertx, house, prepared.secretMade(), reading));
  }

  private static void reread(Vertx vertx, DenyList denyList) {
    vertx
        .executeBlocking(denyList::reread)
        .onFailure(
            failure ->
                LOG.log(
                    Level.WARNING,
                    "The deny list cannot be read any more; what it said last still counts: {0}",
                    failure.getMessage()));
  }
}
