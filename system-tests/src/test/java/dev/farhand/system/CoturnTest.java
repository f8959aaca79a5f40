package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.netlab.LeftOut;
import dev.farhand.system.turn.Answer;
import dev.farhand.system.turn.Ask;
import dev.farhand.system.turn.Ask.Family;
import dev.farhand.system.turn.Ask.Transport;
import dev.farhand.system.turn.Block;
import dev.farhand.system.turn.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the settings for coturn promise, asked of the real coturn by a client that wants more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoturnTest {
  private static final int GRANTED = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int QUOTA_REACHED = 486;

  private final Path logs = Path.of("target/stands/coturn").toAbsolutePath();
  private final AtomicInteger clients = new AtomicInteger();
  private @Nullable TurnNetwork network;
  private @Nullable Coturn coturn;
  private @Nullable TurnClients near;
  private @Nullable TurnClients far;

  @BeforeAll
  void start() throws IOException {
    Files.createDirectories(logs);
    TurnNetwork.hindrance(logs.resolve("hindrance.log"))
        .ifPresent(why -> LeftOut.because("CoturnTest needs network namespaces, so root", why));
    TurnNetwork made = new TurnNetwork(logs.resolve("network.log"));
    network = made;
    coturn = new Coturn(made.server(), logs.resolve("turnserver.log"));
    near = new TurnClients(made.near(), logs.resolve("near.log"));
    far = new TurnClients(made.far(), logs.resolve("far.log"));
  }

  @AfterAll
  void stop() {
    for (AutoCloseable part :
        Stream.of(near, far, coturn, network).filter(Objects::nonNull).toList()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void the_settings_are_taken_without_a_word_of_warning_and_without_root() {
    String beginning = coturn().output().replaceAll("(?s)Keep UID.*", "");
    assertThat(beginning)
        .contains("Default realm: robots.example.org", "RFC5780 disabled")
        .doesNotContainIgnoringCase("warning")
        .doesNotContain("ERROR", "Bad configuration", "Cannot");
    assertThat(coturn().identities()).hasSize(8).doesNotContain("0");
  }

  @ParameterizedTest
  @CsvSource({"UDP,IPV4", "UDP,IPV6", "TCP,IPV4", "TCP,IPV6", "TLS,IPV4", "TLS,IPV6"})
  void a_fresh_credential_gets_an_address_of_the_server(Transport transport, Family family) {
    Answer answer = near().ask(trusting(Coturn.fresh(name(), transport, family)));
    assertThat(answer.status()).isEqualTo(GRANTED);
    assertThat(address(answer).ip()).isEqualTo(server(family));
    assertThat(address(answer).port()).isBetween(49_152, 65_535);
    assertThat(answer.attributes()).doesNotContain(Answer.SOFTWARE);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nobody_gets_one_without_a_credential(Transport transport) {
    Ask.Allocate ask = trusting(Coturn.fresh(name(), transport, Family.IPV4));
    Answer answer = near().ask(with(ask, null, null));
    assertThat(answer.status()).isEqualTo(UNAUTHORIZED);
    assertThat(answer.attributes()).doesNotContain(Answer.SOFTWARE);
  }

  @Test
  void a_wrong_password_is_refused() {
    Ask.Allocate ask = Coturn.fresh(name(), Transport.UDP, Family.IPV4);
    Answer answer = near().ask(with(ask, ask.user(), ask.password() + "x"));
    assertThat(answer.status()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void a_credential_does_not_last_longer_because_its_user_name_says_so() {
    Ask.Allocate ask =
        Coturn.until(Instant.now().minusSeconds(60), name(), Transport.UDP, Family.IPV4);
    String later = Instant.now().plusSeconds(3600).getEpochSecond() + ":" + ask.client();
    assertThat(near().ask(with(ask, later, ask.password())).status()).isEqualTo(UNAUTHORIZED);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void a_credential_that_has_run_out_is_refused(Transport transport) {
    Ask.Allocate ask = Coturn.until(Instant.now().minusSeconds(60), name(), transport, Family.IPV4);
    assertThat(near().ask(trusting(ask)).status()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void what_relays_already_goes_on_after_its_credential_has_run_out() {
    Endpoint peer = new Endpoint("cb007102", 4242);
    Instant expiry = Instant.now().plusSeconds(5);
    Ask.Allocate ask = Coturn.until(expiry, name(), Transport.UDP, Family.IPV4);
    assertThat(near().ask(ask).status()).isEqualTo(GRANTED);
    Await.until(
        "the credential's end",
        Duration.ofSeconds(10),
        () -> Instant.now().isAfter(expiry.plusSeconds(1)));
    assertThat(near().ask(new Ask.Refresh(ask.client())).status()).isEqualTo(GRANTED);
    assertThat(near().ask(new Ask.Permit(ask.client(), peer)).status()).isEqualTo(GRANTED);
    assertThat(near().ask(ask).status()).as("a new one").isEqualTo(UNAUTHORIZED);
  }

  static List<String> denied() {
    return List.of(
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2002::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8");
  }

  @ParameterizedTest
  @MethodSource("denied")
  void no_peer_is_to_be_had_in(String cidr) {
    Block block = Block.cidr(cidr);
    String client = client(block);
    for (Endpoint peer : block.samples()) {
      assertThat(near().ask(new Ask.Permit(client, peer)).status())
          .as("permission for " + peer)
          .isEqualTo(FORBIDDEN);
      assertThat(near().ask(new Ask.Bind(client, peer)).status())
          .as("channel to " + peer)
          .isEqualTo(FORBIDDEN);
    }
  }

  @ParameterizedTest
  @MethodSource("denied")
  void peers_are_to_be_had_just_outside_of(String cidr) {
    List<Block> all = denied().stream().map(Block::cidr).toList();
    Block block = Block.cidr(cidr);
    String client = client(block);
    block
        .neighbours()
        .filter(peer -> all.stream().noneMatch(other -> other.contains(peer)))
        .forEach(
            peer ->
                assertThat(near().ask(new Ask.Permit(client, peer)).status())
                    .as("permission for " + peer)
                    .isEqualTo(GRANTED));
  }

  @Test
  void nothing_else_is_denied_than_what_is_tested_here() throws IOException {
    List<Block> tested = denied().stream().map(Block::cidr).toList();
    List<String> ranges =
        Files.readString(Coturn.SHIPPED)
            .lines()
            .filter(line -> line.startsWith("denied-peer-ip="))
            .map(line -> line.substring("denied-peer-ip=".length()))
            .toList();
    assertThat(ranges)
        .isNotEmpty()
        .allMatch(range -> tested.stream().anyMatch(block -> block.contains(Block.range(range))));
  }

  @Test
  void one_users_allocations_are_counted_and_others_have_theirs() {
    Ask.Allocate ask = Coturn.fresh(name(), Transport.UDP, Family.IPV4);
    for (int i = 0; i < 120; i++) {
      assertThat(near().ask(ask).status()).as("allocation " + i).isEqualTo(GRANTED);
    }
    assertThat(near().ask(ask).status()).isEqualTo(QUOTA_REACHED);
    Ask.Allocate later =
        Coturn.until(Instant.now().plusSeconds(7200), ask.client(), Transport.UDP, Family.IPV4);
    assertThat(near().ask(later).status())
        .as("a newer credential of the same user")
        .isEqualTo(QUOTA_REACHED);
    assertThat(near().ask(Coturn.fresh(name(), Transport.UDP, Family.IPV4)).status())
        .as("somebody else")
        .isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @CsvSource({
    "UDP,UDP,IPV4",
    "UDP,UDP,IPV6",
    "TCP,UDP,IPV4",
    "TCP,TCP,IPV4",
    "TLS,UDP,IPV4",
    "TLS,TLS,IPV6"
  })
  void two_clients_with_no_way_to_each_other_meet_at_the_server(
      Transport one, Transport other, Family family) {
    String ann = name();
    String rover = name();
    Endpoint annsPlace = address(near().ask(trusting(Coturn.fresh(ann, one, family))));
    Endpoint roversPlace = address(far().ask(trusting(Coturn.fresh(rover, other, family))));
    assertThat(near().ask(new Ask.Permit(ann, roversPlace)).status()).isEqualTo(GRANTED);
    assertThat(far().ask(new Ask.Permit(rover, annsPlace)).status()).isEqualTo(GRANTED);

    deliver(near(), ann, annsPlace, far(), rover, roversPlace, "forward");
    deliver(far(), rover, roversPlace, near(), ann, annsPlace, "0.4 m/s");
  }

  @Test
  void a_renewed_certificate_is_taken_and_what_relays_goes_on() {
    String ann = name();
    String rover = name();
    Endpoint annsPlace =
        address(near().ask(trusting(Coturn.fresh(ann, Transport.TLS, Family.IPV4))));
    Endpoint roversPlace = address(far().ask(Coturn.fresh(rover, Transport.UDP, Family.IPV4)));
    near().ask(new Ask.Permit(ann, roversPlace));
    far().ask(new Ask.Permit(rover, annsPlace));

    coturn().renewCertificate();
    Await.until(
        "the new certificate",
        Duration.ofSeconds(20),
        () ->
            near().ask(trusting(Coturn.fresh(name(), Transport.TLS, Family.IPV4))).status()
                == GRANTED);
    deliver(near(), ann, annsPlace, far(), rover, roversPlace, "still here");
  }

  @Test
  void the_log_tells_no_secrets() {
    Ask.Allocate ask = Coturn.fresh(name(), Transport.UDP, Family.IPV4);
    near().ask(ask);
    near().ask(with(ask, ask.user(), ask.password() + "x"));
    assertThat(coturn().output())
        .doesNotContain(Coturn.SECRET)
        .doesNotContain(String.valueOf(ask.password()));
    assertThat(coturn().alive()).isTrue();
  }

  /** Sends until it has arrived: what is relayed may get lost, as any datagram. */
  private static void deliver(
      TurnClients from,
      String sender,
      Endpoint sendersPlace,
      TurnClients to,
      String receiver,
      Endpoint receiversPlace,
      String text) {
    Answer heard =
        Await.value(
            "'" + text + "' from " + sender,
            Duration.ofSeconds(20),
            () -> {
              from.ask(new Ask.Send(sender, receiversPlace, text));
              Answer answer = to.ask(new Ask.Receive(receiver, 500));
              return answer.status() == GRANTED ? Optional.of(answer) : Optional.empty();
            });
    assertThat(heard.text()).isEqualTo(text);
    assertThat(heard.address()).isEqualTo(sendersPlace);
  }

  /** A client whose address is of the same IP version as the block. */
  private String client(Block block) {
    String client = name();
    Family family = block.isIpv4() ? Family.IPV4 : Family.IPV6;
    assertThat(near().ask(Coturn.fresh(client, Transport.UDP, family)).status()).isEqualTo(GRANTED);
    return client;
  }

  private String name() {
    return "s-" + clients.incrementAndGet() + ".operator";
  }

  private static Endpoint address(Answer answer) {
    assertThat(answer.status()).isEqualTo(GRANTED);
    return Objects.requireNonNull(answer.address());
  }

  private static String server(Family family) {
    return family == Family.IPV4 ? "cb007101" : "20010db8000b00000000000000000001";
  }

  private Ask.Allocate trusting(Ask.Allocate ask) {
    return new Ask.Allocate(
        ask.client(),
        ask.transport(),
        ask.host(),
        ask.port(),
        coturn().certificate().toString(),
        ask.family(),
        ask.user(),
        ask.password());
  }

  private static Ask.Allocate with(
      Ask.Allocate ask, @Nullable String user, @Nullable String password) {
    return new Ask.Allocate(
        ask.client(),
        ask.transport(),
        ask.host(),
        ask.port(),
        ask.trust(),
        ask.family(),
        user,
        password);
  }

  private Coturn coturn() {
    return Objects.requireNonNull(coturn);
  }

  private TurnClients near() {
    return Objects.requireNonNull(near);
  }

  private TurnClients far() {
    return Objects.requireNonNull(far);
  }
}
