package dev.farhand.netlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.netlab.experiment.Quick;
import dev.farhand.netlab.experiment.QuickResult;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.Lab;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ./farhand netlab --quick} runs. */
@MachineWithNamespaces
class NetLabTest {
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void the_robot_is_reached_over_every_telling_network_and_stops_when_that_goes() {
    QuickResult result;
    try (Lab lab = Lab.open(new Folders(Path.of(".."), Path.of("target/netlab/test")))) {
      result = new Quick(lab, System.out::println).run();
    }
    assertThat(result.good()).as(result.line()).isTrue();
  }
}
