package dev.farhand.agent.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.signaling.AddressWatch.Change;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AddressWatchTest {
  private static final String WIFI = "192.168.1.24";
  private static final String MOBILE = "10.64.0.7";

  private record Network(Set<InetAddress> addresses, Optional<InetAddress> route) {}

  private final Semaphore looks = new Semaphore(0);
  private final BlockingQueue<Change> told = new LinkedBlockingQueue<>();
  private volatile Network network = network(WIFI, WIFI);
  private final AddressWatch watch =
      AddressWatch.start(() -> network.addresses(), this::route, told::add);

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void a_used_address_that_goes_is_told_at_once() throws Exception {
    looks.acquire(3);
    network = network(MOBILE, MOBILE);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.WENT);
    // It is told before the look has ended, which would see half of the next change.
    isQuiet();
    network = new Network(Set.of(), Optional.empty());
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.WENT);
    network = network(WIFI, WIFI);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.CAME);
    isQuiet();
  }

  @Test
  void a_lost_carrier_is_told_once_though_the_route_still_leads_over_it() throws Exception {
    looks.acquire(3);
    network = new Network(Set.of(), Optional.of(address(WIFI)));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.WENT);
    isQuiet();
    watch.renew();
    isQuiet();
    network = network(WIFI, WIFI);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.CAME);
    isQuiet();
  }

  @Test
  void other_addresses_may_come_and_go() throws Exception {
    looks.acquire(3);
    network = network(WIFI, WIFI, "172.17.0.1");
    isQuiet();
    network = network(WIFI, WIFI);
    isQuiet();
  }

  @Test
  void a_better_way_is_told_and_matters_once_there_is_a_line_over_it() throws Exception {
    looks.acquire(3);
    network = network(MOBILE, MOBILE, WIFI);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.CAME);
    network = network(WIFI, WIFI);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.CAME);
    network = network(MOBILE, MOBILE, WIFI);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Change.CAME);
    watch.renew();
    isQuiet();
    network = network(WIFI, WIFI);
    Change change = told.poll(10, TimeUnit.SECONDS);
    // A look that the change came into has seen the new route, and the old addresses still.
    assertThat(change == Change.CAME ? told.poll(10, TimeUnit.SECONDS) : change)
        .isEqualTo(Change.WENT);
    isQuiet();
  }

  @Test
  void the_route_to_this_machine_begins_at_this_machine() {
    assertThat(new Route(URI.create("ws://127.0.0.1:8080")).source())
        .contains(InetAddress.getLoopbackAddress());
    assertThat(AddressWatch.ofThisMachine()).contains(InetAddress.getLoopbackAddress());
    assertThat(new Route(URI.create("ws://nowhere.invalid")).source()).isEmpty();
  }

  /** Three looks later nothing was told. */
  private void isQuiet() throws InterruptedException {
    looks.drainPermits();
    looks.acquire(3);
    assertThat(told).isEmpty();
  }

  private Optional<InetAddress> route() {
    looks.release();
    return network.route();
  }

  private static Network network(String route, String... addresses) {
    return new Network(
        Arrays.stream(addresses).map(AddressWatchTest::address).collect(Collectors.toSet()),
        Optional.of(route).map(AddressWatchTest::address));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
