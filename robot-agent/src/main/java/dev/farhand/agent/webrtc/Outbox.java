package dev.farhand.agent.webrtc;

import dev.farhand.protocol.ChannelMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends over the reliable default channel, one message at a time: the next is handed over when the
 * last has left, so that nothing large stands in the way of what is newer on other channels. What
 * is sent before there is a channel waits for it. Confined to the peer's executor.
 */
public final class Outbox {
  /** Messages that may wait; who produces more than the path carries hears of it. */
  public static final int MAX_WAITING = 1024;

  private final long mostLetters;
  private final Queue<Letter> waiting = new ArrayDeque<>();
  private long letters;
  private @Nullable Channel channel;

  /**
   * Nothing waits yet.
   *
   * @param mostLetters that may wait, over all messages
   */
  public Outbox(long mostLetters) {
    this.mostLetters = mostLetters;
  }

  /** Of what waits, only the number is bounded. */
  Outbox() {
    this(Long.MAX_VALUE);
  }

  /** From now on it sends; the channel's listener calls {@link #flush} on opening and draining. */
  public void attach(Channel defaultChannel) {
    channel = defaultChannel;
    flush();
  }

  /** Whether this text may be sent at once. */
  public static boolean fits(String text) {
    return text.length() <= ChannelMessage.DEFAULT_MAX_BYTES
        && text.getBytes(StandardCharsets.UTF_8).length <= ChannelMessage.DEFAULT_MAX_BYTES;
  }

  /**
   * Sends it, or keeps it until its turn comes.
   *
   * @return false if too many wait already
   */
  public boolean add(String text) {
    return add(text, new CompletableFuture<>());
  }

  /** The same; {@code sent} completes when it was handed over and there is room for the next. */
  boolean add(String text, CompletableFuture<Void> sent) {
    if (waiting.size() >= MAX_WAITING || letters + text.length() > mostLetters) {
      return false;
    }
    letters += text.length();
    waiting.add(new Letter(text, sent));
    flush();
    return true;
  }

  /** Drops what waits: it will never be sent. */
  void fail(Throwable cause) {
    waiting.forEach(letter -> letter.sent.completeExceptionally(cause));
    waiting.clear();
    letters = 0;
  }

  /** Hands over what may go now. */
  public void flush() {
    Channel out = channel;
    while (out != null && !waiting.isEmpty() && out.isOpen() && out.bufferedAmount() == 0) {
      Letter letter = waiting.element();
      if (!out.send(letter.text)) {
        // Just closing: it was not sent, and whoever ends the channel says so.
        return;
      }
      waiting.remove();
      letters -= letter.text.length();
      letter.sent.complete(null);
    }
  }

  private record Letter(String text, CompletableFuture<Void> sent) {}
}
