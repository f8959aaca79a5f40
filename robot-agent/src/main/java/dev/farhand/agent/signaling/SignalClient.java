package dev.farhand.agent.signaling;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Ping;
import dev.farhand.protocol.SignalMessage.Pong;
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
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the robot registered: connects, registers, takes up its sessions again, and comes back when
 * the line is lost. Confined to the agent's loop.
 */
public final class SignalClient {
  private static final System.Logger LOG = System.getLogger(SignalClient.class.getName());
  private static final Duration SILENCE = Duration.ofMillis(SignalMessage.HEARTBEAT_LOST_MILLIS);
  private static final Duration WATCH = Duration.ofSeconds(1);

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

  private final JsonCodec<SignalMessage> codec = new JsonCodec<>(SignalMessage.class);
  private final Identity identity;
  private final HttpClient http;
  private final ScheduledExecutorService loop;
  private final ReconnectPolicy policy;
  private final LongSupplier nanoTime;
  private final Supplier<Map<String, String>> sessions;
  private final Listener listener;

  private @Nullable Socket socket;
  private @Nullable Future<?> watch;
  private int attempt;
  private boolean registered;
  private boolean stopped;
  private long registeredAt;
  private long heardAt;
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
    this.policy = policy;
    this.nanoTime = nanoTime;
    this.sessions = sessions;
    this.listener = listener;
  }

  /** Makes the first attempt. */
  public void start() {
    watch =
        loop.scheduleWithFixedDelay(
            this::watch, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    connect();
    SampleMessages.readAndWrite(codec);
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

  /**
   * Says goodbye; nothing is reported afterwards.
   *
   * @return completes, on any thread, when what was sent before has gone
   */
  public CompletableFuture<Void> stop() {
    stopped = true;
    registered = false;
    if (watch != null) {
      watch.cancel(false);
    }
    return socket == null ? CompletableFuture.completedFuture(null) : socket.close();
  }

  private void connect() {
    if (stopped) {
      return;
    }
    heardAt = nanoTime.getAsLong();
    attempt++;
    socket = Socket.open(http, identity.uri(), Duration.ofSeconds(10), loop, new Line(attempt));
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

  private void received(String text) {
    heardAt = nanoTime.getAsLong();
    SignalMessage message;
    try {
      message = codec.decode(text);
    } catch (InvalidMessage e) {
      // A newer server may say more than this agent knows.
      LOG.log(Level.DEBUG, "The server sent a message that was not understood: {0}", e.reason());
      return;
    }
    if (message instanceof Ping) {
      write(new Pong());
    } else if (message instanceof Registered now) {
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
          refuse(failed.code(), failed.reason());
      default ->
          LOG.log(
              Level.WARNING,
              "The server closed the line: {0} {1}",
              failed.code().wire(),
              failed.reason());
    }
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
    registered = false;
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
    Future<?> unused = loop.schedule(this::connect, delay.toMillis(), TimeUnit.MILLISECONDS);
    if (was) {
      listener.lost();
    }
  }

  private void watch() {
    Socket open = socket;
    if (open != null && nanoTime.getAsLong() - heardAt > SILENCE.toNanos()) {
      open.abort("it was silent for " + SILENCE.toSeconds() + " s");
    }
  }

  private void write(SignalMessage message) {
    if (socket != null) {
      socket.send(codec.encode(message));
    }
  }

  /** Events of one socket; an older one's are of no interest once there is a newer. */
  private final class Line implements Socket.Listener {
    private final int mine;

    Line(int mine) {
      this.mine = mine;
    }

    @Override
    public void opened() {
      if (mine == attempt) {
        register();
      }
    }

    @Override
    public void text(String message) {
      if (mine == attempt) {
        received(message);
      }
    }

    @Override
    public void ended(String why) {
      if (mine == attempt) {
        socket = null;
        SignalClient.this.ended(why);
      }
    }
  }
}
