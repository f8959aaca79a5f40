package dev.farhand.agent.session;

import dev.farhand.agent.signaling.IceGeneration;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.agent.webrtc.Peer;
import dev.farhand.agent.webrtc.PeerState;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Refresh;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One operator with the robot: one peer, from the first offer on. Confined to the agent's loop.
 *
 * <p>Each peer costs memory for good, and whoever joins and says nothing more is not worth one.
 */
final class Session implements Peer.Listener {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  /** Of either side, for one negotiation, while the descriptions are not exchanged. */
  private static final int MAX_EARLY_CANDIDATES = 64;

  /** Candidates that a complete answer does without; the server waits 10 s for it. */
  private static final long GATHERING_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Opened opened;
  private final SessionLimits limits;
  private final MessageBudget budget;
  private final LongSupplier nanoTime;
  private final Consumer<SignalMessage> signal;
  private final Consumer<Session> silent;
  private final BiConsumer<Session, Code> end;
  private final BiFunction<List<IceServer>, Peer.Listener, Peer> peers;
  private final Function<Peer, Optional<Showing>> showings;
  private final SessionChannels channels;
  private final List<IceCandidate> theirs = new ArrayList<>();
  private final List<Optional<IceCandidate>> ours = new ArrayList<>();

  private List<IceServer> iceServers;
  private Optional<Peer> peer = Optional.empty();
  private Optional<Showing> showing = Optional.empty();
  private IceGeneration generation = new IceGeneration(Set.of());
  private String resumeKey;
  private boolean operatorPresent = true;
  private boolean moved;
  private PeerState state = PeerState.CONNECTING;
  private boolean reached;
  private long stateSince;
  private int negotiation;
  private boolean answering;
  private boolean answered;
  private long answeredAt;
  private boolean complete;
  private @Nullable Describe next;

  /**
   * @param peers makes this session's peer; throws {@link IllegalArgumentException} if it cannot
   * @param showings makes what watches over the peer's video, if it sends one
   * @param signal to the server, void while it is away
   * @param silent hears that nothing comes over the path any more
   * @param end ends this session, saying why
   */
  Session(
      Opened opened,
      SessionLimits limits,
      LongSupplier nanoTime,
      BiFunction<List<IceServer>, Peer.Listener, Peer> peers,
      Function<Peer, Optional<Showing>> showings,
      Function<Session, SessionChannels> channels,
      Consumer<SignalMessage> signal,
      Consumer<Session> silent,
      BiConsumer<Session, Code> end) {
    this.opened = opened;
    this.limits = limits;
    this.budget =
        new MessageBudget(limits.messagesPerSecond(), limits.sustained(opened.role()), nanoTime);
    this.nanoTime = nanoTime;
    this.signal = signal;
    this.silent = silent;
    this.end = end;
    this.resumeKey = opened.resumeKey();
    this.stateSince = nanoTime.getAsLong();
    this.iceServers = opened.iceServers();
    this.peers = peers;
    this.showings = showings;
    this.channels = channels.apply(this);
  }

  String id() {
    return opened.sessionId();
  }

  Operator operator() {
    return opened.operator();
  }

  Role role() {
    return opened.role();
  }

  String resumeKey() {
    return resumeKey;
  }

  /** Whether there has been a path to the operator. */
  boolean wasReached() {
    return reached;
  }

  SessionChannels channels() {
    return channels;
  }

  void end(Code code) {
    end.accept(this, code);
  }

  /** A channel has closed at the other side: a page that went away without a word. */
  void left() {
    if (!operatorPresent) {
      end(Code.OPERATOR_LEFT);
    }
  }

  void presence(boolean present) {
    operatorPresent = present;
  }

  /** The address that the path began at is the robot's no more. */
  void moved() {
    moved = true;
  }

  /** The session has its signaling back; what was being negotiated is void. */
  void resumed(Resumed resumed) {
    resumeKey = resumed.resumeKey();
    operatorPresent = true;
    if (!resumed.iceServers().isEmpty()) {
      use(resumed.iceServers());
    }
    if (moved) {
      // libwebrtc would hold on to the dead path for three seconds and more; a new peer has none.
      end(Code.ROBOT_MOVED);
    }
  }

  /** For the next search for paths: what the session has would run out. */
  void refresh(Refresh refresh) {
    use(refresh.iceServers());
  }

  void describe(Describe describe) {
    if (describe.description().type() != Description.Type.OFFER
        || describe.negotiation() <= negotiation) {
      return;
    }
    negotiation = describe.negotiation();
    answered = false;
    complete = false;
    theirs.clear();
    ours.clear();
    if (answering) {
      // The one under way is void already; only the newest is worth answering.
      next = describe;
    } else {
      answer(describe);
    }
  }

  void candidate(Candidate candidate) {
    IceCandidate theirCandidate = candidate.candidate();
    if (candidate.negotiation() != negotiation || theirCandidate == null) {
      return;
    }
    if (answered) {
      peer.ifPresent(made -> made.addCandidate(theirCandidate));
    } else if (theirs.size() < MAX_EARLY_CANDIDATES) {
      theirs.add(theirCandidate);
    }
  }

