package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.Namespace;
import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.robot.Deed;
import java.time.Duration;
import java.util.Optional;

/**
 * A host whose Wi-Fi goes, with its address, while a rover is in motion; 4G takes over: another
 * address, behind another NAT. One thread.
 *
 * @param wifi which goes first if it is there
 */
record Handover(Uplink wifi) {
  private static final Duration MOVING = Duration.ofSeconds(1);
  private static final Duration STOPPING = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So long nothing has happened that could still be an effect of the change. */
  private static final Duration UNDISTURBED = Duration.ofSeconds(5);

  /** Makes a host with both networks, which goes by its Wi-Fi. */
  static Handover prepare(Lab lab, Side side, String name) {
    Namespace host = lab.internet().namespace(name);
    Uplink wifi =
        Uplink.add(lab.internet(), side, host, "wlan0", NatKind.PORT_RESTRICTED, 100, false);
    Uplink.add(lab.internet(), side, host, "wwan0", NatKind.SYMMETRIC, 700, false);
    return new Handover(wifi);
  }

  /** Takes the Wi-Fi away and watches. */
  Change away(Ride ride) {
    Await.pause(MOVING);
    long cut = System.nanoTime();
    wifi.down();
    return watch(ride, cut, ride.next(Deed.What.STOP, cut, STOPPING).orElseThrow());
  }

  /** Gives it back and watches. */
  Change back(Ride ride) {
    Await.pause(MOVING);
    long there = System.nanoTime();
    wifi.up();
    return ride.next(Deed.What.STOP, there, UNDISTURBED)
        .map(stop -> watch(ride, there, stop))
        .orElse(Change.NONE);
  }

  private static Change watch(Ride ride, long since, Deed stop) {
    Optional<Deed> go = ride.next(Deed.What.GO, stop.at(), PATIENCE);
    // Once it is driven again there is nothing to wait for.
    Optional<Deed> rest =
        ride.next(Deed.What.REST, stop.at(), go.isEmpty() ? STOPPING : Duration.ZERO)
            .filter(deed -> go.isEmpty() || deed.at() < go.orElseThrow().at());
    return new Change(
        millis(stop.last(), stop.at()),
        millis(since, stop.at()),
        rest.stream().mapToDouble(deed -> millis(since, deed.at())).findFirst(),
        go.stream().mapToDouble(deed -> millis(since, deed.at())).findFirst());
  }

  private static double millis(long from, long to) {
    return (to - from) / 1e6;
  }
}
