package dev.farhand.agent.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.loop.Loop;
import dev.farhand.agent.signaling.Trust;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.Outbox;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.agent.webrtc.Subscription;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Role;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A robot that this program has joined, or is about to: what the page is for a person. One object
 * for as long as you want it; connections come and go underneath, subscriptions stay.
 *
 * <pre>{@code
 * try (Operator rover = Operator.join(JoinOptions.of("http://localhost:8080", "rover1"))) {
 *   rover.subscribe(message -> System.out.println("Got message: " + message));
 *   rover.ready().join();
 *   rover.send(Map.of("hello", "robot")).join();
 *   ImageIO.write(rover.nextPicture().join().toBufferedImage(), "png", new File("view.png"));
 * }
 * }</pre>
 *
 * <p>Any thread. Callbacks and futures run on the operator's own thread; they may call anything
 * here but must not block. Futures fail with {@link OperatorException}.
 */
public final class Operator implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Operator.class.getName());

  private final Loop loop = new Loop("farhand-operator", this::broken);
  private final JoinOptions options;
  private final WebRtc webRtc;
  private final boolean ownsWebRtc;
  private final Connection connection;
  private final Controls controls;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Status> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();
  private final Listeners<Status> statuses = new Listeners<>();
  private final Listeners<Notice> notices = new Listeners<>();
  private final Listeners<JsonNode> messages = new Listeners<>();
  private final Listeners<JsonNode> telemetries = new Listeners<>();
  private final Listeners<State> motions = new Listeners<>();
  private final Listeners<Image> pictures = new Listeners<>();
  private final Listeners<PeerPath> paths = new Listeners<>();
  private volatile Status status = new Status(ConnectionState.CONNECTING, null, "");
  private volatile @Nullable State motion;
  private volatile @Nullable JsonNode telemetry;
  private volatile @Nullable Image picture;
  private volatile @Nullable Role role;
  private volatile @Nullable PeerPath path;

  private Operator(JoinOptions options, WebRtc webRtc, boolean ownsWebRtc) {
    this.options = options;
    this.webRtc = webRtc;
    this.ownsWebRtc = ownsWebRtc;
    this.controls = new Controls(loop, System::nanoTime, new Told());
    this.connection =
        new Connection(
            options,
            HttpClient.newBuilder().sslContext(Trust.context(options.ca())).build(),
            webRtc,
            loop,
            System::nanoTime,
            new Way());
  }

  /**
   * Begins to join, with a libwebrtc of its own.
   *
   * @throws dev.farhand.agent.webrtc.MissingLibrariesException if the system lacks what it links
   * @throws IllegalArgumentException if the certificates cannot be read
   */
  public static Operator join(JoinOptions options) {
    return begin(new Operator(options, WebRtc.start(), true));
  }

  /** The same with a libwebrtc that is shared, for programs that join many or are robots too. */
  public static Operator join(JoinOptions options, WebRtc webRtc) {
    return begin(new Operator(options, webRtc, false));
  }

  private static Operator begin(Operator operator) {
    operator.loop.execute(operator.connection::start);
    return operator;
  }

  public String robotId() {
    return options.robotId();
  }

  /** How the connection stands, and why. */
  public Status status() {
    return status;
  }

  /** Completes when the robot can be used for the first time; fails if that cannot be. */
  public CompletableFuture<Void> ready() {
    return ready.copy();
  }

  /** Completes, with the reason, when it is over for good. */
  public CompletableFuture<Status> closed() {
    return closed.copy();
  }

  /** What the token allows here; empty without a session. */
  public Optional<Role> role() {
    return Optional.ofNullable(role);
  }

  /** What the robot last said of its motion; empty until it has. */
  public Optional<State> motion() {
    return Optional.ofNullable(motion);
  }

  /** The driver's newest values by name; empty until some came. */
  public Optional<JsonNode> telemetry() {
    return Optional.ofNullable(telemetry);
  }

  /** The newest picture that came since the first {@link #onPicture} or {@link #nextPicture}. */
  public Optional<Image> picture() {
    return Optional.ofNullable(picture);
  }

  /** The path that packets take between here and the robot; empty without a session. */
  public Optional<PeerPath> path() {
    return Optional.ofNullable(path);
  }

  /** Calls back with the path, at once or when it is known, and when it has become another. */
  public Subscription onPath(Consumer<PeerPath> callback) {
    return paths.add(callback, loop, this::path);
  }

  /** Calls back with every change of the connection. */
  public Subscription onState(Consumer<Status> callback) {
    return statuses.add(callback);
  }

  /** Calls back when the robot's motion, its cause, its driver, or who asks to drive changes. */
  public Subscription onMotion(Consumer<State> callback) {
    return motions.add(callback);
  }

  /** Calls back with what a person may want to know while the connection goes on. */
  public Subscription onNotice(Consumer<Notice> callback) {
    return notices.add(callback);
  }

  /** Calls back with the driver's values, ten times a second. */
  public Subscription onTelemetry(Consumer<JsonNode> callback) {
    return telemetries.add(callback);
  }

  /** Calls back with the robot's messages: what is JSON as it is, anything else as a string. */
  public Subscription subscribe(Consumer<JsonNode> callback) {
    return messages.add(callback);
  }

  /** Calls back with the camera's pictures; those that come while it is busy are dropped. */
  public Subscription onPicture(Consumer<Image> callback) {
    Subscription undo = pictures.add(callback);
    loop.execute(() -> connection.watch(this::show));
    return undo;
  }

  /** The next picture, over the next connection if need be. Cancel it when it takes too long. */
  public CompletableFuture<Image> nextPicture() {
    CompletableFuture<Image> next = new CompletableFuture<>();
    Subscription shown = onPicture(next::complete);
    Subscription end =
        onState(
            now -> {
              if (now.state() == ConnectionState.CLOSED) {
                next.completeExceptionally(OperatorException.notConnected());
              }
            });
    if (closed.isDone()) {
      next.completeExceptionally(OperatorException.notConnected());
    }
    CompletableFuture<Void> unused =
        next.handle(
            (done, failure) -> {
              shown.close();
              end.close();
              return null;
            });
    return next;
  }

  /**
   * Sends a message to the robot's program. Completes when it was handed to the network or, larger
   * than 1 KiB, taken by the robot.
   *
   * @param message anything that Jackson writes as JSON; a string arrives as a string
   * @return fails with {@code too-large} (16 KiB), {@code not-connected} or {@code
   *     too-many-messages}
   */
  public CompletableFuture<Void> send(Object message) {
    String text = Json.write(message);
    if (!Outbox.fits(text)) {
      return CompletableFuture.failedFuture(
          new OperatorException(
              Code.TOO_LARGE,
              "A message is at most "
                  + ChannelMessage.DEFAULT_MAX_BYTES
                  + " bytes of JSON. Send it in parts."));
    }
    return asking(sent -> controls.send(text, sent));
  }

  /**
   * Drives: forward and to the left, -1 to 1; what is beyond is clamped. Counts for half a second,
   * so call it again and again (ten times a second, say) for as long as the motion is wanted; a
   * program that hangs stops the robot.
   */
  public void drive(double linear, double angular) {
    if (Double.isNaN(linear) || Double.isNaN(angular)) {
      throw new IllegalArgumentException("linear and angular must be numbers from -1 to 1.");
    }
    double forward = Math.max(-1, Math.min(1, linear));
    double left = Math.max(-1, Math.min(1, angular));
    loop.execute(() -> controls.drive(forward, left));
  }

  /**
   * Stops the robot, which stays stopped until somebody arms it. Repeats itself until the robot has
   * confirmed, also over a new connection; completes then.
   */
  public CompletableFuture<Void> stop() {
    return asking(controls::stop);
  }

  /**
   * Ends a pressed STOP, and no other than those that you know of; only who may drive can.
   * Completes when the robot is armed; then neutral comes first.
   *
   * @param stops {@link State#stops} of the {@link #motion} by which it was decided, such as the
   *     last that was shown to a person
   * @return fails with {@code stopped-again} (somebody has pressed STOP since), another refusal of
   *     the robot, or {@code not-connected}
   */
  public CompletableFuture<Void> arm(long stops) {
    if (stops < 0) {
      throw new IllegalArgumentException("stops must be that of a motion that was told.");
    }
    return asking(answer -> controls.arm(stops, answer));
  }

  /**
   * Asks to drive while somebody else does ({@link State#driver}); who drives hears of it ({@link
   * State#requests}) and gives or refuses, and without an answer the robot is given after a while.
   * Completes when this session drives; then neutral comes first. A lease that is free need not be
   * asked for: {@link #drive} takes it.
   *
   * @return fails with {@code lease-refused} ({@link OperatorException#again} says when to ask
   *     again), {@code role-forbidden}, {@code too-many-waiting}, {@code no-such-request} (it was
   *     withdrawn), or {@code not-connected}
   */
  public CompletableFuture<Void> requestControl() {
    return asking(controls::request);
  }

  /** Asks no more. Completes when the robot says so; fails with {@code not-connected}. */
  public CompletableFuture<Void> withdrawRequest() {
    return asking(controls::withdraw);
  }

  /**
   * Gives the robot to an operator who asks. Completes when it is theirs.
   *
   * @param operatorId as in {@link State#requests}
   * @return fails with {@code lease-held} (this session does not drive), {@code no-such-request},
   *     or {@code not-connected}
   */
  public CompletableFuture<Void> grant(String operatorId) {
    return asking(answer -> controls.grant(operatorId, answer));
  }

  /**
   * Keeps the robot from an operator who asks, who may ask again after half a minute. Completes and
   * fails as {@link #grant}.
   */
  public CompletableFuture<Void> refuse(String operatorId) {
    return asking(answer -> controls.refuse(operatorId, answer));
  }

  /**
   * Drives from now on, whoever did before: for owners. Completes when this session drives; then
   * neutral comes first.
   *
   * @return fails with {@code role-forbidden} or {@code not-connected}
   */
  public CompletableFuture<Void> takeOver() {
    return asking(controls::takeOver);
  }

  /** Leaves; the robot stops if this session drove it. Waits for the goodbye, for a moment. */
  @Override
  public void close() {
    loop.execute(() -> end("operator-left", "You left."));
    if (!loop.isCurrent()) {
      quiet.copy().completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
    }
  }

  private CompletableFuture<Void> asking(Consumer<CompletableFuture<Void>> task) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    if (status.state() == ConnectionState.CLOSED) {
      answer.completeExceptionally(OperatorException.notConnected());
    } else {
      loop.execute(() -> task.accept(answer));
      if (loop.isShutdown()) {
        answer.completeExceptionally(OperatorException.notConnected());
      }
    }
    return answer;
  }

  private void end(String code, String reason) {
    connection.close(code, reason);
  }

  /** A task threw: our bug. */
  private void broken(Throwable bug) {
    LOG.log(Level.ERROR, "The operator cannot go on", bug);
    end(Code.INTERNAL.wire(), Code.INTERNAL.sentence());
  }

  private void changed(Status now) {
    status = now;
    role = connection.role().orElse(null);
    if (now.state() == ConnectionState.CONNECTED) {
      ready.complete(null);
    }
    statuses.tell(now);
    if (now.state() == ConnectionState.CLOSED) {
      controls.closed();
      ready.completeExceptionally(
          new OperatorException(now.code() == null ? "unknown" : now.code(), now.reason()));
      closed.complete(now);
    }
  }

  private void shutDown() {
    loop.shutdown();
    if (ownsWebRtc) {
      webRtc.close();
    }
    quiet.complete(null);
  }

  private void show(Image image) {
    picture = image;
    pictures.tell(image);
  }

  private final class Way implements Connection.Events {
    @Override
    public void status(Status now) {
      changed(now);
    }

    @Override
    public void notice(Notice notice) {
      notices.tell(notice);
    }

    @Override
    public void opened(Map<String, Channel> channels) {
      controls.opened(channels);
    }

    @Override
    public void text(String label, String text) {
      controls.received(label, text);
    }

    @Override
    public void path(PeerPath now) {
      path = now;
      paths.tell(now);
    }

    @Override
    public void drained() {
      controls.drained();
    }

    @Override
    public void ended() {
      motion = null;
      path = null;
      controls.ended();
    }

    @Override
    public void over(CompletableFuture<Void> goodbye) {
      CompletableFuture<Void> unused =
          goodbye
              .completeOnTimeout(null, 1, TimeUnit.SECONDS)
              .thenRunAsync(Operator.this::shutDown, loop);
    }
  }

  private final class Told implements Controls.Events {
    @Override
    public void message(JsonNode message) {
      messages.tell(message);
    }

    @Override
    public void telemetry(JsonNode values) {
      telemetry = values;
      telemetries.tell(values);
    }

    @Override
    public void motion(State state) {
      motion = state;
      motions.tell(state);
    }

    @Override
    public void notice(Notice notice) {
      notices.tell(notice);
    }

    @Override
    public void heard() {
      connection.heard();
    }
  }
}
