package dev.farhand.agent.webrtc;

import dev.farhand.protocol.SignalMessage.Description;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One offer and one answer, in either direction, complete with candidates. Confined to the
 * connection's thread.
 */
final class Handshake {
  /** A STUN server that does not answer must not hold up those that did. */
  private static final long GATHERING_SECONDS = 5;

  /** RFC 8841, section 6: what we read, so that a browser refuses to send more. */
  private static final Pattern MAX_MESSAGE_SIZE = Pattern.compile("a=max-message-size:\\d+");

  private static final String USED_ONCE =
      " A connection is used once: make a new RtcConnection for a new one.";

  private enum Step {
    NEW,
    OFFERING,
    OFFERED,
    ANSWERED,
    DONE
  }

  private final CompletableFuture<Void> gathered = new CompletableFuture<>();
  private final RtcLoop loop;
  private final Peer peer;
  private Step step = Step.NEW;
  private @Nullable Description theirs;

  Handshake(RtcLoop loop, Peer peer) {
    this.loop = loop;
    this.peer = peer;
  }

  /** All candidates are known. */
  void gathered() {
    gathered.complete(null);
  }

  boolean isNew() {
    return step == Step.NEW;
  }

  /** Whether what is added now is still part of our description. */
  boolean takesMedia() {
    return step == Step.NEW || step == Step.OFFERED;
  }

  /** Whether the other side's offer waits for our answer. */
  boolean isOffered() {
    return step == Step.OFFERED;
  }

  /** Whether an offer of ours waits for its answer. */
  boolean isOffering() {
    return step == Step.OFFERING;
  }

  /** Whether what was negotiated has data channels. */
  boolean hasChannels() {
    return peer.localDescription().map(Description::sdp).orElse("").contains("m=application ");
  }

  CompletableFuture<Description> offer() {
    if (step != Step.NEW) {
      return failed("The local description was made already." + USED_ONCE);
    }
    step = Step.OFFERING;
    return peer.offer(false).thenCompose(offer -> complete());
  }

  /** The answer to the offer that came. */
  CompletableFuture<Description> answer() {
    Description offer = theirs;
    if (step != Step.OFFERED || offer == null) {
      return failed("The local description was made already." + USED_ONCE);
    }
    step = Step.ANSWERED;
    return peer.answer(offer)
        .thenCompose(answer -> complete())
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                step = Step.DONE;
                return answer;
              }
              step = Step.NEW;
              throw unusable(failure);
            });
  }

  CompletableFuture<Void> remote(Description description) {
    return description.type() == Description.Type.OFFER
        ? remoteOffer(description)
        : remoteAnswer(description);
  }

  private CompletableFuture<Void> remoteOffer(Description offer) {
    return switch (step) {
      case NEW -> {
        theirs = offer;
        step = Step.OFFERED;
        yield CompletableFuture.completedFuture(null);
      }
      case OFFERING ->
          CompletableFuture.failedFuture(
              new BadDescriptionException(
                  "This is an offer, but we have made one: an answer to it is due here."
                      + " Only one side may offer."));
      case OFFERED, ANSWERED, DONE ->
          failed("The remote description was given already." + USED_ONCE);
    };
  }

  private CompletableFuture<Void> remoteAnswer(Description answer) {
    return switch (step) {
      case NEW ->
          CompletableFuture.failedFuture(
              new BadDescriptionException(
                  "This is an answer, but there is no offer that it could answer. Call"
                      + " localDescription() first, and send its offer to the other side."));
      case OFFERING -> {
        step = Step.ANSWERED;
        yield peer.accept(answer)
            .handle(
                (done, failure) -> {
                  if (failure != null) {
                    step = Step.OFFERING;
                    throw unusable(failure);
                  }
                  step = Step.DONE;
                  return null;
                });
      }
      case OFFERED ->
          CompletableFuture.failedFuture(
              new BadDescriptionException(
                  "This is an answer, but the other side has offered: ours is due. Call"
                      + " localDescription() and send it to the other side."));
      case ANSWERED, DONE -> failed("The remote description was given already." + USED_ONCE);
    };
  }

  private CompletableFuture<Description> complete() {
    return gathered
        .copy()
        .completeOnTimeout(null, GATHERING_SECONDS, TimeUnit.SECONDS)
        .thenApplyAsync(done -> peer.localDescription().orElseThrow(), loop)
        .thenApply(Handshake::withMaxMessageSize);
  }

  private static Description withMaxMessageSize(Description ours) {
    return new Description(
        ours.type(),
        MAX_MESSAGE_SIZE
            .matcher(ours.sdp())
            .replaceAll("a=max-message-size:" + Peer.MAX_MESSAGE_BYTES));
  }

  private static RuntimeException unusable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BadDescriptionException) {
      return new BadDescriptionException(
          "The description cannot be used ("
              + cause.getMessage()
              + "). Pass on what the other side made, whole and unchanged.");
    }
    return failure instanceof RuntimeException known ? known : new CompletionException(failure);
  }

  private static <T> CompletableFuture<T> failed(String message) {
    return CompletableFuture.failedFuture(new IllegalStateException(message));
  }
}
