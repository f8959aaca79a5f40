package dev.farhand.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.Outbox;
import dev.farhand.agent.webrtc.Peer;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.OneLine;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Refresh;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The robot's sessions by ID. Confined to the agent's loop. */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  private final JsonCodec<ChannelMessage> codec = new JsonCodec<>(ChannelMessage.class);
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final SessionLimits limits;
  private final LongSupplier nanoTime;
  private final BiFunction<List<IceServer>, Peer.Listener, Peer> peers;
  private final Optional<Format> camera;
  private final Consumer<SignalMessage> signal;
  private final RobotSide robot;

  /**
   * None at first.
   *
   * @param peers makes a peer that already sends what the robot shows
   * @param camera what it shows at best, if anything
   * @param signal to the server, void while it is away
   */
  public Sessions(
      SessionLimits limits,
      LongSupplier nanoTime,
      BiFunction<List<IceServer>, Peer.Listener, Peer> peers,
      Optional<Format> camera,
      Consumer<SignalMessage> signal,
      RobotSide robot) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.peers = peers;
    this.camera = camera;
    this.signal = signal;
    this.robot = robot;
  }

  public int count() {
    return sessions.size();
  }

  /** Resume keys by session ID. */
  public Map<String, String> resumeKeys() {
    return sessions.values().stream().collect(Collectors.toMap(Session::id, Session::resumeKey));
  }

  /** Takes what the server says about one session; of sessions that ended, nothing. */
  public void received(SignalMessage message) {
    if (message instanceof Opened opened) {
      open(opened);
    } else if (message instanceof Describe describe) {
      find(describe.sessionId()).ifPresent(session -> session.describe(describe));
    } else if (message instanceof Candidate candidate) {
      find(candidate.sessionId()).ifPresent(session -> session.candidate(candidate));
    } else if (message instanceof Presence presence) {
      find(presence.sessionId()).ifPresent(session -> session.presence(presence.present()));
    } else if (message instanceof Resumed resumed) {
      find(resumed.sessionId()).ifPresent(session -> session.resumed(resumed));
    } else if (message instanceof Refresh refresh) {
      find(refresh.sessionId()).ifPresent(session -> session.refresh(refresh));
    } else if (message instanceof Closed closed) {
      find(closed.sessionId()).ifPresent(session -> remove(session, closed.code()));
    }
  }

  /** Tells each session how the robot stands. */
  public void sendStates() {
    List.copyOf(sessions.values()).forEach(session -> session.channels().sendState());
  }

  /** Tells a session what was not done; one that has ended, nothing. */
  public void sendRefused(String sessionId, Refused refused) {
    find(sessionId).ifPresent(session -> session.channels().refuse(refused));
  }

  /**
   * Sends the newest values to each session that can take them.
   *
   * @param beat makes the beat; not called if nobody takes it
   */
  public void sendTelemetry(LongSupplier beat, JsonNode values) {
    List<SessionChannels> takers =
        sessions.values().stream()
            .map(Session::channels)
            .filter(SessionChannels::takesTelemetry)
            .toList();
    if (!takers.isEmpty()) {
      String text = codec.encode(new Telemetry(beat.getAsLong(), values));
      takers.forEach(channels -> channels.sendTelemetry(text));
    }
  }

  /**
   * Sends a message of the user's own.
   *
   * @param sessionId to one; empty for all
   * @return false if it did not go to everyone meant
   */
  public boolean sendMessage(Optional<String> sessionId, JsonNode data) {
    List<Session> meant =
        sessionId.isEmpty()
            ? List.copyOf(sessions.values())
            : find(sessionId.get()).map(List::of).orElse(List.of());
    String text = Json.write(data);
    if (!Outbox.fits(text)) {
      return false;
    }
    boolean sent = sessionId.isEmpty() || !meant.isEmpty();
    for (Session session : meant) {
      sent &= session.channels().sendMessage(text);
    }
    return sent;
  }

  /**
   * The robot has another address: as soon as a session has its signaling back, it ends, so that
   * its operator joins over the new network.
   */
  public void moved() {
    sessions.values().forEach(Session::moved);
  }

  /** To be called four times a second: fits each session's video to its path. */
  public void checkVideo() {
    sessions.values().forEach(Session::checkVideo);
  }

  /** To be called every second: ends the sessions whose operators are gone. */
  public void check(boolean registered) {
    List.copyOf(sessions.values()).forEach(session -> session.check(registered));
  }

  /** Ends all of them, saying why. */
  public void endAll(Code code) {
    List.copyOf(sessions.values()).forEach(session -> end(session, code));
  }

  private void open(Opened opened) {
    if (sessions.containsKey(opened.sessionId())) {
      return;
    }
    if (!hasRoom(opened.role())) {
      Optional<Session> yields = yields(opened);
      if (yields.isEmpty()) {
        leave(opened.sessionId(), Code.TOO_MANY_SESSIONS);
        return;
      }
      end(yields.get(), Code.TOO_MANY_SESSIONS);
    }
    LOG.log(
        Level.INFO,
        "{0} joined as {1} (session {2})",
        // A token may hold anything; a log line is one line.
        OneLine.of(opened.operator().name()),
        opened.role().wire(),
        opened.sessionId());
    Session session =
        new Session(
            opened,
            limits,
            nanoTime,
            peers,
            this::showing,
            made -> channels(opened, made),
            signal,
            silent -> robot.silent(silent.id()),
            this::end);
    sessions.put(session.id(), session);
    robot.opened(opened.sessionId(), opened.operator(), opened.role());
  }

  private boolean hasRoom(Role role) {
    return sessions.size() < limits.sessions()
        && (role.mayDrive() || viewers().count() < limits.viewers());
  }

  /**
   * The session that ends so that this one has a place: nobody fills a robot against its drivers.
   */
  private Optional<Session> yields(Opened opened) {
    if (!opened.role().mayDrive()) {
      return Optional.empty();
    }
    return viewers()
        .reduce((older, newer) -> newer)
        .or(
            () ->
                sessions.values().stream()
                    .filter(session -> !session.wasReached())
                    .filter(session -> session.operator().name().equals(opened.operator().name()))
                    .findFirst());
  }

  /** In the order in which they came. */
  private Stream<Session> viewers() {
    return sessions.values().stream().filter(session -> !session.role().mayDrive());
  }

  private Optional<Showing> showing(Peer peer) {
    return camera.map(
        format ->
            new Showing(
                peer, new VideoYield(new Rungs(format), 1000 * limits.videoKbit()), nanoTime));
  }

  private SessionChannels channels(Opened opened, Session session) {
    return new SessionChannels(
        codec, opened, robot, nanoTime, session::end, session::left, session::returned);
  }

  private Optional<Session> find(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  private void end(Session session, Code code) {
    if (sessions.containsKey(session.id())) {
      leave(session.id(), code);
      remove(session, code);
    }
  }

  private void leave(String sessionId, Code code) {
    signal.accept(new Leave(sessionId, code, code.sentence()));
  }

  private void remove(Session session, Code code) {
    sessions.remove(session.id());
    session.close();
    LOG.log(Level.INFO, "Session {0} ended: {1}", session.id(), code.wire());
    robot.closed(session.id());
  }
}
