package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.ChannelMessage.Cause;
import org.junit.jupiter.api.Test;

class MotionLinesTest {
  private final MotionLines lines = new MotionLines();

  @Test
  void one_line_is_outstanding_and_the_newest_motion_replaces_the_one_that_waits() {
    lines.motion(0.1, 0, 100);
    assertThat(lines.next(0)).contains(new ToDriver.Motion(1, 0.1, 0, 100));
    lines.motion(0.2, 0, 100);
    lines.motion(0.3, 0, 100);
    assertThat(lines.next(0)).isEmpty();
    assertThat(lines.acknowledged(1)).isTrue();
    assertThat(lines.next(0)).contains(new ToDriver.Motion(2, 0.3, 0, 100));
    assertThat(lines.acknowledged(2)).isTrue();
    assertThat(lines.next(0)).isEmpty();
  }

  @Test
  void stop_takes_the_place_of_a_motion_that_waits() {
    lines.motion(0.1, 0, 100);
    lines.next(0);
    lines.motion(0.2, 0, 100);
    lines.stop(Cause.STOP_PRESSED);
    lines.acknowledged(1);
    assertThat(lines.next(0)).contains(new ToDriver.Stop(2, Cause.STOP_PRESSED));
    lines.acknowledged(2);
    assertThat(lines.next(0)).isEmpty();
  }

  @Test
  void a_motion_after_a_stop_comes_after_it() {
    lines.motion(0.1, 0, 100);
    lines.next(0);
    lines.stop(Cause.COMMANDS_LATE);
    lines.motion(0.2, 0, 100);
    lines.acknowledged(1);
    assertThat(lines.next(0)).contains(new ToDriver.Stop(2, Cause.COMMANDS_LATE));
    lines.acknowledged(2);
    assertThat(lines.next(0)).contains(new ToDriver.Motion(3, 0.2, 0, 100));
  }

  @Test
  void a_motion_that_waited_past_its_time_is_not_sent() {
    lines.motion(0.1, 0, 100);
    assertThat(lines.next(100)).isEmpty();
    lines.motion(0.2, 0, 200);
    assertThat(lines.next(100)).isPresent();
  }

  @Test
  void only_the_outstanding_line_can_be_acknowledged() {
    assertThat(lines.acknowledged(1)).isFalse();
    lines.stop(Cause.IDLE);
    lines.next(0);
    assertThat(lines.acknowledged(2)).isFalse();
    assertThat(lines.acknowledged(1)).isTrue();
    assertThat(lines.acknowledged(1)).isFalse();
  }
}
