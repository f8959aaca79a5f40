package dev.farhand.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void percentiles_are_values_that_were_measured() {
    Samples hundred =
        new Samples(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());
    assertThat(hundred.p50()).isEqualTo(50);
    assertThat(hundred.p99()).isEqualTo(99);
    assertThat(new Samples(List.of(3.0, 1.0, 2.0)).p50()).isEqualTo(2);
    assertThat(new Samples(List.of(3.0, 1.0)).p99()).isEqualTo(3);
    assertThat(new Samples(List.of(7.0)).p50()).isEqualTo(7);
  }

  @Test
  void nothing_measured_has_no_percentiles() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
  }
}
