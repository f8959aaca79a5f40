package dev.farhand.agent.operator;

import dev.farhand.agent.signaling.IceGeneration;
import dev.farhand.agent.webrtc.Peer;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The negotiations of one session. This side makes every offer, so there is no glare; offers are
 * numbered, and what belongs to an older one than the newest is dropped. Confined to the operator's
 * loop.
 */
final class Offers {
  private static final int MAX_EARLY_CANDIDATES = 64;

  private final Peer peer;
  private final String sessionId;
  private final boolean trickle;
  private final Consumer<SignalMessage> signal;
  private final Consumer<String> broken;
  private final List<IceCandidate> theirs = new ArrayList<>();
  private final List<Optional<IceCandidate>> ours = new ArrayList<>();
  private IceGeneration generation = new IceGeneration(Set.of());
  private int negotiation;
  private boolean making;
  private boolean wanted;
  private boolean restart;
  private boolean offered;
  private boolean answered;

  /**
   * @param trickle whether candidates follow the offer one by one, or all stand in it
   * @param signal to the robot, through the server; void if that cannot be reached just now
   * @param broken the session is of no use any more, and why
   */
  Offers(
      Peer peer,
      String sessionId,
      boolean trickle,
      Consumer<SignalMessage> signal,
      Consumer<String> broken) {
    this.peer = peer;
    this.sessionId = sessionId;
    this.trickle = trickle;
    this.signal = signal;
    this.broken = broken;
  }

  /** Whether an offer has not been answered yet. */
  boolean isPending() {
    return negotiation > 0 && !answered;
  }

  /** Makes a new offer, with a new search for paths if asked. */
  void offer(boolean iceRestart) {
    restart |= iceRestart;
    if (making) {
      wanted = true;
      return;
    }
    making = true;
    wanted = false;
    boolean now = restart;
    restart = false;
    negotiation++;
    offered = false;
    answered = false;
    theirs.clear();
    ours.clear();
    var unused =
        peer.offer(now)
            .whenComplete(
                (offer, failure) -> {
                  making = false;
                  if (peer.isClosed()) {
                    return;
                  } else if (failure != null) {
                    broken.accept(String.valueOf(failure.getMessage()));
                  } else if (wanted) {
                    offer(false);
                  } else {
                    made(offer);
                  }
                });
  }

  /** The robot's answer. */
  void describe(Describe describe) {
    if (describe.negotiation() != negotiation
        || !offered
        || answered
        || describe.description().type() != Description.Type.ANSWER) {
      return;
    }
    var unused =
        peer.accept(describe.description())
            .whenComplete(
                (done, failure) -> {
                  if (peer.isClosed() || describe.negotiation() != negotiation) {
                    return;
                  } else if (failure != null) {
                    broken.accept(String.valueOf(failure.getMessage()));
                  } else {
                    answered = true;
                    theirs.forEach(peer::addCandidate);
                    theirs.clear();
                  }
                });
  }

  /** One of the robot's candidates. */
  void theirs(Candidate candidate) {
    IceCandidate theirCandidate = candidate.candidate();
    if (candidate.negotiation() != negotiation || theirCandidate == null) {
      return;
    }
    if (answered) {
      peer.addCandidate(theirCandidate);
    } else if (theirs.size() < MAX_EARLY_CANDIDATES) {
      theirs.add(theirCandidate);
    }
  }

  /** One of our own; empty after the last. */
  void ours(Optional<IceCandidate> candidate) {
    if (!trickle) {
      if (candidate.isEmpty()) {
        sendComplete();
      }
    } else if (offered) {
      send(candidate);
    } else if (ours.size() < MAX_EARLY_CANDIDATES) {
      ours.add(candidate);
    }
  }

  /** Waits for no further candidates: a STUN server that does not answer must not hold this up. */
  void enough() {
    if (!trickle && !making) {
      sendNow();
    }
  }

  private void made(Description offer) {
    if (!trickle) {
      sendComplete();
      return;
    }
    offered = true;
    generation = IceGeneration.of(offer);
    signal.accept(new Describe(sessionId, negotiation, offer));
    ours.forEach(this::send);
    ours.clear();
  }

  private void send(Optional<IceCandidate> candidate) {
    if (candidate.map(generation::owns).orElse(true)) {
      signal.accept(new Candidate(sessionId, negotiation, candidate.orElse(null)));
    }
  }

  /** The peer is asked, not its last event: that may come before the offer is in place. */
  private void sendComplete() {
    if (!making && peer.isGathered()) {
      sendNow();
    }
  }

  private void sendNow() {
    if (!offered) {
      offered = true;
      peer.localDescription()
          .ifPresent(offer -> signal.accept(new Describe(sessionId, negotiation, offer)));
    }
  }
}
