package dev.farhand.netlab.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.netlab.MachineWithNamespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the lab's NATs and links are what they are called: the kernel's, seen from both sides. */
@MachineWithNamespaces
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatsTest {
  private static final Path SCRIPTS = Path.of("netlab").toAbsolutePath();
  private static final String ONE = "198.51.100.10";
  private static final String OTHER = "198.51.100.20";

  // Made before the tests.
  @SuppressWarnings("NullAway.Init")
  private Internet internet;

  @SuppressWarnings("NullAway.Init")
  private Namespace one;

  @SuppressWarnings("NullAway.Init")
  private Namespace other;

  @BeforeAll
  void makeInternet() {
    internet = Internet.make(SCRIPTS);
    one = internet.host("one", ONE);
    other = internet.host("other", OTHER);
  }

  @AfterAll
  void removeInternet() {
    internet.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_nat_is_of_its_kind(NatKind kind) {
    assertThat(check(Uplink.of(internet, Side.ROBOT, kind.word(), kind)))
        .isEqualTo(NatCheck.expected(kind));
  }

  @Test
  void a_cut_uplink_carries_nothing_until_it_is_mended() {
    Uplink uplink = Uplink.of(internet, Side.OPERATOR, "cut", NatKind.PORT_RESTRICTED);
    uplink.cut();
    assertThat(check(uplink)).isEqualTo(new NatCheck("blocked", "blocked"));
    uplink.mend();
    assertThat(check(uplink)).isEqualTo(NatCheck.expected(NatKind.PORT_RESTRICTED));
  }

  @Test
  void a_link_loses_what_it_is_told_to_lose() {
    Uplink uplink = Uplink.linked(internet, Side.OPERATOR, "link", NatKind.PORT_RESTRICTED);
    Link link = uplink.link().orElseThrow();
    link.set("{\"delay\": 20, \"jitter\": 5, \"rate\": 300}");
    assertThat(check(uplink)).isEqualTo(NatCheck.expected(NatKind.PORT_RESTRICTED));
    link.set("{\"there\": {\"loss\": 100}}");
    assertThat(check(uplink)).isEqualTo(new NatCheck("blocked", "blocked"));
  }

  private NatCheck check(Uplink uplink) {
    return NatCheck.of(SCRIPTS, uplink, one, ONE, other, OTHER);
  }
}
