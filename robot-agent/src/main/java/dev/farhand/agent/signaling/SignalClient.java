package dev.farhand.agent.signaling;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Restarting;
import dev.farhand.protocol.SignalMessage.Resume;
import dev.farhand.protocol.SignalMessage.Superseded;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the robot registered: connects, registers, takes up its sessions again, and comes back when
 * the line is lost. Confined to the agent's loop.
 */
public final class SignalClient {
  private static final System.Logger LOG = System.getLogger(SignalClient.class.getName());

  /** What the client tells its owner; called on the loop. */
  public interface Listener {
    /** The server knows the robot now. */
    void registered(long epoch);

    /** A message about one session. */
    void message(SignalMessage message);

    /** The line is lost; the next attempt follows by itself. */
    void lost();

    /** The server will not have this robot; nothing further is tried. */
    void refused(Code code, String reason);
  }

  /**
   * Who registers where.
   *
   * @param uri the server's {@code /signal}
   * @param token read anew for each attempt, so that a renewed token file is taken up
   * @param instance random for each process
   */
  public record Identity(
      URI uri,
      String robotId,
      Supplier<Optional<String>> token,
      String instance,
      List<Media> media,
      List<String> features) {}

  private final Identity identity;
  private final HttpClient http;
  private final ScheduledExecutorService loop;
  private final ReconnectPolicy policy;
  private final LongSupplier nanoTime;
  private final Supplier<Map<String, String>> sessions;
  private final Listener listener;

  private final Alarm next;
  private @Nullable SignalLine line;
  private boolean registered;
  private boolean stopped;
  private long registeredAt;
  private long lastEpoch;
  private @Nullable Duration returnWithin;

  /**
   * @param sessions resume keys of the sessions that live, by session ID
   */
  public SignalClient(
      Identity identity,
      HttpClient http,
      ScheduledExecutorService loop,
      ReconnectPolicy policy,
      LongSupplier nanoTime,
      Supplier<Map<String, String>> sessions,
      Listener listener) {
    this.identity = identity;
    this.http = http;
    this.loop = loop;
    this.next = new Alarm(loop);
    this.policy = policy;
    this.nanoTime = nanoTime;
    this.sessions = sessions;
    this.listener = listener;
  }

  /** Makes the first attempt. */
  public void start() {
    connect();
    SampleMessages.readAndWrite(new JsonCodec<>(SignalMessage.class));
  }

  public boolean isRegistered() {
    return registered;
  }

  /** Sends it if the robot is registered; otherwise it is void, as everything before a resume. */
  public void send(SignalMessage message) {
    if (registered) {
      write(message);
    }
  }

  /** Finds out soon whether the line still carries anything: something else has fallen silent. */
  public void probe() {
    if (line != null) {
      line.probe();
    }
  }

  /**
   * Takes a new line now, because the network under the present one has gone or is of use again.
   */
  public void reconnect() {
    if (!stopped) {
      LOG.log(Level.INFO, "The network has changed");
      if (line != null) {
        CompletableFuture<Void> unused = line.close();
        line = null;
      }
      lost();
      connect();
    }
  }

  /**
   * Says goodbye; nothing is reported afterwards.
   *
   * @return completes, on any thread, when what was sent before has gone
   */
  public CompletableFuture<Void> stop() {
    stopped = true;
    registered = false;
    next.cancel();
    return line == null ? CompletableFuture.completedFuture(null) : line.close();
  }

  private void connect() {
    next.cancel();
    line = SignalLine.open(http, identity.uri(), loop, nanoTime, new Events());
  }

  private void register() {
    write(
        new Register(
            SignalMessage.PROTOCOL,
            identity.robotId(),
            identity.token().get().orElse(null),
            identity.instance(),
            lastEpoch,
            identity.media(),
            identity.features(),
            List.copyOf(sessions.get().keySet())));
  }

  private void received(SignalMessage message) {
    if (message instanceof Registered now) {
      registered(now);
    } else if (message instanceof Superseded superseded) {
      superseded(superseded);
    } else if (message instanceof Restarting restarting) {
      returnWithin = Duration.ofMillis(Math.max(0, restarting.withinMillis()));
      LOG.log(Level.INFO, "The server restarts");
    } else if (message instanceof Failed failed) {
      failed(failed);
    } else {
      listener.message(message);
    }
  }

  private void registered(Registered now) {
    registered = true;
    registeredAt = nanoTime.getAsLong();
    lastEpoch = Math.max(lastEpoch, now.epoch());
    sessions
        .get()
        .forEach(
            (sessionId, resumeKey) ->
                write(new Resume(SignalMessage.PROTOCOL, sessionId, resumeKey)));
    listener.registered(now.epoch());
  }

  private void superseded(Superseded superseded) {
    // Our own newer socket has taken over from one that the server still held open.
    if (!superseded.instance().equals(identity.instance())) {
      refuse(Code.ROBOT_CONFLICT, Code.ROBOT_CONFLICT.sentence());
    }
  }

  private void failed(Failed failed) {
    switch (failed.code()) {
      case TOKEN_MISSING,
          TOKEN_INVALID,
          TOKEN_EXPIRED,
          TOKEN_REVOKED,
          WRONG_ROBOT,
          ROLE_FORBIDDEN,
          UNSUPPORTED_PROTOCOL,
          BAD_ROBOT_ID,
          ROBOT_CONFLICT ->
          refuse(failed.code(), forRobots(failed));
      default ->
          LOG.log(
              Level.WARNING,
              "The server closed the line: {0} {1}",
              failed.code().wire(),
              failed.reason());
    }
  }

  /** The server's own sentences are for operators, who are invited. */
  private String forRobots(Failed failed) {
    String said =
        switch (failed.code()) {
          case TOKEN_MISSING -> "This server asks for a token.";
          case TOKEN_INVALID -> "This robot's token is not valid on this server.";
          case TOKEN_EXPIRED -> "This robot's token has expired.";
          case TOKEN_REVOKED -> "This robot's token was withdrawn.";
          default -> "";
        };
    return said.isEmpty()
        ? failed.reason()
        : said
            + " On the server, farhand-server token --role robot --robot "
            + identity.robotId()
            + " prints one; give it as token-file or FARHAND_TOKEN.";
  }

  private void refuse(Code code, String reason) {
    CompletableFuture<Void> unused = stop();
    listener.refused(code, reason);
  }

  private void ended(String why) {
    if (stopped) {
      return;
    }
    boolean was = registered;
    policy.ended(was ? Duration.ofNanos(nanoTime.getAsLong() - registeredAt) : Duration.ZERO);
    Duration delay = policy.delay();
    Duration within = returnWithin;
    if (within != null) {
      delay = within.multipliedBy(ThreadLocalRandom.current().nextLong(1000)).dividedBy(1000);
      returnWithin = null;
    }
    LOG.log(
        was ? Level.WARNING : Level.INFO,
        "{0} ({1}); trying again in {2} ms",
        was ? "The server is lost" : "The server cannot be reached",
        why,
        delay.toMillis());
    next.set(delay.toMillis(), this::connect);
    lost();
  }

  private void lost() {
    if (registered) {
      registered = false;
      listener.lost();
    }
  }

  private void write(SignalMessage message) {
    if (line != null) {
      line.send(message);
    }
  }

  private final class Events implements SignalLine.Listener {
    @Override
    public void opened() {
      register();
    }

    @Override
    public void message(SignalMessage message) {
      received(message);
    }

    @Override
    public void ended(String why) {
      line = null;
      SignalClient.this.ended(why);
    }
  }
}
