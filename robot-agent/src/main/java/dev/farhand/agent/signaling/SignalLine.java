package dev.farhand.agent.signaling;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Ping;
import dev.farhand.protocol.SignalMessage.Pong;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line to the server, used once: speaks its messages, answers its heartbeat and ends when that
 * stays away. Confined to its loop.
 */
public final class SignalLine {
  private static final System.Logger LOG = System.getLogger(SignalLine.class.getName());
  private static final JsonCodec<SignalMessage> CODEC = new JsonCodec<>(SignalMessage.class);
  private static final Duration OPENING = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMillis(SignalMessage.HEARTBEAT_LOST_MILLIS);
  private static final Duration WATCH = Duration.ofSeconds(1);

  /** A living server answers within a round trip, or two and TCP's pause if a packet gets lost. */
  private static final Duration PROBE = Duration.ofMillis(600);

  /** What the line tells its owner; called on the loop, nothing after {@link #close}. */
  public interface Listener {
    /** Messages can go. */
    void opened();

    /** A message, signs of life excepted. */
    void message(SignalMessage message);

    /** Nothing follows; also if it never opened. The sentence is for a person. */
    void ended(String why);
  }

  private final LongSupplier nanoTime;
  private final Listener listener;
  private final Socket socket;
  private final Future<?> watch;
  private final Alarm probe;
  private long heardAt;
  private boolean open;
  private boolean over;

  private SignalLine(
      HttpClient http,
      URI uri,
      ScheduledExecutorService loop,
      LongSupplier nanoTime,
      Listener listener) {
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.heardAt = nanoTime.getAsLong();
    this.probe = new Alarm(loop);
    this.watch =
        loop.scheduleWithFixedDelay(
            this::watch, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    this.socket = Socket.open(http, uri, OPENING, loop, new Events());
  }

  /**
   * Begins to open a line.
   *
   * @param uri the server's {@code /signal}
   */
  public static SignalLine open(
      HttpClient http,
      URI uri,
      ScheduledExecutorService loop,
      LongSupplier nanoTime,
      Listener listener) {
    return new SignalLine(http, uri, loop, nanoTime, listener);
  }

  public boolean isOpen() {
    return open && !over;
  }

  /**
   * Asks the server for a sign of life, because something else has fallen silent; without one the
   * line ends soon instead of after {@link SignalMessage#HEARTBEAT_LOST_MILLIS}.
   */
  public void probe() {
    if (isOpen() && !probe.isSet()) {
      send(new Ping());
      probe.set(PROBE.toMillis(), () -> socket.abort("it does not answer"));
    }
  }

  /** Void unless it is open. */
  public void send(SignalMessage message) {
    socket.send(CODEC.encode(message));
  }

  /**
   * Says goodbye; nothing is reported afterwards.
   *
   * @return completes, on any thread, when what was sent before has gone
   */
  public CompletableFuture<Void> close() {
    finish();
    return socket.close();
  }

  private void finish() {
    over = true;
    watch.cancel(false);
    probe.cancel();
  }

  private void received(String text) {
    heardAt = nanoTime.getAsLong();
    SignalMessage message;
    try {
      message = CODEC.decode(text);
    } catch (InvalidMessage e) {
      // A newer server may say more than this program knows.
      LOG.log(Level.DEBUG, "The server sent a message that was not understood: {0}", e.reason());
      return;
    }
    if (message instanceof Ping) {
      send(new Pong());
    } else if (message instanceof Pong) {
      // Nothing else ends a probe: what still comes in says nothing of what goes out.
      probe.cancel();
    } else {
      listener.message(message);
    }
  }

  private void watch() {
    if (nanoTime.getAsLong() - heardAt > SILENCE.toNanos()) {
      socket.abort("it was silent for " + SILENCE.toSeconds() + " s");
    }
  }

  private final class Events implements Socket.Listener {
    @Override
    public void opened() {
      if (!over) {
        open = true;
        listener.opened();
      }
    }

    @Override
    public void text(String message) {
      if (!over) {
        received(message);
      }
    }

    @Override
    public void ended(String why) {
      if (!over) {
        finish();
        listener.ended(why);
      }
    }
  }
}
