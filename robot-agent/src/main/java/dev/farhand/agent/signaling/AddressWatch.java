package dev.farhand.agent.signaling;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells when the robot has come to another network: Wi-Fi out of reach, a modem that dials in
 * again. Other addresses, those of containers for one, may come and go. Looks on a thread of its
 * own, because asking the system can take a while.
 */
public final class AddressWatch implements AutoCloseable {
  /** A look takes a fraction of a millisecond; what is driven should not wait for the next. */
  private static final long LOOK_MILLIS = 200;

  /** What has changed. */
  public enum Change {
    /** There is a way to the server again, or another beside the one that is used. */
    CAME,
    /** The address that the server knew the robot by is there no more. */
    WENT
  }

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "farhand-addresses");
            made.setDaemon(true);
            return made;
          });
  private final Supplier<Set<InetAddress>> addresses;
  private final Supplier<Optional<InetAddress>> route;
  private final Consumer<Change> tell;
  private Optional<InetAddress> used = Optional.empty();
  private Optional<InetAddress> seen = Optional.empty();

  private AddressWatch(
      Supplier<Set<InetAddress>> addresses,
      Supplier<Optional<InetAddress>> route,
      Consumer<Change> tell) {
    this.addresses = addresses;
    this.route = route;
    this.tell = tell;
  }

  /**
   * Begins to look.
   *
   * @param addresses all that this machine has, see {@link #ofThisMachine}
   * @param route the one that packets to the server come from
   * @param tell called on the watch's thread, as the suppliers are
   */
  public static AddressWatch start(
      Supplier<Set<InetAddress>> addresses,
      Supplier<Optional<InetAddress>> route,
      Consumer<Change> tell) {
    AddressWatch watch = new AddressWatch(addresses, route, tell);
    watch.renew();
    Future<?> unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  /**
   * Begins to look at this machine and its way to a server; empty if recovery is left to libwebrtc.
   *
   * @param tell called on the watch's thread
   */
  public static Optional<AddressWatch> towards(URI server, Consumer<Change> tell) {
    if (!Recovery.isOurs()) {
      return Optional.empty();
    }
    Route route = new Route(server);
    return Optional.of(start(AddressWatch::ofThisMachine, route::source, tell));
  }

  /** Addresses of interfaces that are up and have a carrier. */
  public static Set<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(AddressWatch::carries)
          .flatMap(NetworkInterface::inetAddresses)
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      // So Java says that there is no interface at all.
      return Set.of();
    }
  }

  /** There is a new line to the server: from now on its address is the one that counts. */
  public void renew() {
    try {
      thread.execute(
          () -> {
            used = way(addresses.get());
            seen = used;
          });
    } catch (RejectedExecutionException e) {
      // The agent ends.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    Set<InetAddress> now = addresses.get();
    if (used.isPresent() && !now.contains(used.get())) {
      // Told first: asking for the route may wait for a name server that is gone as well.
      tell.accept(Change.WENT);
      seen = way(now);
      used = seen;
      return;
    }
    Optional<InetAddress> before = seen;
    seen = way(now);
    if (seen.isPresent() && !seen.equals(before)) {
      used = used.isPresent() ? used : seen;
      tell.accept(Change.CAME);
    }
  }

  /** A route may lead over an address whose carrier is lost: that is none. */
  private Optional<InetAddress> way(Set<InetAddress> now) {
    return route.get().filter(now::contains);
  }

  private static boolean carries(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      // It has gone between two questions.
      return false;
    }
  }
}
