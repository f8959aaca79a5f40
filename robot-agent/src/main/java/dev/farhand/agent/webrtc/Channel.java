package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** One data channel of a {@link Peer}. Confined to the peer's executor. */
public final class Channel {
  /** What happens on a channel; called on the peer's executor. */
  public interface Listener {
    default void opened() {}

    default void text(String message) {}

    /** A binary message, whose content is dropped: Farhand sends none, and reads none. */
    default void binary() {}

    /** Everything that was sent has left. */
    default void drained() {}

    default void closed() {}
  }

  private final Peer peer;
  private final RTCDataChannel channel;
  private final String label;
  private final AtomicLong received;
  private Listener listener = new Listener() {};
  private boolean open;
  private boolean disposed;

  Channel(Peer peer, RTCDataChannel channel, AtomicLong received) {
    this.peer = peer;
    this.channel = channel;
    this.label = channel.getLabel();
    this.received = received;
  }

  public String label() {
    return label;
  }

  /** Replaces the listener; says {@code opened} at once if it is open already. */
  public void listen(Listener listener) {
    this.listener = listener;
    if (open) {
      listener.opened();
    }
  }

  public boolean isOpen() {
    return open && !disposed;
  }

  /**
   * Sends one text message.
   *
   * @return false if the channel is not open, or no longer
   */
  public boolean send(String text) {
    return send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  boolean send(ByteBuffer bytes, boolean binary) {
    // Asked anew: it may be closing, of which we hear later, and the library drops what is sent
    // then without a word.
    if (!isOpen() || channel.getState() != RTCDataChannelState.OPEN) {
      return false;
    }
    try {
      channel.send(new RTCDataChannelBuffer(bytes, binary));
      return true;
    } catch (Exception e) {
      // Libwebrtc's own 16 MiB are full; it was not sent.
      return false;
    }
  }

  /** Bytes that were sent and have not left yet. */
  public long bufferedAmount() {
    return disposed ? 0 : channel.getBufferedAmount();
  }

  /** Closes this channel only. */
  public void close() {
    if (!disposed) {
      channel.close();
    }
  }

  /** From any thread; in {@code onDataChannel} too, before the first message can come. */
  void observe() {
    channel.registerObserver(
        new RTCDataChannelObserver() {
          @Override
          public void onBufferedAmountChange(long previousAmount) {
            peer.handOver(Channel.this::bufferedAmountChanged);
          }

          @Override
          public void onStateChange() {
            peer.handOver(Channel.this::stateChanged);
          }

          @Override
          public void onMessage(RTCDataChannelBuffer buffer) {
            received.incrementAndGet();
            if (buffer.data.remaining() > Peer.MAX_MESSAGE_BYTES) {
              peer.overrun(Peer.Overrun.TOO_LARGE);
            } else if (!buffer.binary) {
              // The buffer is libwebrtc's own and gone when this returns.
              byte[] bytes = new byte[buffer.data.remaining()];
              buffer.data.get(bytes);
              peer.handOverMessage(bytes.length, () -> received(bytes));
            } else {
              peer.handOverMessage(0, () -> binary());
            }
          }
        });
  }

  void stateChanged() {
    if (disposed) {
      return;
    }
    RTCDataChannelState state = channel.getState();
    if (state == RTCDataChannelState.OPEN && !open) {
      open = true;
      listener.opened();
    } else if (state == RTCDataChannelState.CLOSED && open) {
      open = false;
      listener.closed();
    }
  }

  void dispose() {
    if (!disposed) {
      disposed = true;
      open = false;
      channel.unregisterObserver();
      Disposal.of(channel);
    }
  }

  private void bufferedAmountChanged() {
    if (isOpen() && channel.getBufferedAmount() == 0) {
      listener.drained();
    }
  }

  private void binary() {
    if (!disposed) {
      listener.binary();
    }
  }

  private void received(byte[] bytes) {
    if (!disposed) {
      listener.text(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
