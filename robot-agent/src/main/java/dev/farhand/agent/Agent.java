package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.camera.Frame;
import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.loop.Loop;
import dev.farhand.agent.loop.LoopWatch;
import dev.farhand.agent.session.Sessions;
import dev.farhand.agent.signaling.AddressWatch;
import dev.farhand.agent.signaling.ReconnectPolicy;
import dev.farhand.agent.signaling.SignalClient;
import dev.farhand.agent.signaling.Trust;
import dev.farhand.agent.webrtc.Peer;
import dev.farhand.agent.webrtc.Rehearsal;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Operator;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * One robot at one server: its line, its sessions, its drivers, its camera, and the rules between
 * them. All of it lives on one loop; {@link #send} and {@link #stop} may come from any thread.
 */
final class Agent {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final long TICK_MILLIS = 20;
  private static final long TELEMETRY_MILLIS = 100;
  private static final long VIDEO_MILLIS = 250;
  private static final long CHECK_MILLIS = 1000;

  /** Longer than anything healthy takes; the drivers have stopped by themselves long before. */
  private static final Duration HANGING = Duration.ofSeconds(5);

  private static final long LAST_WORDS_MILLIS = 1000;

  /** What the agent's owner hears, on the loop. */
  interface Listener {
    void registered();

    /** A message of an operator who may drive. */
    void message(Operator operator, JsonNode data);
  }

  private final AgentSettings settings;
  private final Listener listener;
  private final Loop loop = new Loop("farhand-agent", this::broken);
  private final LoopWatch watch = new LoopWatch(loop, HANGING, this::hanging);
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();

  private final WebRtc webRtc;
  private final Helm helm;
  private final Optional<Camera> camera;
  private final Sessions sessions;
  private final SignalClient signal;
  private final Roaming roaming;
  private final MemoryWatch memory;
  private final Filming filming;
  private Optional<Rehearsal> rehearsal = Optional.empty();
  private boolean stopping;
  private boolean dropping;
  private boolean broken;

  /** Why the agent ended. */
  record Ending(ExitCode code, String reason) {}

  /**
   * Nothing runs yet but the loop's thread.
   *
   * @param webRtc closed by the owner, after {@link #ended}
   */
  Agent(AgentSettings settings, WebRtc webRtc, Listener listener) {
    this.settings = settings;
    this.webRtc = webRtc;
    this.listener = listener;
    helm = new Helm(settings, loop, new Robot());
    camera = settings.camera().apply(helm::telemetry);
    sessions =
        new Sessions(
            settings.sessions(),
            System::nanoTime,
            this::newPeer,
            camera.map(Camera::format),
            this::sendSignal,
            helm);
    filming = new Filming(camera, this::show, sessions::count);
    signal =
        new SignalClient(
            identity(),
            HttpClient.newBuilder().sslContext(trust(settings)).build(),
            loop,
            // Asked for on the loop: a generator of another thread's is not seeded there.
            new ReconnectPolicy(
                settings.reconnect(), () -> ThreadLocalRandom.current().nextDouble()),
            System::nanoTime,
            sessions::resumeKeys,
            new Server());
    roaming = new Roaming(loop, signal, sessions::moved);
    memory =
        new MemoryWatch(
            settings.memory(),
            webRtc::messagesReceived,
            webRtc::peersMade,
            System::nanoTime,
            // A STOP that was pressed would not be known to the next process.
            () -> sessions.count() == 0 && helm.idle(),
            () -> end(Code.AGENT_RESTARTING, ExitCode.RESTART, ExitCode.RESTART.meaning()));
  }

  /** Starts the drivers and registers. */
  void start() {
    loop.execute(
        () -> {
          watch.start();
          helm.start();
          signal.start();
          rehearsal = Optional.of(new Rehearsal(webRtc, loop));
          filming.begin();
          roaming.watch(settings.server(), this::networkChanged);
          loop.every(TICK_MILLIS, helm::tick);
          loop.every(TELEMETRY_MILLIS, this::sendTelemetry);
          loop.every(VIDEO_MILLIS, sessions::checkVideo);
          loop.every(CHECK_MILLIS, this::check);
        });
  }

  /** Sends a message of the user's own to every operator. Any thread. */
  void send(JsonNode data) {
    loop.execute(() -> send(Optional.empty(), data));
  }

  /**
   * Stops the robot, leaves the sessions, ends. Any thread; a second time does nothing. From here
   * on the caller is the one who sees that it ends.
   */
  void stop() {
    watch.close();
    loop.execute(() -> end(Code.ROBOT_LEFT, ExitCode.OK, ExitCode.OK.meaning()));
  }

  /**
   * Completes, on any thread, when the driver has ended and the goodbyes are out; or when neither
   * can be had, because the loop hangs.
   */
  CompletableFuture<Ending> ended() {
    return ended.copy();
  }

  /**
   * Waits, after {@link #ended}, until nothing of the agent's runs any more; a hanging callback of
   * its owner's keeps it running.
   *
   * @return false if it still ran when the time was up
   */
  boolean awaitQuiet(Duration most) throws InterruptedException {
    return loop.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  private SignalClient.Identity identity() {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    return new SignalClient.Identity(
        URI.create(settings.server() + "/signal"),
        settings.robotId(),
        settings.token(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(random),
        camera.map(source -> List.of(new Media(source.name(), Media.Kind.VIDEO))).orElse(List.of()),
        List.of("lease"));
  }

  /** The machine's addresses have changed. Any thread. */
  void networkChanged(AddressWatch.Change change) {
    loop.execute(
        () -> {
          if (!stopping) {
            roaming.changed(change);
          }
        });
  }

  private static SSLContext trust(AgentSettings settings) {
    try {
      return Trust.context(settings.ca());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private Peer newPeer(List<IceServer> iceServers, Peer.Listener peerListener) {
    Peer peer = webRtc.newPeer(iceServers, loop, peerListener);
    if (camera.isPresent()) {
      peer.sendVideo(webRtc);
    }
    return peer;
  }

  private void sendSignal(SignalMessage message) {
    signal.send(message);
  }

  private void send(Optional<String> sessionId, JsonNode data) {
    boolean sent = sessions.sendMessage(sessionId, data);
    if (!sent && !dropping) {
      LOG.log(
          Level.WARNING,
          "Messages are dropped: larger than 16 KiB, too many for the path, or nobody there");
    }
    dropping = !sent;
  }

  private void sendTelemetry() {
    sessions.sendTelemetry(helm::beat, helm.telemetry());
  }

  private void check() {
    sessions.check(signal.isRegistered());
    memory.check();
    filming.check();
  }

  private void show(Frame frame) {
    webRtc.push(frame.width(), frame.height(), frame.y(), frame.u(), frame.v(), frame.nanos());
  }

  private void end(Code code, ExitCode exitCode, String reason) {
    if (stopping) {
      return;
    }
    stopping = true;
    helm.restarting();
    sessions.sendStates();
    leave(code);
    finish(signal.stop(), exitCode, reason);
  }

  private void leave(Code code) {
    sessions.endAll(code);
    rehearsal.ifPresent(Rehearsal::close);
    roaming.close();
    filming.end();
  }

  private void finish(CompletableFuture<Void> goodbye, ExitCode exitCode, String reason) {
    // It ends now, come what may; a loop that is no more does not hang.
    watch.close();
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(goodbye, helm.end())
            .completeOnTimeout(null, 1500, TimeUnit.MILLISECONDS)
            .whenComplete(
                (done, failure) -> {
                  loop.shutdownNow();
                  ended.complete(new Ending(exitCode, reason));
                });
  }

  /** A task threw: our bug. Nothing can be relied on but the drivers' own watch. */
  private void broken(Throwable bug) {
    LOG.log(Level.ERROR, "The agent cannot go on", bug);
    if (broken) {
      return;
    }
    broken = true;
    stopping = true;
    CompletableFuture<Void> unused = helm.end();
    CompletableFuture<Void> goodbye = CompletableFuture.completedFuture(null);
    try {
      leave(Code.INTERNAL);
      goodbye = signal.stop();
    } catch (RuntimeException further) {
      LOG.log(Level.ERROR, "Nor can it say goodbye", further);
    }
    finish(goodbye, ExitCode.INTERNAL, ExitCode.INTERNAL.meaning());
  }

  /** On the watch's thread. */
  private void hanging(String stack) {
    String reason = "its loop has not come round for " + HANGING.toSeconds() + " s";
    Thread telling =
        new Thread(
            () ->
                LOG.log(
                    Level.ERROR,
                    "The agent hangs: " + reason + ". It is here:%n%s".formatted(stack)),
            "farhand-last-words");
    telling.setDaemon(true);
    telling.start();
    try {
      // Not for ever: it may be the log that hangs.
      telling.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Should it come round after all, nothing moves by it any more.
    loop.execute(() -> end(Code.AGENT_RESTARTING, ExitCode.RESTART, reason));
    ended.complete(new Ending(ExitCode.RESTART, reason));
  }

  private final class Server implements SignalClient.Listener {
    @Override
    public void registered(long epoch) {
      LOG.log(Level.INFO, "The server knows this robot");
      roaming.registered();
      listener.registered();
    }

    @Override
    public void message(SignalMessage message) {
      sessions.received(message);
    }

    @Override
    public void lost() {
      roaming.lost();
    }

    @Override
    public void refused(Code code, String reason) {
      ExitCode exitCode =
          switch (code) {
            case ROBOT_CONFLICT -> ExitCode.CONFLICT;
            case UNSUPPORTED_PROTOCOL -> ExitCode.PROTOCOL;
            case BAD_ROBOT_ID -> ExitCode.CONFIG;
            default -> ExitCode.TOKEN;
          };
      end(Code.ROBOT_LEFT, exitCode, reason + " (" + code.wire() + ")");
    }
  }

  private final class Robot implements Helm.Listener {
    @Override
    public void joined() {
      filming.begin();
    }

    @Override
    public void silent() {
      roaming.fallenSilent();
    }

    @Override
    public void statesChanged() {
      sessions.sendStates();
    }

    @Override
    public void refused(String sessionId, Refused refused) {
      sessions.sendRefused(sessionId, refused);
    }

    @Override
    public void heard(Operator operator, JsonNode data) {
      listener.message(operator, data);
    }

    @Override
    public void send(Optional<String> sessionId, JsonNode data) {
      Agent.this.send(sessionId, data);
    }
  }
}
