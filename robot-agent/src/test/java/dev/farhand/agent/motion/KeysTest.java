package dev.farhand.agent.motion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The safety rules for keys of RTCBot pages, each by name, on a clock that the test moves. */
class KeysTest {
  private static final KeyMap ARROWS =
      new KeyMap(
          Map.of(
              "w", new KeyMap.Push(1, 0),
              "s", new KeyMap.Push(-1, 0),
              "a", new KeyMap.Push(0, 0.6),
              "ArrowUp", new KeyMap.Push(0.5, 0.6)),
          Duration.ofMillis(300));

  private final Yard yard = new Yard(MotionSettings.DEFAULTS.with(ARROWS));
  private final KeyPage pia = KeyPage.settled(yard, "pia", Role.DRIVER);

  // Rule 1: only what robot.yaml names, only from who may drive.

  @Test
  void rule_1_a_mapped_key_moves_the_robot_and_is_no_message() {
    assertThat(pia.down("w")).isTrue();
    assertThat(yard.lastMotion().linear()).isEqualTo(1);
    assertThat(pia.state().cause()).isEqualTo(Cause.DRIVEN);
    assertThat(pia.up("w")).isTrue();
    assertThat(yard.lastMotion().linear()).isZero();
    assertThat(pia.state().cause()).isEqualTo(Cause.NEUTRAL);
    assertThat(yard.stops()).isEmpty();
  }

  @Test
  void rule_1_without_a_mapping_no_key_moves_anything_and_all_are_messages() {
    Yard plain = new Yard();
    KeyPage page = KeyPage.settled(plain, "pia", Role.OWNER);
    assertThat(page.down("w")).isFalse();
    assertThat(plain.motions()).isEmpty();
    assertThat(page.state().driver()).isNull();
  }

  @Test
  void rule_1_other_keys_stay_messages() {
    assertThat(pia.down("h")).isFalse();
    assertThat(pia.up("h")).isFalse();
    assertThat(yard.motions()).isEmpty();
  }

  @Test
  void rule_1_viewers_and_the_departed_move_nothing() {
    KeyPage vic = KeyPage.settled(yard, "vic", Role.VIEWER);
    assertThat(vic.down("w")).isFalse();
    pia.down("w");
    yard.arbiter.closed(pia.seat().session());
    yard.forgetMotions();
    pia.up("w");
    pia.down("w");
    assertThat(yard.motions()).isEmpty();
    assertThat(yard.stops()).containsExactly(Cause.SESSION_LOST);
  }

  @Test
  void rule_1_several_keys_add_up_and_opposite_ones_cancel() {
    pia.down("w");
    pia.down("a");
    assertThat(yard.lastMotion().linear()).isEqualTo(1);
    assertThat(yard.lastMotion().angular()).isEqualTo(0.6);
    pia.down("arrowup");
    assertThat(yard.lastMotion().angular()).as("no more than 1").isEqualTo(1);
    pia.up("ArrowUp");
    pia.up("a");
    pia.down("s");
    assertThat(yard.lastMotion().linear()).isZero();
  }

  @Test
  void rule_1_a_key_that_goes_down_with_shift_and_up_without_is_up() {
    pia.down("W");
    pia.up("w");
    assertThat(yard.arbiter.moving()).isFalse();
    pia.down("w");
    assertThat(yard.arbiter.moving()).isTrue();
  }

  // Rule 2: fresh, or stop.

  @Test
  void rule_2_a_press_counts_for_so_long_and_no_longer() {
    pia.down("w");
    yard.passes(299);
    assertThat(yard.arbiter.moving()).isTrue();
    yard.passes(1);
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(yard.stops()).containsExactly(Cause.COMMANDS_LATE);
  }

  @Test
  void rule_2_a_held_key_that_is_repeated_goes_on_and_its_driver_hears_of_it() {
    pia.down("w");
    yard.forgetMotions();
    pia.holds("w", 3000);
    assertThat(yard.arbiter.moving()).isTrue();
    assertThat(yard.motions()).hasSizeGreaterThan(40);
    assertThat(yard.lastMotion().until()).isLessThanOrEqualTo(yard.now() + millis(300));
  }

  @Test
  void rule_2_a_long_hold_is_told_to_the_driver_again_and_again_and_ends_in_time() {
    Yard patient =
        new Yard(MotionSettings.DEFAULTS.with(new KeyMap(ARROWS.pushes(), Duration.ofSeconds(1))));
    KeyPage page = KeyPage.settled(patient, "pia", Role.DRIVER);
    page.down("w");
    long end = patient.now() + millis(1000);
    patient.passes(999);
    assertThat(patient.arbiter.moving()).isTrue();
    assertThat(patient.motions()).hasSizeGreaterThan(15);
    assertThat(patient.motions())
        .allSatisfy(moved -> assertThat(moved.until()).isLessThanOrEqualTo(end));
    patient.passes(1);
    assertThat(patient.stops()).containsExactly(Cause.COMMANDS_LATE);
  }

