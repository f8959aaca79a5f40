package dev.farhand.agent.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Arm;
import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.GrantLease;
import dev.farhand.protocol.ChannelMessage.RefuseLease;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.RequestLease;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.ChannelMessage.Stop;
import dev.farhand.protocol.ChannelMessage.Stopped;
import dev.farhand.protocol.ChannelMessage.TakeOver;
import dev.farhand.protocol.ChannelMessage.Taken;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.ChannelMessage.WithdrawRequest;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is said over a session's channels, in both directions. Confined to the operator's loop. */
final class Controls {
  interface Events {
    void message(JsonNode message);

    void telemetry(JsonNode values);

    void motion(State state);

    void notice(Notice notice);

    /** The robot was heard. */
    void heard();
  }

  private final JsonCodec<ChannelMessage> codec = new JsonCodec<>(ChannelMessage.class);
  private final ScheduledExecutorService loop;
  private final LongSupplier nanoTime;
  private final Events events;
  private final Posts posts = new Posts();
  private final DriveCadence cadence;
  private final StopRepeater stops;
  private final Answers answers = new Answers();
  private Map<String, Channel> channels = Map.of();
  private Optional<PieceSender> pieces = Optional.empty();
  private @Nullable State motion;
  private long beat;
  private long seq;
  private boolean asking;

  Controls(ScheduledExecutorService loop, LongSupplier nanoTime, Events events) {
    this.nanoTime = nanoTime;
    this.events = events;
    this.loop = loop;
    this.cadence = new DriveCadence(loop, nanoTime, this::sendDrive);
    this.stops = new StopRepeater(loop, this::sendStop);
  }

  /** A session's channels are open. */
  void opened(Map<String, Channel> open) {
    channels = open;
    // A robot that was started anew counts from anywhere.
    beat = 0;
    Channel user = open.get(ChannelMessage.DEFAULT);
    if (user != null) {
      pieces =
          open.containsKey(ChannelMessage.COMMAND)
              ? Optional.of(
                  new PieceSender(loop, nanoTime, piece -> say(ChannelMessage.COMMAND, piece)))
              : Optional.empty();
      posts.attach(user, pieces);
    }
    cadence.start();
    stops.start();
  }

  /** That session has ended. */
  void ended() {
    channels = Map.of();
    motion = null;
    posts.detach();
    cadence.end();
    stops.end();
    asking = false;
    answers.ended(OperatorException.notConnected());
  }

  /** There will be no further session. */
  void closed() {
    stops.refused(
        new OperatorException(
            OperatorException.NOT_CONNECTED,
            "The connection ended before the robot confirmed STOP."));
  }

  void drained() {
    posts.flush();
  }

  void received(String label, String text) {
    if (label.equals(ChannelMessage.DEFAULT)) {
      events.message(Json.read(text));
      return;
    }
    events.heard();
    ChannelMessage message;
    try {
      message = codec.decode(text);
    } catch (InvalidMessage e) {
      // A newer agent may say more than this program knows.
      return;
    }
    if (message instanceof Telemetry telemetry) {
      // Reports may overtake each other; the robot's clock tells which is newest.
      if (telemetry.beat() > beat) {
        beat = telemetry.beat();
        events.telemetry(telemetry.values());
      }
    } else if (message instanceof Stopped stopped) {
      stops.confirmed(stopped.id());
    } else if (message instanceof State state) {
      moved(state);
    } else if (message instanceof Taken) {
      pieces.ifPresent(PieceSender::taken);
    } else if (message instanceof Refused refused) {
      refused(refused);
    }
  }

  void send(String text, CompletableFuture<Void> sent) {
    posts.send(text, sent);
  }

  void drive(double linear, double angular) {
    cadence.drive(linear, angular);
  }

  void stop(CompletableFuture<Void> confirmed) {
    cadence.release();
    stops.press(confirmed);
  }

  void arm(long stops, CompletableFuture<Void> answered) {
    cadence.arming();
    // Always said: what the robot last told may not be so any more.
    tell("arm", new Arm(stops), State::armed, answered);
  }

  void request(CompletableFuture<Void> answered) {
    ask("request", new RequestLease(), State::you, answered);
  }

  void withdraw(CompletableFuture<Void> answered) {
    // Always said: a request of a moment ago may not have shown in a state yet.
    tell("withdraw", new WithdrawRequest(), state -> !asks(state), answered);
  }

  void grant(String operatorId, CompletableFuture<Void> answered) {
    tell("grant", new GrantLease(operatorId), gone(operatorId), answered);
  }

  void refuse(String operatorId, CompletableFuture<Void> answered) {
    tell("refuse", new RefuseLease(operatorId), gone(operatorId), answered);
  }

  void takeOver(CompletableFuture<Void> answered) {
    ask("take-over", new TakeOver(), State::you, answered);
  }

  /** Asks, unless it is so already. */
  private void ask(
      String what,
      ChannelMessage message,
      Predicate<State> done,
      CompletableFuture<Void> answered) {
    if (motion != null && done.test(motion)) {
      answered.complete(null);
    } else {
      tell(what, message, done, answered);
    }
  }

  private void tell(
      String what,
      ChannelMessage message,
      Predicate<State> done,
      CompletableFuture<Void> answered) {
    if (channels.containsKey(ChannelMessage.COMMAND)) {
      answers.await(what, done, answered);
      say(ChannelMessage.COMMAND, message);
    } else {
      answered.completeExceptionally(OperatorException.notConnected());
    }
  }

  private static Predicate<State> gone(String operatorId) {
    return state ->
        state.requests().stream().noneMatch(one -> one.operator().id().equals(operatorId));
  }

  private static boolean asks(State state) {
    return state.requests().stream().anyMatch(Asking::you);
  }

  private void moved(State state) {
    motion = state;
    if (state.you() && (answers.awaits("request") || answers.awaits("take-over"))) {
      cadence.handed();
    }
    // After Arm the robot waits for neutral, whatever it has seen while STOP held it.
    cadence.lease(state.you(), state.armed() && state.cause() != Cause.RELEASE_FIRST);
    answers.told(state);
    if (asking && !asks(state)) {
      answers.refused(
          "request",
          new OperatorException(
              Code.NO_SUCH_REQUEST, "Your request to drive does not stand any more."));
    }
    asking = asks(state);
    events.motion(state);
  }

  private void refused(Refused refused) {
    if (refused.code() == Code.UNKNOWN_TYPE) {
      pieces.ifPresent(PieceSender::unknownType);
    }
    OperatorException refusal = OperatorException.of(refused);
    if (refused.what().equals("request")) {
      // The state that shows it as gone comes later, and must not end the next one.
      asking = false;
    }
    answers.refused(refused.what(), refusal);
    if (refused.what().equals("stop")) {
      stops.refused(refusal);
    }
    events.notice(new Notice(refused.code().wire(), refused.reason()));
  }

  private void sendDrive(double linear, double angular) {
    // While STOP is on its way, nothing may contradict it.
    boolean held = stops.isPending();
    long now = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    say(ChannelMessage.CONTROL, new Drive(++seq, now, beat, held ? 0 : linear, held ? 0 : angular));
  }

  private void sendStop(long id, boolean first) {
    say(ChannelMessage.CONTROL, new Stop(id));
    if (first) {
      say(ChannelMessage.COMMAND, new Stop(id));
    }
  }

  private void say(String label, ChannelMessage message) {
    Channel channel = channels.get(label);
    if (channel != null) {
      channel.send(codec.encode(message));
    }
  }
}
