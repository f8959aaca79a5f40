package dev.farhand.agent.operator;

import dev.farhand.agent.operator.PieceSender.Outcome;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The user's messages on their way out. Hands over one, and the next only when the channel's buffer
 * is empty: what waits here can still be overtaken by a STOP, what waits there cannot. To a robot
 * that knows pieces, large ones go in those. Confined to the operator's loop.
 */
final class Posts {
  /** Who sends faster than the path carries should know it. */
  private static final int MOST_WAITING = 256;

  private record Post(String text, boolean large, CompletableFuture<Void> sent) {}

  private final Queue<Post> waiting = new ArrayDeque<>();
  private Optional<PieceSender> pieces = Optional.empty();
  private @Nullable Channel channel;
  private long sentWhole;

  /**
   * The session's channel is open.
   *
   * @param pieces of this session, unless the robot knows none
   */
  void attach(Channel open, Optional<PieceSender> pieces) {
    channel = open;
    this.pieces = pieces;
    sentWhole = 0;
    flush();
  }

  /** The session has ended; what still waits is refused. */
  void detach() {
    channel = null;
    pieces.ifPresent(PieceSender::close);
    List<Post> refused = new ArrayList<>(waiting);
    waiting.clear();
    refused.forEach(post -> post.sent().completeExceptionally(OperatorException.notConnected()));
  }

  /** Completes when the message was handed to the network, or its last piece to the robot. */
  void send(String text, CompletableFuture<Void> sent) {
    if (channel == null) {
      sent.completeExceptionally(OperatorException.notConnected());
    } else if (waiting.size() >= MOST_WAITING) {
      sent.completeExceptionally(
          new OperatorException(
              Code.TOO_MANY_MESSAGES,
              "Messages are sent faster than the path to the robot carries them. Await each."));
    } else {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      waiting.add(new Post(text, bytes > ChannelMessage.WHOLE_MAX_BYTES, sent));
      flush();
    }
  }

  /** Hands over what may go now. To be called when the channel has emptied. */
  void flush() {
    Channel out = channel;
    while (out != null
        && !waiting.isEmpty()
        && !pieces.map(PieceSender::isBusy).orElse(false)
        && out.isOpen()
        && out.bufferedAmount() == 0) {
      Post post = waiting.element();
      if (post.large() && pieces.isPresent()) {
        pieces.get().send(post.text(), sentWhole, this::ended);
        return;
      }
      if (!out.send(post.text())) {
        // Just closing: it was not sent, and detach() says so.
        return;
      }
      sentWhole++;
      waiting.remove();
      post.sent().complete(null);
    }
  }

  private void ended(Outcome outcome) {
    switch (outcome) {
      case TAKEN -> waiting.remove().sent().complete(null);
      // It goes whole, and so do those that follow.
      case UNKNOWN -> pieces = Optional.empty();
      case UNANSWERED ->
          waiting
              .remove()
              .sent()
              .completeExceptionally(
                  new OperatorException(Code.ROBOT_SILENT, "The robot did not take the message."));
    }
    flush();
  }
}
