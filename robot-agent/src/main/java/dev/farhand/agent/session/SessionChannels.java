package dev.farhand.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.Outbox;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Arm;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.GrantLease;
import dev.farhand.protocol.ChannelMessage.Piece;
import dev.farhand.protocol.ChannelMessage.RefuseLease;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.RequestLease;
import dev.farhand.protocol.ChannelMessage.Stop;
import dev.farhand.protocol.ChannelMessage.Stopped;
import dev.farhand.protocol.ChannelMessage.TakeOver;
import dev.farhand.protocol.ChannelMessage.Taken;
import dev.farhand.protocol.ChannelMessage.WithdrawRequest;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage.Opened;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** The four channels of one session, and what is said on each. Confined to the agent's loop. */
final class SessionChannels {
  private static final System.Logger LOG = System.getLogger(SessionChannels.class.getName());

  /** Channels with labels that nobody knows are closed; so many are no mistake any more. */
  private static final int MAX_UNKNOWN = 8;

  /** Telemetry that has not left is not worth adding to. */
  private static final long MAX_TELEMETRY_WAITING = 16_384;

  /** States are small and rare: so many bytes wait only for an operator who reads no more. */
  private static final long MAX_COMMAND_WAITING = 262_144;

  /**
   * Of the user's own messages; 16 MiB over 8 sessions, twice as much with letters beyond Latin.
   */
  private static final long MAX_LETTERS = 2L * 1024 * 1024;

  /** What was refused before the operator could be told. More than that says nothing new. */
  private static final int MAX_EARLY = 8;

  /** What the program at the other side does wrong always, it need not be told each time. */
  private static final int HINTS_PER_SECOND = 1;

  private final JsonCodec<ChannelMessage> codec;
  private final Opened opened;
  private final RobotSide robot;
  private final Consumer<Code> end;
  private final Runnable left;
  private final LongConsumer returned;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Outbox outbox = new Outbox(MAX_LETTERS);
  private final Queue<ChannelMessage> early = new ArrayDeque<>();
  private final MessageBudget hints;
  private final Assembly assembly = new Assembly();
  private int unknown;
  private boolean logged;

  /**
   * @param nanoTime by which what is told again and again is told less often
   * @param end ends the session for this reason
   * @param left called when the other side closes a channel
   * @param returned takes each beat that the operator returns
   */
  SessionChannels(
      JsonCodec<ChannelMessage> codec,
      Opened opened,
      RobotSide robot,
      LongSupplier nanoTime,
      Consumer<Code> end,
      Runnable left,
      LongConsumer returned) {
    this.codec = codec;
    this.opened = opened;
    this.robot = robot;
    this.hints = new MessageBudget(HINTS_PER_SECOND, HINTS_PER_SECOND, nanoTime);
    this.end = end;
    this.left = left;
    this.returned = returned;
  }

  /** The operator made a channel. */
  void add(Channel channel) {
    String label = channel.label();
    boolean known =
        switch (label) {
          case ChannelMessage.DEFAULT,
              ChannelMessage.COMMAND,
              ChannelMessage.CONTROL,
              ChannelMessage.TELEMETRY ->
              true;
          default -> false;
        };
    if (!known || channels.containsKey(label)) {
      channel.close();
      if (++unknown > MAX_UNKNOWN) {
        end.accept(Code.TOO_MANY_MESSAGES);
      } else {
        hint(
            known
                ? "A second channel named " + label + " was closed: each is made once."
                : "A channel was closed whose name this robot does not know.");
      }
      return;
    }
    channels.put(label, channel);
    if (label.equals(ChannelMessage.DEFAULT)) {
      outbox.attach(channel);
    }
    channel.listen(new Events(label));
  }

  /** Sends the state, if it can be told yet. */
  void sendState() {
    Channel command = channels.get(ChannelMessage.COMMAND);
    if (command != null && command.isOpen()) {
      sendCommand(robot.stateFor(opened.sessionId()));
    }
  }

  boolean takesTelemetry() {
    Channel telemetry = channels.get(ChannelMessage.TELEMETRY);
    return telemetry != null
        && telemetry.isOpen()
        && telemetry.bufferedAmount() < MAX_TELEMETRY_WAITING;
  }

  /** Sends an encoded message that may be lost. */
  void sendTelemetry(String text) {
    Channel telemetry = channels.get(ChannelMessage.TELEMETRY);
    if (telemetry != null) {
      telemetry.send(text);
    }
  }

  /** Sends an encoded message of the user's own, which {@code fits}; false if too many wait. */
  boolean sendMessage(String text) {
    return outbox.add(text);
  }

  /** Channels open one by one: what concerns another one may have to wait for this one. */
  private void sendCommand(ChannelMessage message) {
    Channel command = channels.get(ChannelMessage.COMMAND);
    if (command == null || !command.isOpen()) {
      if (early.size() < MAX_EARLY) {
        early.add(message);
      }
    } else if (command.bufferedAmount() > MAX_COMMAND_WAITING) {
      end.accept(Code.SLOW_READER);
    } else {
      command.send(codec.encode(message));
    }
  }