  /** To be called four times a second: how much video does the path take? */
  void checkVideo() {
    showing.ifPresent(Showing::check);
  }

  /** The operator has returned this beat. */
  void returned(long beat) {
    showing.ifPresent(video -> video.returned(beat));
  }

  /** To be called every second: is anyone still there? */
  void check(boolean registered) {
    if (answered && nanoTime.getAsLong() - answeredAt > GATHERING_NANOS) {
      sendComplete();
    }
    if (state == PeerState.CONNECTED) {
      return;
    }
    long since = nanoTime.getAsLong() - stateSince;
    if (state == PeerState.CONNECTING) {
      if (since > limits.connectWithin().toNanos()) {
        end(negotiation == 0 ? Code.OPERATOR_LOST : Code.PEER_FAILED);
      }
    } else if (since > limits.goneAfter().toNanos()) {
      // A path that is merely silent may heal while the operator is still at the server.
      if (state == PeerState.FAILED) {
        end(operatorPresent && registered ? Code.PEER_FAILED : Code.OPERATOR_LOST);
      } else if (!operatorPresent) {
        end(Code.OPERATOR_LOST);
      }
    }
  }

  /** Closes the peer, if there is one; nothing further comes from it. */
  void close() {
    peer.ifPresent(Peer::close);
  }

  @Override
  public void candidate(Optional<IceCandidate> candidate) {
    if (!opened.trickle()) {
      if (candidate.isEmpty()) {
        sendIfGathered();
      }
    } else if (answered) {
      send(candidate);
    } else if (ours.size() < MAX_EARLY_CANDIDATES) {
      ours.add(candidate);
    }
  }

  @Override
  public void channel(Channel channel) {
    channels.add(channel);
  }

  @Override
  public void message() {
    if (!budget.take()) {
      end(Code.TOO_MANY_MESSAGES);
    }
  }

  @Override
  public void state(PeerState newState) {
    if (newState == state) {
      return;
    }
    LOG.log(Level.DEBUG, "Session {0}: {1}", id(), newState);
    if (newState == PeerState.DISCONNECTED) {
      silent.accept(this);
    }
    // From connected to connecting is an ICE restart that looks for its path.
    boolean lostAlready = state == PeerState.DISCONNECTED && newState == PeerState.FAILED;
    state = newState;
    reached |= state == PeerState.CONNECTED;
    if (!lostAlready) {
      stateSince = nanoTime.getAsLong();
    }
  }

  @Override
  public void overrun(Peer.Overrun kind) {
    end(kind == Peer.Overrun.TOO_LARGE ? Code.TOO_LARGE : Code.TOO_MANY_MESSAGES);
  }

  private void use(List<IceServer> newIceServers) {
    iceServers = newIceServers;
    peer.ifPresent(made -> made.iceServers(newIceServers));
  }

  private void answer(Describe describe) {
    Peer answers;
    try {
      answers = peer.orElseGet(this::makePeer);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.ERROR, "No peer can be made: {0}", e.getMessage());
      end(Code.INTERNAL);
      return;
    }
    answering = true;
    var unused =
        answers
            .answer(describe.description())
            .whenComplete(
                (answer, failure) -> {
                  if (!answers.isClosed()) {
                    answering = false;
                    answered(answers, describe.negotiation(), answer, failure);
                  }
                });
  }

  private Peer makePeer() {
    Peer made = peers.apply(iceServers, this);
    peer = Optional.of(made);
    showing = showings.apply(made);
    return made;
  }

  private void answered(
      Peer answers, int answeredNegotiation, Description answer, @Nullable Throwable failure) {
    Describe newer = next;
    if (newer != null) {
      next = null;
      answer(newer);
    } else if (failure != null) {
      LOG.log(Level.INFO, "Session {0}: {1}", id(), failure.getMessage());
      end(Code.BAD_DESCRIPTION);
    } else {
      answered = true;
      answeredAt = nanoTime.getAsLong();
      theirs.forEach(answers::addCandidate);
      theirs.clear();
      if (opened.trickle()) {
        generation = IceGeneration.of(answer);
        signal.accept(new Describe(id(), answeredNegotiation, answer));
        ours.forEach(this::send);
        ours.clear();
      } else {
        sendIfGathered();
      }
    }
  }

  /** One of the negotiation before may still come after the newer answer; nobody wants it. */
  private void send(Optional<IceCandidate> candidate) {
    if (candidate.map(generation::owns).orElse(true)) {
      signal.accept(new Candidate(id(), negotiation, candidate.orElse(null)));
    }
  }

  /**
   * For operators that cannot take candidates one by one. The peer is asked, not its last event:
   * one may be of the negotiation before, and without an ICE restart nothing is gathered anew.
   */
  private void sendIfGathered() {
    if (answered && peer.map(Peer::isGathered).orElse(false)) {
      sendComplete();
    }
  }

  /** With what there is: a STUN server that does not answer must not hold an answer up. */
  private void sendComplete() {
    if (!opened.trickle() && !complete) {
      complete = true;
      peer.flatMap(Peer::localDescription)
          .ifPresent(answer -> signal.accept(new Describe(id(), negotiation, answer)));
    }
  }
}
