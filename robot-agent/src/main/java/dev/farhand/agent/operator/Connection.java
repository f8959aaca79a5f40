package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.agent.signaling.AddressWatch;
import dev.farhand.agent.signaling.ReconnectPolicy;
import dev.farhand.agent.signaling.ReconnectSettings;
import dev.farhand.agent.signaling.Recovery;
import dev.farhand.agent.signaling.SignalLine;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Expiring;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Join;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Restarting;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.protocol.SignalMessage.Waiting;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one robot, kept up: a line to the server, a session with the robot, and what to do
 * when either is lost. The session does not need the line to live on, and a new line takes it up
 * again; a session that is lost is joined anew. Confined to the operator's loop.
 */
final class Connection {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  private static final ReconnectSettings LINES =
      new ReconnectSettings(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(10));
  private static final ReconnectSettings JOINS =
      new ReconnectSettings(Duration.ofMillis(300), Duration.ofSeconds(8), Duration.ofSeconds(10));

  interface Events {
    void status(Status status);

    void notice(Notice notice);

    /** A session's channels are open. */
    void opened(Map<String, Channel> channels);

    void text(String label, String text);

    /** The session's packets take this path now. */
    void path(PeerPath path);

    void drained();

    /** That session has ended; another may follow. */
    void ended();

    /**
     * Nothing follows.
     *
     * @param goodbye completes, on any thread, when what was said last has gone
     */
    void over(CompletableFuture<Void> goodbye);
  }

  private final JoinOptions options;
  private final HttpClient http;
  private final WebRtc webRtc;
  private final ScheduledExecutorService loop;
  private final LongSupplier nanoTime;
  private final Events events;
  private final Alarm next;
  private final ReconnectPolicy lines =
      new ReconnectPolicy(LINES, () -> ThreadLocalRandom.current().nextDouble());
  private final ReconnectPolicy joins =
      new ReconnectPolicy(JOINS, () -> ThreadLocalRandom.current().nextDouble());
  private Status status = new Status(ConnectionState.CONNECTING, null, "");
  private Optional<AddressWatch> addresses = Optional.empty();
  private @Nullable SignalLine line;
  private @Nullable Session session;
  private @Nullable Consumer<Image> watcher;
  private @Nullable Duration backWithin;
  private long lineAt;
  private long openedAt;
  private boolean lineGood;
  private boolean everOpen;
  private boolean toldServerLost;
  private boolean moved;

  Connection(
      JoinOptions options,
      HttpClient http,
      WebRtc webRtc,
      ScheduledExecutorService loop,
      LongSupplier nanoTime,
      Events events) {
    this.options = options;
    this.http = http;
    this.webRtc = webRtc;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.events = events;
    this.next = new Alarm(loop);
  }

  Status status() {
    return status;
  }

  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  Optional<Role> role() {
    return session().map(Session::role);
  }

  void start() {
    addresses =
        AddressWatch.towards(
            options.server(), change -> loop.execute(() -> networkChanged(change)));
    openLine();
  }

  /** Shows each picture from now on, of this session and those to come. */
  void watch(Consumer<Image> pictures) {
    watcher = pictures;
    session().ifPresent(now -> now.watch(pictures));
  }

  /** The robot was heard on the path itself. */
  void heard() {
    session().ifPresent(Session::heard);
  }

  /** This computer's addresses have changed. */
  void networkChanged(AddressWatch.Change change) {
    if (status.state() == ConnectionState.CLOSED || isOnItsOwn()) {
      return;
    } else if (line != null && line.isOpen() && change == AddressWatch.Change.CAME) {
      line.probe();
    } else {
      moved |= change == AddressWatch.Change.WENT && session != null;
      if (line != null) {
        CompletableFuture<Void> unused = line.close();
      }
      session().ifPresent(Session::serverLost);
      openLine();
    }
  }

  /** Ends everything. */
  void close(String code, String reason) {
    if (status.state() != ConnectionState.CLOSED) {
      leave(null);
      next.cancel();
      addresses.ifPresent(AddressWatch::close);
      CompletableFuture<Void> goodbye =
          line == null ? CompletableFuture.completedFuture(null) : line.close();
      line = null;
      to(ConnectionState.CLOSED, code, reason);
      events.over(goodbye);
    }
  }

