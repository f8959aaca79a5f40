package dev.farhand.signaling;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections of any kind, whatever they say or keep to themselves, so that nobody takes all
 * file descriptors of the process. Any thread.
 */
final class Turnstile {
  private final AtomicInteger inside = new AtomicInteger();
  private final AddressBook addresses;
  private final int most;

  Turnstile(int most, int mostPerAddress) {
    this.most = most;
    this.addresses = new AddressBook(mostPerAddress);
  }

  /** Counts one more; whether it may stay. In any case, {@link #leave} takes it off. */
  boolean enter(String address) {
    boolean room = inside.incrementAndGet() <= most;
    return addresses.enter(address) && room;
  }

  void leave(String address) {
    inside.decrementAndGet();
    addresses.leave(address);
  }
}
