package dev.farhand.netlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.netlab.net.NatKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That {@code docs/networks.md} has a place for everything. */
class NetworksPageTest {
  private static final Path PAGE = Path.of("../docs/networks.md");

  @ParameterizedTest
  @EnumSource
  void every_experiment_has_a_place_for_its_tables(Experiment experiment) throws IOException {
    assertThat(Files.readString(PAGE))
        .containsOnlyOnce("<!-- netlab " + experiment + " -->\n")
        .contains("./farhand netlab " + experiment);
  }

  @ParameterizedTest
  @EnumSource
  void every_kind_of_network_is_explained(NatKind kind) throws IOException {
    assertThat(Files.readString(PAGE)).contains("| `" + kind.word() + "` |");
  }
}