  private void openLine() {
    next.cancel();
    lineGood = false;
    line =
        SignalLine.open(
            http, URI.create(options.server() + "/signal"), loop, nanoTime, new LineEvents());
  }

  private void lineOpened() {
    addresses.ifPresent(AddressWatch::renew);
    if (session == null) {
      join();
    } else {
      send(session.resume());
    }
  }

  private void lineEnded(String why) {
    LOG.log(Level.DEBUG, "The line to the server ended: {0}", why);
    line = null;
    Session now = session;
    if (now != null) {
      now.serverLost();
      if (now.isOnItsOwn()) {
        return;
      } else if (now.isPlain()) {
        endSession();
      }
    }
    String reason = "The server cannot be reached: " + why + ".";
    if (impatient(OperatorException.SERVER_UNREACHABLE, reason)) {
      return;
    }
    lines.ended(lineGood ? since(lineAt) : Duration.ZERO);
    // Lost together with the path: that is this network's doing, and no crowd comes back with us.
    Duration delay = lineGood && now != null && now.isWeak() ? Duration.ZERO : lines.delay();
    Duration within = backWithin;
    if (within != null) {
      delay = within.multipliedBy(ThreadLocalRandom.current().nextLong(1000)).dividedBy(1000);
      backWithin = null;
    }
    next.set(delay.toMillis(), this::openLine);
    if (session == null || !session.isOpen() || session.isWeak()) {
      notYet(OperatorException.SERVER_UNREACHABLE, reason);
    } else if (!toldServerLost) {
      toldServerLost = true;
      events.notice(
          new Notice(
              "server-lost",
              "The server is out of reach; the connection to the robot goes on without it."));
    }
  }

  private void receive(SignalMessage message) {
    if (message instanceof Waiting) {
      good();
      // A resume waits, too, for the robot's own return to the server; its session lives on.
      if (session == null) {
        to(
            ConnectionState.WAITING,
            Code.ROBOT_AWAY.wire(),
            "The robot is away. It is joined the moment it comes.");
      }
    } else if (message instanceof Joined joined) {
      good();
      joined(joined);
    } else if (message instanceof Expiring expiring) {
      events.notice(
          new Notice(
              "token-expiring", "Your invitation runs out in " + expiring.seconds() + " s."));
    } else if (message instanceof Restarting restarting) {
      backWithin = Duration.ofMillis(Math.max(0, restarting.withinMillis()));
    } else if (message instanceof Closed closed) {
      if (session != null && closed.sessionId().equals(session.id())) {
        closed(closed);
      }
    } else if (message instanceof Failed failed) {
      failed(failed);
    } else if (message instanceof Resumed resumed) {
      if (session != null && resumed.sessionId().equals(session.id())) {
        good();
        resumed(session, resumed);
      }
    } else if (session != null) {
      session.receive(message);
    }
  }

  private void resumed(Session now, Resumed resumed) {
    boolean unheard = now.isWeak() || (moved && now.isUnheardOf());
    moved = false;
    if (now.isOpen() && !now.isPlain() && unheard) {
      // Line and path went together, and only the line has come back: this network is another one.
      // On an old connection libwebrtc would keep to the dead path for seconds.
      leave(Code.PEER_FAILED);
      notYet(OperatorException.ROBOT_SILENT, "This computer's network has changed.");
      join();
    } else {
      now.receive(resumed);
      serverBack(now);
    }
  }

  private void closed(Closed closed) {
    if (session != null && session.isOnItsOwn() && !Codes.isFinal(closed.code())) {
      // What happens at the server does not concern it any more.
      return;
    }
    endSession();
    recover(closed.code(), closed.reason());
  }

  /** The server's last word on this line. */
  private void failed(Failed failed) {
    if (line != null) {
      CompletableFuture<Void> unused = line.close();
      line = null;
    }
    boolean over = Codes.isFinal(failed.code()) || Codes.endsSession(failed.code());
    if (session != null && session.isOpen() && !over) {
      // A busy or restarting server is no reason to give a living session up.
      lineEnded(failed.reason());
    } else {
      endSession();
      recover(failed.code(), failed.reason());
    }
  }

  private void join() {
    send(
        new Join(
            SignalMessage.PROTOCOL,
            options.robotId(),
            options.token().get().orElse(null),
            options.waiting() || everOpen,
            options.client()));
  }

