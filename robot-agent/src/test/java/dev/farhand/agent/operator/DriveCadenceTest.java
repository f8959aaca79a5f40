package dev.farhand.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is sent right after Arm, on a clock that the test moves; each test is one turn of a loop.
 */
class DriveCadenceTest {
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong now = new AtomicLong(5_000_000_000L);
  private final List<Double> sent = new ArrayList<>();
  private final DriveCadence cadence =
      new DriveCadence(loop, now::get, (linear, angular) -> sent.add(linear));

  @AfterEach
  void end() {
    loop.shutdownNow();
  }

  @Test
  void rule_3_what_begins_right_after_arm_shows_neutral_until_the_robot_has_seen_it()
      throws Exception {
    onLoop(
        () -> {
          latchedWhileDriving();
          drives(0);
          cadence.arming();
          sent.clear();
          drives(1);
          drives(0.9);
          assertThat(sent).containsExactly(0.0, 0.0);
          cadence.lease(true, true);
          assertThat(sent).endsWith(0.9);
        });
  }

  @Test
  void rule_3_what_is_held_when_arm_is_pressed_is_no_neutral() throws Exception {
    onLoop(
        () -> {
          latchedWhileDriving();
          sent.clear();
          drives(0.9);
          cadence.arming();
          drives(0.8);
          assertThat(sent).containsExactly(0.9, 0.8);
        });
  }

  /** Well within the second in which the lease is asked for with neutral. */
  private void latchedWhileDriving() {
    cadence.start();
    drives(1);
    cadence.lease(true, true);
    assertThat(sent).containsExactly(0.0, 1.0);
    cadence.lease(true, false);
  }

  private void drives(double linear) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(30));
    cadence.drive(linear, 0);
  }

  private void onLoop(Runnable test) throws Exception {
    loop.submit(test).get(10, TimeUnit.SECONDS);
  }
}
