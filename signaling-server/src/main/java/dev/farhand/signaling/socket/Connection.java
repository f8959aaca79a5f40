package dev.farhand.signaling.socket;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.board.Mailbox;
import dev.farhand.signaling.board.Notice;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket: of {@code /signal}, a robot's or an operator's from its first message on, or of an
 * RTCBot program. Confined to its event loop, except {@link #deliver}.
 */
public final class Connection implements Mailbox {
  private static final Logger LOG = System.getLogger(Connection.class.getName());
  private static final JsonCodec<SignalMessage> CODEC = new JsonCodec<>(SignalMessage.class);

  private final Service service;
  private final Context loop;
  private final Line line;
  private final long silence;

  private Consumer<String> reader = this::read;
  private @Nullable Desk desk;
  private @Nullable String tokenId;
  private @Nullable Instant expires;
  private boolean warned;
  private long expiry = -1;

  /**
   * Takes an accepted socket over, on its own event loop.
   *
   * @param onGone hears once that it is closed
   */
  public Connection(Service service, ServerWebSocket socket, Consumer<Connection> onGone) {
    this.service = service;
    this.loop = service.vertx().getOrCreateContext();
    this.line =
        new Line(
            service.vertx(),
            socket,
            service.limits(),
            service.timings(),
            service.nanoTime(),
            this::receive,
            this::lost,
            () -> onGone.accept(this));
    this.silence =
        service
            .vertx()
            .setTimer(
                service.timings().firstMessage().toMillis(), late -> line.refuse(Code.SILENT));
  }

  /** Takes over the accepted socket of an RTCBot program, which {@link #serve} begins. */
  public static Connection ofRtcBot(
      Service service, ServerWebSocket socket, Consumer<Connection> onGone) {
    Connection connection = new Connection(service, socket, onGone);
    connection.line.speakByFramesOnly();
    return connection;
  }

  /**
   * Gives the RTCBot program the robot's ID.
   *
   * @param grant what its token allows
   */
  public void serve(String robotId, Grant grant) {
    RtcBotDesk program = new RtcBotDesk(service, line, this, robotId);
    service.vertx().cancelTimer(silence);
    desk = program;
    reader = program::answer;
    program.claim();
    holdTo(grant.tokenId(), grant.expires());
  }

  @Override
  public void deliver(Notice notice) {
    loop.runOnContext(
        now -> {
          Desk at = desk;
          if (at != null && line.isOpen()) {
            at.hear(notice);
          }
        });
  }

  /** Refuses this socket before it says anything. */
  public void refuse(Code code) {
    line.refuse(code);
  }

  /** Tells the other side to come back, and closes. */
  public void restart() {
    line.send(new SignalMessage.Restarting((int) service.timings().comeBack().toMillis()));
    line.close(Code.SERVER_RESTARTING);
  }

  /** Closes it, or ends sessions of it, if what let the one or the other in holds no more. */
  public void recheck() {
    try {
      service.doorkeeper().recheck(tokenId, expires);
      Desk at = desk;
      if (at != null && line.isOpen()) {
        at.recheck();
      }
    } catch (Refused refused) {
      expel(refused.code());
    }
  }

  private void receive(String text) {
    try {
      reader.accept(text);
    } catch (InvalidMessage invalid) {
      line.refuse(invalid.code(), invalid.reason());
    } catch (Refused refused) {
      line.refuse(refused.code());
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "A message could not be handled", bug);
      line.refuse(Code.INTERNAL);
    }
  }

  private void read(String text) {
    Optional<Envelope> envelope = Envelope.of(text);
    if (envelope.isPresent()) {
      relay(envelope.get(), text);
    } else {
      handle(CODEC.decode(text));
    }
  }

  private void relay(Envelope envelope, String text) {
    Desk at = desk;
    if (at == null) {
      throw new Refused(Code.UNEXPECTED_MESSAGE);
    }
    at.relay(envelope, text);
  }

  private void handle(SignalMessage message) {
    if (message instanceof SignalMessage.Pong) {
      return;
    }
    if (message instanceof SignalMessage.Ping) {
      line.send(new SignalMessage.Pong());
      return;
    }
    Desk at = desk;
    if (at == null) {
      at = begin(message);
      desk = at;
      service.vertx().cancelTimer(silence);
    }
    at.receive(message);
  }

  private Desk begin(SignalMessage message) {
    if (message instanceof SignalMessage.Register) {
      line.allow(service.limits().robotMessagesPerSecond());
      return new RobotDesk(service, line, this, this::holdTo);
    }
    if (message instanceof SignalMessage.Join || message instanceof SignalMessage.Resume) {
      return new OperatorDesk(service, line, this, this::holdTo);
    }
    throw new Refused(Code.UNEXPECTED_MESSAGE);
  }

  /** From now on this connection lives as long as that token. */
  private void holdTo(@Nullable String newTokenId, @Nullable Instant newExpires) {
    tokenId = newTokenId;
    expires = newExpires;
    warned = false;
    service.vertx().cancelTimer(expiry);
    watchExpiry();
  }

  private void watchExpiry() {
    if (expires == null || !line.isOpen()) {
      return;
    }
    long left = expires.toEpochMilli() - service.clock().millis();
    long warning = service.timings().expiryWarning().toMillis();
    if (left <= 0) {
      expel(Code.TOKEN_EXPIRED);
      return;
    }
    if (left <= warning && !warned) {
      warned = true;
      line.send(new SignalMessage.Expiring((int) ((left + 999) / 1000)));
    }
    // Never too long, for the wall clock may be set in between.
    long next = Math.min(warned ? left : left - warning, 60_000);
    expiry = service.vertx().setTimer(Math.max(1, next), again -> watchExpiry());
  }

  private void expel(Code code) {
    Desk at = desk;
    if (at != null && line.isOpen()) {
      at.expel(code);
    }
    line.refuse(code);
  }

  private void lost() {
    Vertx vertx = service.vertx();
    vertx.cancelTimer(silence);
    vertx.cancelTimer(expiry);
    Desk at = desk;
    if (at != null) {
      at.leave();
    }
  }
}
