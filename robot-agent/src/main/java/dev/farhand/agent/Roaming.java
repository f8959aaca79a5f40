package dev.farhand.agent;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.agent.signaling.AddressWatch;
import dev.farhand.agent.signaling.Recovery;
import dev.farhand.agent.signaling.SignalClient;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What the agent does when the machine comes from one network to another. Confined to the agent's
 * loop.
 */
final class Roaming {
  /** As long as it takes to find out what a new way to the server has done to the old one. */
  private static final long DETOUR_MILLIS = 2000;

  private final ScheduledExecutorService loop;
  private final SignalClient signal;
  private final Runnable moved;

  /** Set for a while after there has come a new way to the server. */
  private final Alarm detour;

  private Optional<AddressWatch> addresses = Optional.empty();

  /**
   * @param moved called when packets bear another address from now on
   */
  Roaming(ScheduledExecutorService loop, SignalClient signal, Runnable moved) {
    this.loop = loop;
    this.signal = signal;
    this.moved = moved;
    this.detour = new Alarm(loop);
  }

  /**
   * Begins to watch the machine's addresses, if recovery is the agent's business.
   *
   * @param changed called on any thread; to be handed to {@link #changed} on the loop
   */
  void watch(URI server, Consumer<AddressWatch.Change> changed) {
    addresses = AddressWatch.towards(server, changed);
  }

  /** The machine's addresses have changed. */
  void changed(AddressWatch.Change change) {
    if (change == AddressWatch.Change.WENT) {
      detour.cancel();
      moved.run();
      signal.reconnect();
    } else if (signal.isRegistered()) {
      // Packets may take the new way now, and be lost there: they bear the old address.
      detour.set(DETOUR_MILLIS, () -> {});
      signal.probe();
    } else {
      signal.reconnect();
    }
  }

  /** The server knows the robot. */
  void registered() {
    addresses.ifPresent(AddressWatch::renew);
  }

  /** The server is lost. The sessions live on without it, unless it was lost to a new way. */
  void lost() {
    if (detour.isSet()) {
      detour.cancel();
      moved.run();
      // This is called while the line ends.
      loop.execute(signal::reconnect);
    }
  }

  /** Something that should come does not: what else is lost should be known soon. */
  void fallenSilent() {
    if (Recovery.isOurs()) {
      signal.probe();
    }
  }

  void close() {
    addresses.ifPresent(AddressWatch::close);
  }
}