  private void joined(Joined joined) {
    endSession();
    if (status.state() == ConnectionState.WAITING) {
      to(everOpen ? ConnectionState.RECONNECTING : ConnectionState.CONNECTING, null, "");
    }
    Session made =
        new Session(joined, webRtc, options.video(), loop, nanoTime, new SessionEvents());
    session = made;
    if (watcher != null) {
      made.watch(watcher);
    }
    made.begin();
  }

  private void weak(boolean weak) {
    if (weak) {
      if (line != null && Recovery.isOurs()) {
        // Often it is the same network that has gone.
        line.probe();
      }
      to(
          ConnectionState.RECONNECTING,
          OperatorException.ROBOT_SILENT,
          "Nothing comes from the robot at the moment.");
    } else {
      to(ConnectionState.CONNECTED, null, "");
    }
  }

  private void serverBack(Session now) {
    if (toldServerLost) {
      toldServerLost = false;
      events.notice(new Notice("server-back", "The server is back."));
    }
    if (now.isOpen() && now.isWeak()) {
      weak(true);
    }
  }

  /** Says to the robot that the session is over, and forgets it. */
  private void leave(@Nullable Code code) {
    if (session != null) {
      send(new Leave(session.id(), code, null));
      endSession();
    }
  }

  private boolean isOnItsOwn() {
    return session != null && session.isOnItsOwn();
  }

  private void endSession() {
    Session over = session;
    if (over != null) {
      session = null;
      moved = false;
      toldServerLost = false;
      over.close();
      if (over.isOpen()) {
        events.ended();
      }
    }
  }

  /** There is no session any more: another one, unless somebody has to act first. */
  private void recover(Code code, String reason) {
    if (Codes.isFinal(code)) {
      close(code.wire(), reason);
    } else if (!impatient(code.wire(), reason)) {
      joins.ended(openedAt == 0 ? Duration.ZERO : since(openedAt));
      openedAt = 0;
      notYet(code.wire(), reason);
      // Whoever moved is there already, and this operator was driving.
      next.set(code == Code.ROBOT_MOVED ? 0 : joins.delay().toMillis(), this::again);
    }
  }

  private void again() {
    if (line == null) {
      openLine();
    } else if (line.isOpen()) {
      join();
    }
    // Else it is just being opened, and joins then.
  }

  /** Who does not wait is told of the first failure instead of a further attempt. */
  private boolean impatient(String code, String reason) {
    if (options.waiting() || everOpen) {
      return false;
    }
    close(code, reason);
    return true;
  }

  private void notYet(String code, String reason) {
    to(everOpen ? ConnectionState.RECONNECTING : ConnectionState.CONNECTING, code, reason);
  }

  private void to(ConnectionState state, @Nullable String code, String reason) {
    status = new Status(state, code, reason);
    events.status(status);
  }

  private void send(SignalMessage message) {
    if (line != null) {
      line.send(message);
    }
  }

  /** The server has taken us. */
  private void good() {
    if (!lineGood) {
      lineGood = true;
      lineAt = nanoTime.getAsLong();
    }
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }

  private final class LineEvents implements SignalLine.Listener {
    @Override
    public void opened() {
      lineOpened();
    }

    @Override
    public void message(SignalMessage message) {
      receive(message);
    }

    @Override
    public void ended(String why) {
      lineEnded(why);
    }
  }

  private final class SessionEvents implements Session.Events {
    @Override
    public void send(SignalMessage message) {
      Connection.this.send(message);
    }

    @Override
    public void opened(Map<String, Channel> channels) {
      everOpen = true;
      openedAt = nanoTime.getAsLong();
      events.opened(channels);
      to(ConnectionState.CONNECTED, null, "");
    }

    @Override
    public void text(String label, String text) {
      events.text(label, text);
    }

    @Override
    public void drained() {
      events.drained();
    }

    @Override
    public void path(PeerPath path) {
      events.path(path);
    }

    @Override
    public void weak(boolean weak) {
      Connection.this.weak(weak);
    }

    @Override
    public void lost(String reason) {
      leave(Code.PEER_FAILED);
      recover(Code.PEER_FAILED, reason);
    }
  }
}