  private void received(String label, String text) {
    if (label.equals(ChannelMessage.DEFAULT)) {
      message(text);
      cameOverDefault();
      return;
    }
    ChannelMessage message;
    try {
      message = codec.decode(text);
    } catch (InvalidMessage e) {
      refuse(e.code(), e.reason());
      return;
    }
    if (message instanceof Drive drive && label.equals(ChannelMessage.CONTROL)) {
      robot.drive(opened.sessionId(), drive);
      returned.accept(drive.beat());
    } else if (message instanceof Stop stop && !label.equals(ChannelMessage.TELEMETRY)) {
      stop(stop);
    } else if (message instanceof Piece piece && label.equals(ChannelMessage.COMMAND)) {
      piece(piece);
    } else if (label.equals(ChannelMessage.COMMAND)) {
      command(message);
    } else {
      refuse(Code.UNEXPECTED_MESSAGE, Code.UNEXPECTED_MESSAGE.sentence());
    }
  }

  private void command(ChannelMessage message) {
    String id = opened.sessionId();
    Optional<Refused> refused;
    if (message instanceof Arm arm) {
      refused = robot.arm(id, arm.stops());
    } else if (message instanceof RequestLease) {
      refused = robot.request(id);
    } else if (message instanceof WithdrawRequest) {
      refused = robot.withdraw(id);
    } else if (message instanceof GrantLease grant) {
      refused = robot.grant(id, grant.to());
    } else if (message instanceof RefuseLease refuse) {
      refused = robot.refuse(id, refuse.to());
    } else if (message instanceof TakeOver) {
      refused = robot.takeOver(id);
    } else {
      refuse(Code.UNEXPECTED_MESSAGE, Code.UNEXPECTED_MESSAGE.sentence());
      return;
    }
    refused.ifPresent(this::refuse);
    // Where nothing had to change, nothing else tells the operator that it was heard. And whoever
    // has not seen the newest STOP is to be shown it.
    if (refused.isEmpty() || refused.get().code() == Code.STOPPED_AGAIN) {
      sendState();
    }
  }

  private void stop(Stop stop) {
    Optional<Refused> refused = robot.stop(opened.sessionId(), stop.id());
    if (refused.isPresent()) {
      refuse(refused.get());
    } else {
      sendTelemetry(codec.encode(new Stopped(stop.id())));
    }
  }

  private void piece(Piece piece) {
    if (assembly.waits()) {
      refuse(Code.UNEXPECTED_MESSAGE, "A piece comes after the last one was taken.");
    } else {
      assembly.add(piece);
      if (assembly.waits()) {
        handOnAssembled();
      } else {
        sendCommand(new Taken());
      }
    }
  }

  /** It counts, whatever it was: a message in pieces may wait for it. */
  private void cameOverDefault() {
    assembly.cameWhole();
    handOnAssembled();
  }

  private void handOnAssembled() {
    assembly
        .whole()
        .ifPresent(
            text -> {
              message(text);
              sendCommand(new Taken());
            });
  }

  private void message(String text) {
    if (!opened.role().mayDrive()) {
      refuse(Code.ROLE_FORBIDDEN, Code.ROLE_FORBIDDEN.sentence());
      return;
    }
    if (!Outbox.fits(text)) {
      refuse(
          Code.TOO_LARGE,
          "A message is at most "
              + ChannelMessage.DEFAULT_MAX_BYTES
              + " bytes of JSON. Send it in parts.");
      return;
    }
    Optional<JsonNode> data = Json.readBounded(text);
    if (data.isPresent()) {
      robot
          .message(opened.sessionId(), opened.operator(), opened.role(), data.get())
          .ifPresent(this::refuse);
    } else {
      refuse(
          Code.BAD_MESSAGE,
          "A message nests at most "
              + Json.MAX_DEPTH
              + " deep, and its numbers have at most 40 digits.");
    }
  }

  private void refuse(Code code, String reason) {
    refuse(new Refused("message", code, reason));
  }

  /** The same, once a second at most. */
  private void hint(String reason) {
    if (hints.take()) {
      refuse(Code.BAD_MESSAGE, reason);
    }
  }

  /** Says what was not done. */
  void refuse(Refused refused) {
    // An RTCBot page has no channel to hear it on; whoever writes the page can read it here.
    if (!channels.containsKey(ChannelMessage.COMMAND) && !logged) {
      logged = true;
      LOG.log(
          Level.WARNING,
          "Session {0}: refused ({1}): {2} There is no channel {3} to say so on; further refusals"
              + " in this session are not logged.",
          opened.sessionId(),
          refused.code().wire(),
          refused.reason(),
          ChannelMessage.COMMAND);
    }
    sendCommand(refused);
  }

  private final class Events implements Channel.Listener {
    private final String label;

    Events(String label) {
      this.label = label;
    }

    @Override
    public void opened() {
      if (label.equals(ChannelMessage.COMMAND)) {
        sendState();
        while (!early.isEmpty()) {
          sendCommand(early.remove());
        }
      }
      drained();
    }

    @Override
    public void text(String message) {
      try {
        received(label, message);
      } catch (RuntimeException bug) {
        // Ours; it must not cost the other operators the robot.
        LOG.log(Level.ERROR, "A message could not be handled", bug);
        end.accept(Code.INTERNAL);
      }
    }

    @Override
    public void binary() {
      if (label.equals(ChannelMessage.DEFAULT)) {
        cameOverDefault();
      }
      hint("Binary messages are dropped: only text is read here. Send JSON or a string.");
    }

    @Override
    public void drained() {
      if (label.equals(ChannelMessage.DEFAULT)) {
        outbox.flush();
      }
    }

    @Override
    public void closed() {
      left.run();
    }
  }
}
