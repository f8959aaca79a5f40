package dev.farhand.agent.webrtc;

/** The undo of a subscription. Any thread; a second time does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
