package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.diozero.api.RuntimeIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SoftwarePwmTest {
  private final Line line = new Line();

  @Test
  void a_share_of_the_time_is_high() {
    try (SoftwarePwm pwm = new SoftwarePwm()) {
      Output output = pwm.pulsing(line, 100);
      output.set(0.3);
      await(() -> line.edges.size() > 60);
      // Before it is set to 0, which writes that whatever the line is.
      List<Edge> edges = List.copyOf(line.edges);
      output.set(0);
      long high = 0;
      for (int i = 1; i < edges.size(); i++) {
        assertThat(edges.get(i).high).isNotEqualTo(edges.get(i - 1).high);
        high += edges.get(i).high ? 0 : edges.get(i).at - edges.get(i - 1).at;
      }
      double share = (double) high / (edges.get(edges.size() - 1).at - edges.get(0).at);
      // Wide, since other programs have this machine too: 0.1 or 0.9 would be another duty.
      assertThat(share).isBetween(0.15, 0.6);
    }
  }

  @Test
  void off_is_written_before_set_returns_and_nothing_follows() {
    try (SoftwarePwm pwm = new SoftwarePwm()) {
      Output output = pwm.pulsing(line, 400);
      for (int i = 0; i < 50; i++) {
        int edges = line.edges.size();
        output.set(0.9);
        await(() -> line.edges.size() > edges + 1);
        output.set(0);
        int then = line.edges.size();
        assertThat(line.edges.get(then - 1).high).isFalse();
        output.set(0);
        assertThat(line.edges).hasSize(then + 1);
      }
    }
  }

  @Test
  void full_power_is_no_pulse() {
    try (SoftwarePwm pwm = new SoftwarePwm()) {
      Output output = pwm.pulsing(line, 400);
      output.set(0.5);
      await(() -> line.edges.size() > 4);
      output.set(1);
      int then = line.edges.size();
      assertThat(line.edges.get(then - 1).high).isTrue();
      output.set(1);
      assertThat(line.edges).hasSize(then + 1);
    }
  }

  @Test
  void a_write_that_fails_in_between_is_told_and_the_pulses_end() {
    try (SoftwarePwm pwm = new SoftwarePwm()) {
      Output output = pwm.pulsing(line, 100);
      output.set(0.5);
      pwm.check();
      line.broken = true;
      await(() -> line.failed > 1);
      line.broken = false;
      await(() -> failing(pwm));
      assertThatThrownBy(pwm::check).hasMessageContaining("the line is broken");
      int then = line.edges.size();
      output.set(0);
      assertThat(line.edges).hasSize(then + 1);
    }
  }

  @Test
  void a_write_that_fails_at_once_is_thrown() {
    try (SoftwarePwm pwm = new SoftwarePwm()) {
      Output output = pwm.pulsing(line, 100);
      line.broken = true;
      assertThatThrownBy(() -> output.set(0.5)).hasMessageContaining("the line is broken");
    }
  }

  private static boolean failing(SoftwarePwm pwm) {
    try {
      pwm.check();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private record Edge(boolean high, long at) {}

  /** A pin that remembers when it was switched. */
  private static final class Line implements Output {
    final List<Edge> edges = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    volatile int failed;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only one thread writes.
    public void set(double duty) {
      if (broken) {
        failed++;
        throw new RuntimeIOException("the line is broken");
      }
      edges.add(new Edge(duty > 0, System.nanoTime()));
    }

    @Override
    public void close() {}
  }
}
