package dev.farhand.agent.webrtc;

import dev.farhand.protocol.ChannelMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends over the reliable default channel, one message at a time: the next is handed over when the
 * last has left, so that nothing large stands in the way of what is newer on other channels.
 * Confined to the peer's executor.
 */
public final class Outbox {
  /** Messages that may wait; who produces more than the path carries hears of it. */
  public static final int MAX_WAITING = 1024;

  private final Queue<String> waiting = new ArrayDeque<>();
  private final Channel channel;

  /** For this channel; its listener must call {@link #flush} when it opens and when it drains. */
  public Outbox(Channel channel) {
    this.channel = channel;
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
    if (waiting.size() >= MAX_WAITING) {
      return false;
    }
    waiting.add(text);
    flush();
    return true;
  }

  /** Hands over what may go now. */
  public void flush() {
    while (!waiting.isEmpty() && channel.isOpen() && channel.bufferedAmount() == 0) {
      channel.send(waiting.remove());
    }
  }
}