  @Test
  void rule_2_one_of_two_keys_that_falls_silent_stops_both() {
    pia.down("w");
    yard.passes(200);
    pia.down("a");
    yard.passes(100);
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(yard.stops()).containsExactly(Cause.COMMANDS_LATE);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 20, 60})
  void rule_2_a_queue_that_empties_after_a_cut_moves_nothing(long apart) {
    yard.passes(60_000);
    pia.cut();
    for (int i = 0; i < 20; i++) {
      pia.down("w");
      yard.passes(100);
      pia.up("w");
      yard.passes(100);
    }
    yard.passes(400);
    pia.heals(apart);
    assertThat(yard.motions()).allMatch(moved -> moved.linear() == 0);
    assertThat(yard.arbiter.moving()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 20})
  void rule_2_a_queue_is_not_believed_either_when_nothing_came_before_it(long apart) {
    KeyPage late = new KeyPage(yard, "late", Role.DRIVER);
    late.cut();
    for (int i = 0; i < 20; i++) {
      late.down("w");
      yard.passes(100);
      late.up("w");
      yard.passes(100);
    }
    yard.forgetMotions();
    late.heals(apart);
    assertThat(yard.motions()).isEmpty();
    late.down("w");
    late.up("w");
    yard.passes(1000);
    late.down("w");
    assertThat(yard.arbiter.moving()).as("what comes at once, a second later").isTrue();
  }

  @Test
  void rule_2_a_late_letting_go_still_ends_its_motion() {
    pia.down("w");
    pia.cut();
    pia.up("w");
    yard.passes(200);
    pia.heals(0);
    assertThat(yard.arbiter.moving()).isFalse();
  }

  @Test
  void rule_2_a_page_whose_clock_runs_a_little_slow_drives_on_for_hours() {
    for (int hour = 0; hour < 12; hour++) {
      yard.jumps(3_600_000);
      pia.clockLoses(90);
      pia.down("w");
      assertThat(yard.arbiter.moving()).isTrue();
      pia.up("w");
    }
  }

  @Test
  void rule_2_a_page_whose_computer_slept_moves_nothing_any_more() {
    pia.clockLoses(2000);
    pia.down("w");
    pia.up("w");
    yard.passes(40_000);
    pia.down("w");
    assertThat(yard.motions()).isEmpty();
  }

  // Rule 3: neutral first.

  @Test
  void rule_3_the_first_press_of_a_session_moves_nothing() {
    KeyPage ben = new KeyPage(yard, "ben", Role.DRIVER);
    ben.down("w");
    yard.passes(2000);
    ben.holds("w", 1000);
    assertThat(yard.motions()).isEmpty();
    assertThat(ben.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    ben.up("w");
    ben.down("w");
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_a_key_that_may_have_been_held_before_the_session_must_come_up_first() {
    KeyPage ben = new KeyPage(yard, "ben", Role.DRIVER);
    ben.down("h");
    yard.passes(1000);
    ben.down("w");
    assertThat(yard.motions()).as("prompt, but not known to be a new press").isEmpty();
    ben.up("w");
    ben.down("w");
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_a_key_held_through_a_cut_moves_nothing_until_it_was_let_go() {
    pia.down("w");
    pia.cut();
    for (int i = 0; i < 20; i++) {
      yard.passes(100);
      pia.down("w");
    }
    pia.heals(0);
    pia.holds("w", 1000);
    assertThat(yard.stops()).containsExactly(Cause.COMMANDS_LATE);
    assertThat(yard.arbiter.moving()).isFalse();
    pia.up("w");
    pia.down("w");
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_all_keys_must_come_up_not_one_of_them() {
    pia.down("w");
    pia.down("a");
    yard.passes(300);
    pia.up("a");
    pia.down("a");
    assertThat(yard.arbiter.moving()).isFalse();
    pia.up("a");
    pia.up("w");
    pia.down("a");
    assertThat(yard.arbiter.moving()).isTrue();
  }

  // Rule 4: one lease.

  @Test
  void rule_4_a_driver_with_the_lease_is_not_disturbed_and_keys_take_a_free_one() {
    Seat ann = yard.joins("ann", Role.DRIVER);
    ann.drivesOn();
    yard.forgetMotions();
    pia.down("w");
    assertThat(yard.motions()).isEmpty();
    assertThat(pia.state().driver()).isEqualTo(ann.operator());
    pia.up("w");
    yard.passes(2000);
    pia.down("w");
    assertThat(yard.arbiter.moving()).isTrue();
    assertThat(ann.state().driver()).isEqualTo(pia.operator());
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.lastMotion().linear()).as("the lease is the page's").isEqualTo(1);
    assertThat(ann.state().you()).isFalse();
  }

  @Test
  void rule_4_a_key_that_was_down_before_the_lease_was_free_does_not_move() {
    Seat ann = yard.joins("ann", Role.DRIVER);
    ann.drives(0, 0);
    pia.down("w");
    yard.passes(1990);
    pia.holds("w", 1000);
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(pia.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
  }

  @Test
  void rule_4_the_lease_is_free_two_seconds_after_the_last_key() {
    pia.down("w");
    pia.up("w");
    assertThat(pia.state().you()).isTrue();
    yard.passes(1999);
    assertThat(pia.state().you()).isTrue();
    yard.passes(1);
    assertThat(pia.state().driver()).isNull();
    pia.down("w");
    assertThat(yard.arbiter.moving()).as("all keys were up, which is known").isTrue();
  }

  @Test
  void rule_4_who_sends_drive_has_no_keys() {
    pia.down("w");
    pia.seat().drives(1, 0);
    assertThat(yard.arbiter.moving()).as("neutral first").isFalse();
    assertThat(pia.down("w")).as("a message").isFalse();
    assertThat(pia.up("w")).isFalse();
    pia.seat().drivesOn();
    assertThat(yard.arbiter.moving()).isTrue();
    assertThat(pia.down("s")).isFalse();
    assertThat(yard.lastMotion().linear()).isEqualTo(1);
  }

  // Rule 5: STOP latches.

  @Test
  void rule_5_a_pressed_stop_holds_against_keys_until_armed_and_let_go() {
    Seat ann = yard.joins("ann", Role.DRIVER);
    pia.down("w");
    yard.arbiter.stop(ann.session(), 1);
    assertThat(yard.stops()).containsExactly(Cause.STOP_PRESSED);
    yard.forgetMotions();
    pia.down("w");
    pia.up("w");
    pia.down("w");
    assertThat(yard.motions()).isEmpty();
    yard.passes(2000);
    assertThat(ann.arms()).isEmpty();
    pia.down("w");
    assertThat(yard.arbiter.moving()).as("held since before arming").isFalse();
    pia.up("w");
    pia.down("w");
    assertThat(yard.arbiter.moving()).isTrue();
  }

  // Rule 7: limits.

  @Test
  void rule_7_limits_hold_for_keys_too() {
    Yard slow =
        new Yard(MotionSettings.DEFAULTS.with(new MotionSettings.Limits(0.4, 0.25)).with(ARROWS));
    KeyPage page = KeyPage.settled(slow, "pia", Role.DRIVER);
    page.down("w");
    page.down("a");
    assertThat(slow.lastMotion().linear()).isEqualTo(0.4);
    assertThat(slow.lastMotion().angular()).isEqualTo(0.25);
  }

  // Around the rules.

  @Test
  void a_driver_that_is_down_and_a_restarting_agent_move_on_no_key() {
    yard.arbiter.driverUp(false);
    pia.down("w");
    assertThat(yard.motions()).isEmpty();
    yard.arbiter.driverUp(true);
    pia.down("w");
    assertThat(yard.motions()).as("not let go since").isEmpty();
    pia.up("w");
    yard.forgetMotions();
    yard.arbiter.restarting();
    pia.down("w");
    assertThat(yard.motions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'keydown','key':'w'}",
        "{'type':'keydown','key':'w','timestamp':'12'}",
        "{'type':'keydown','key':'w','timestamp':1e300}",
        "{'type':'keydown','key':7,'timestamp':12}",
        "{'type':'keydown','timestamp':12}",
        "{'type':'keypress','key':'w','timestamp':12}",
        "{'type':['keydown'],'key':'w','timestamp':12}",
        "{'type':'btn0','value':true}",
        "'keydown'",
        "[]",
        "null",
      })
  void what_is_no_key_event_with_its_time_is_a_message(String text) throws Exception {
    assertThat(KeyEvent.of(new JsonMapper().readTree(text.replace('\'', '"')))).isEmpty();
  }

  @Test
  void an_event_of_rtcbots_is_read() throws Exception {
    String text =
        "{\"type\":\"keydown\",\"altKey\":false,\"shiftKey\":false,\"keyCode\":38,"
            + "\"key\":\"ArrowUp\",\"timestamp\":5123.6}";
    assertThat(KeyEvent.of(new JsonMapper().readTree(text)))
        .contains(new KeyEvent("arrowup", true, 5124));
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
