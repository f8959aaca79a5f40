package dev.farhand.agent.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Motion;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The safety rules, each by name, on a clock that the test moves. */
class ArbiterTest {
  private final Yard yard = new Yard();
  private final Seat ann = yard.joins("ann", Role.DRIVER);
  private final Seat bob = yard.joins("bob", Role.DRIVER);
  private final Seat vic = yard.joins("vic", Role.VIEWER);

  // Rule 1: only drive moves.

  @Test
  void rule_1_only_the_holder_of_the_lease_moves_the_robot() {
    ann.drivesOn();
    yard.forgetMotions();
    bob.drives(0, 0);
    bob.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(bob.state().driver()).isEqualTo(ann.operator());
    assertThat(bob.state().you()).isFalse();
    assertThat(ann.state().you()).isTrue();
  }

  @Test
  void a_robot_that_nothing_moves_says_so_and_promises_no_driver() {
    Yard yard = new Yard();
    Seat ann = yard.joins("ann", Role.DRIVER);
    yard.arbiter.driverUp(false);
    assertThat(ann.state().cause()).isEqualTo(Cause.DRIVER_DOWN);
    yard.arbiter.unmovable();
    assertThat(ann.state().cause()).isEqualTo(Cause.NO_DRIVER);
  }

  @Test
  void rule_1_a_viewer_never_moves_the_robot_nor_takes_the_lease() {
    vic.drives(0, 0);
    vic.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(ann.state().driver()).isNull();
  }

  @Test
  void rule_1_only_the_holder_of_the_lease_of_an_armed_robot_is_told_to_drive_it() {
    assertThat(yard.arbiter.drivenBy(ann.session())).isFalse();
    ann.drivesOn();
    assertThat(yard.arbiter.drivenBy(ann.session())).isTrue();
    assertThat(yard.arbiter.drivenBy(bob.session())).isFalse();
    assertThat(yard.arbiter.drivenBy("nobody")).isFalse();
    yard.arbiter.stop(bob.session(), 1);
    assertThat(yard.arbiter.drivenBy(ann.session())).isFalse();
    ann.arms();
    assertThat(yard.arbiter.drivenBy(ann.session())).isTrue();
    yard.jumps(2001);
    assertThat(yard.arbiter.drivenBy(ann.session())).isFalse();
  }

  @Test
  void rule_1_a_motion_is_void_after_the_command_timeout() {
    ann.drivesOn();
    assertThat(yard.lastMotion())
        .isEqualTo(new Yard.Moved(1, 0, yard.now() + Duration.ofMillis(300).toNanos()));
  }

  @Test
  void rule_1_strangers_and_the_departed_move_nothing() {
    ann.drivesOn();
    yard.arbiter.closed(ann.session());
    yard.forgetMotions();
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(yard.arbiter.moving()).isFalse();
  }

  // Rule 2: fresh, or stop.

  @Test
  void rule_2_silence_in_motion_stops_after_300_ms_and_not_before() {
    ann.drivesOn();
    yard.passes(299);
    assertThat(yard.arbiter.moving()).isTrue();
    yard.passes(1);
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(yard.stops()).containsExactly(Cause.COMMANDS_LATE);
    assertThat(ann.state().cause()).isEqualTo(Cause.COMMANDS_LATE);
    assertThat(ann.state().motion()).isEqualTo(Motion.STOPPED);
  }

  @Test
  void rule_2_a_loop_that_was_held_up_stops_before_it_obeys_what_waited() {
    ann.drivesOn();
    yard.jumps(5000);
    ann.drives(1, 0);
    assertThat(yard.stops()).contains(Cause.COMMANDS_LATE);
    assertThat(yard.arbiter.moving()).isFalse();
  }

  @Test
  void rule_2_a_replayed_or_overtaken_command_is_refused() {
    ann.drivesOn();
    ann.sends(10, 0, yard.beat(), 0.7);
    yard.forgetMotions();
    ann.sends(10, 0, yard.beat(), 0.9);
    ann.sends(9, 0, yard.beat(), 0.9);
    assertThat(yard.motions()).isEmpty();
    ann.sends(11, 0, yard.beat(), 0.9);
    assertThat(yard.lastMotion().linear()).isEqualTo(0.9);
  }

  @Test
  void rule_2_replays_do_not_keep_the_robot_moving() {
    ann.drivesOn();
    for (int i = 0; i < 40; i++) {
      yard.passes(20);
      ann.sends(1, 0, yard.beat(), 1);
    }
    assertThat(yard.arbiter.moving()).isFalse();
  }

  @Test
  void rule_2_a_beat_of_more_than_a_second_ago_is_refused() {
    ann.drives(0, 0);
    long beat = yard.beat();
    yard.passes(1000);
    yard.forgetMotions();
    ann.sends(50, 0, beat, 0);
    assertThat(yard.motions()).hasSize(1);
    yard.passes(1);
    ann.sends(51, 0, beat, 0);
    assertThat(yard.motions()).hasSize(1);
  }

  @Test
  void rule_2_a_beat_that_was_never_sent_is_refused() {
    ann.drivesOn();
    yard.passes(7);
    yard.forgetMotions();
    long now = yard.now() / 1_000_000;
    ann.sends(50, 0, now + 1, 1);
    ann.sends(51, 0, now - 1, 1);
    ann.sends(52, 0, Long.MAX_VALUE, 1);
    ann.sends(53, 0, Long.MIN_VALUE, 1);
    ann.sends(54, 0, 0, 1);
    assertThat(yard.motions()).isEmpty();
  }

  @Test
  void rule_2_a_command_300_ms_later_than_the_quickest_is_fresh_and_301_is_not() {
    ann.drivesOn();
    long beat = yard.beat();
    yard.passesWithDriving(400, ann);
    yard.forgetMotions();
    // The beat is old enough to prove nothing about lateness.
    ann.sends(1000, -300, beat, 0.3);
    assertThat(yard.lastMotion().linear()).isEqualTo(0.3);
    ann.sends(1001, -301, beat, 0.4);
    assertThat(yard.lastMotion().linear()).isEqualTo(0.3);
  }

  @Test
  void rule_2_the_quickest_counts_for_thirty_seconds() {
    ann.drives(0, 0);
    yard.passes(28_000);
    long beat = yard.beat();
    yard.passes(500);
    yard.forgetMotions();
    ann.sends(1000, -400, beat, 0);
    assertThat(yard.motions()).as("still later than the quickest").isEmpty();
    yard.passes(3000);
    beat = yard.beat();
    yard.passes(500);
    ann.sends(1001, -400, beat, 0);
    assertThat(yard.motions()).as("the path has become slower for good").hasSize(1);
  }

  @Test
  void rule_2_a_queue_that_empties_after_a_cut_of_four_seconds_never_acts() {
    ann.drivesOn();
    long beat = yard.beat();
    yard.passes(4000);
    yard.forgetMotions();
    long seq = 100;
    for (int sent = -4000; sent <= 0; sent += 50) {
      // Keys were let go in between: what is stale must not count as neutral either.
      ann.sends(seq++, sent, beat, sent % 500 == 0 ? 0 : 1);
    }
    assertThat(yard.motions()).isEmpty();
    ann.sends(seq++, 0, yard.beat(), 1);
    assertThat(yard.motions()).as("fresh, but neutral comes first").isEmpty();
    assertThat(ann.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    ann.sends(seq++, 0, yard.beat(), 0);
    ann.sends(seq, 0, yard.beat(), 1);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_2_the_largest_number_shuts_out_its_own_sender_and_nobody_else() {
    ann.drivesOn();
    ann.sends(Long.MAX_VALUE, 0, yard.beat(), 1);
    yard.passes(20);
    ann.drives(1, 0);
    yard.passes(290);
    assertThat(yard.arbiter.moving()).isFalse();
    yard.passes(2000);
    bob.drivesOn();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_2_absurd_clocks_of_the_sender_are_refused() {
    ann.drivesOn();
    yard.forgetMotions();
    for (long sentAt : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 1L << 60, -(1L << 60)}) {
      ann.sendsAt(sentAt, yard.beat(), 1);
    }
    assertThat(yard.motions()).isEmpty();
    ann.drives(1, 0);
    assertThat(yard.motions()).hasSize(1);
  }

  @Test
  void rule_2_a_jump_of_the_senders_clock_makes_nothing_stale_look_fresh() {
    ann.drivesOn();
    long beat = yard.beat();
    yard.passesWithDriving(600, ann);
    yard.forgetMotions();
    // Claims to be sent in the future: quicker than ever. What it is held to is the beat.
    ann.sends(1000, 60_000, beat, 0.4);
    yard.passes(401);
    yard.forgetMotions();
    ann.sends(1001, 120_000, beat, 0.5);
    assertThat(yard.motions()).isEmpty();
  }

  @Test
  void rule_2_an_operator_whose_clock_jumped_back_may_go_on_once_a_young_beat_proves_it() {
    ann.drivesOn();
    long beat = yard.beat();
    yard.passesWithDriving(400, ann);
    yard.forgetMotions();
    ann.sends(1000, -10_000, beat, 0.4);
    assertThat(yard.motions()).as("a beat of 400 ms ago proves nothing").isEmpty();
    ann.sends(1001, -10_000, yard.beat(), 0.4);
    assertThat(yard.motions()).hasSize(1);
  }

  // Rule 3: neutral first.

  @Test
  void rule_3_a_new_lease_waits_for_neutral() {
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(ann.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    assertThat(ann.state().you()).isTrue();
    ann.drives(0.05, -0.05);
    ann.drives(1, 0);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_after_a_timeout_the_robot_waits_for_neutral() {
    ann.drivesOn();
    yard.passes(300);
    yard.forgetMotions();
    ann.drives(1, 0);
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_a_stop_that_was_asked_for_by_letting_go_needs_nothing_more() {
    ann.drivesOn();
    ann.drives(0, 0);
    assertThat(ann.state().cause()).isEqualTo(Cause.NEUTRAL);
    assertThat(yard.lastMotion().linear()).isZero();
    yard.passesWithBeats(500);
    ann.drives(0.5, 0);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_after_the_motor_driver_was_down_the_robot_waits_for_neutral() {
    ann.drivesOn();
    yard.arbiter.driverUp(false);
    assertThat(ann.state().cause()).isEqualTo(Cause.DRIVER_DOWN);
    assertThat(yard.arbiter.moving()).isFalse();
    yard.arbiter.driverUp(true);
    yard.forgetMotions();
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(ann.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_3_letting_go_while_stop_holds_the_robot_is_no_neutral_after_arm() {
    ann.drivesOn();
    yard.arbiter.stop(vic.session(), 1);
    ann.drives(0, 0);
    ann.arms();
    assertThat(ann.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    yard.forgetMotions();
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  // Rule 4: one lease.

  @Test
  void rule_4_the_second_driver_waits_for_the_lease() {
    ann.drives(0, 0);
    bob.drives(0, 0);
    assertThat(bob.state().driver()).isEqualTo(ann.operator());
    assertThat(bob.state().reason()).contains("ann");
  }

  @Test
  void rule_4_the_lease_is_free_two_seconds_after_the_holders_last_message() {
    ann.drives(0, 0);
    yard.passesWithBeats(1999);
    bob.drives(0, 0);
    assertThat(bob.state().you()).isFalse();
    yard.passesWithBeats(1);
    assertThat(ann.state().driver()).isNull();
    assertThat(ann.state().cause()).isEqualTo(Cause.IDLE);
    bob.drives(0, 0);
    assertThat(bob.state().you()).isTrue();
  }

  @Test
  void rule_4_neutral_twice_a_second_keeps_the_lease() {
    for (int i = 0; i < 20; i++) {
      ann.drives(0, 0);
      yard.passesWithBeats(500);
      bob.drives(0, 0);
    }
    assertThat(ann.state().you()).isTrue();
  }

  @Test
  void rule_4_a_stale_command_does_not_take_the_lease() {
    ann.sends(1, 0, yard.now() / 1_000_000 - 5000, 1);
    assertThat(ann.state().driver()).isNull();
  }

  @Test
  void rule_4_the_same_operators_new_tab_drives_at_once_and_neutral_comes_first() {
    ann.drivesOn();
    Seat again = yard.joins("ann", Role.DRIVER);
    again.drives(1, 0);
    assertThat(again.state().you()).isTrue();
    assertThat(ann.state().you()).isFalse();
    assertThat(yard.arbiter.moving()).isFalse();
    again.drives(0, 0);
    again.drives(1, 0);
    assertThat(yard.arbiter.moving()).isTrue();
    yard.forgetMotions();
    ann.drives(0.2, 0);
    assertThat(yard.motions()).as("the old tab does not take it back").isEmpty();
  }

  @Test
  void rule_4_an_older_tab_takes_over_when_the_newer_one_has_gone() {
    Seat newer = yard.joins("ann", Role.DRIVER);
    newer.drivesOn();
    yard.arbiter.closed(newer.session());
    ann.drives(0, 0);
    assertThat(ann.state().you()).isTrue();
  }

  // Rule 5: STOP.

  @Test
  void rule_5_stop_latches_whoever_presses_it_and_is_named_to_all() {
    for (Seat seat : new Seat[] {ann, bob, vic}) {
      ann.drivesOn();
      assertThat(yard.arbiter.stop(seat.session(), 1)).isEmpty();
      assertThat(yard.arbiter.moving()).isFalse();
      assertThat(yard.stops()).last().isEqualTo(Cause.STOP_PRESSED);
      yard.forgetMotions();
      ann.drives(0, 0);
      ann.drives(1, 0);
      assertThat(yard.motions()).isEmpty();
      for (Seat reader : new Seat[] {ann, bob, vic}) {
        assertThat(reader.state().armed()).isFalse();
        assertThat(reader.state().cause()).isEqualTo(Cause.STOP_PRESSED);
        assertThat(reader.state().reason())
            .contains(reader == seat ? "You" : seat.operator().name());
      }
      assertThat(ann.arms()).isEmpty();
      yard.passesWithBeats(11_000);
    }
  }

  @Test
  void rule_5_stop_needs_no_freshness() {
    ann.drivesOn();
    yard.passesWithDriving(100, ann);
    assertThat(yard.arbiter.stop(ann.session(), Long.MAX_VALUE)).isEmpty();
    assertThat(yard.arbiter.moving()).isFalse();
  }

  @Test
  void rule_5_a_late_copy_of_a_press_does_not_latch_again_but_a_new_press_does() {
    yard.arbiter.stop(ann.session(), 7);
    ann.arms();
    assertThat(yard.arbiter.stop(ann.session(), 7)).as("acknowledged again").isEmpty();
    assertThat(ann.state().armed()).isTrue();
    yard.arbiter.stop(ann.session(), 6);
    assertThat(ann.state().armed()).isFalse();
  }

  @Test
  void rule_5_ten_seconds_after_its_last_copy_an_id_is_a_new_press() {
    yard.arbiter.stop(ann.session(), 7);
    yard.passes(6000);
    yard.arbiter.stop(ann.session(), 7);
    ann.arms();
    yard.passes(9999);
    yard.arbiter.stop(ann.session(), 7);
    assertThat(ann.state().armed()).as("still a copy").isTrue();
    ann.drivesOn();
    yard.passesWithDriving(10_000, ann);
    assertThat(yard.arbiter.stop(ann.session(), 7)).isEmpty();
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(ann.state().armed()).isFalse();
  }

  @Test
  void rule_5_an_id_that_was_refused_once_counts_later() {
    yard.arbiter.stop(vic.session(), 1);
    ann.arms();
    yard.passes(5000);
    assertThat(yard.arbiter.stop(vic.session(), 2)).isPresent();
    yard.passes(10_000);
    assertThat(yard.arbiter.stop(vic.session(), 2)).isEmpty();
    assertThat(ann.state().armed()).isFalse();
  }

  @Test
  void rule_5_who_presses_while_another_stop_holds_is_named_to_all() {
    yard.arbiter.stop(vic.session(), 1);
    int told = yard.changes();
    long shown = ann.state().stops();
    yard.arbiter.stop(bob.session(), 1);
    assertThat(yard.changes()).isEqualTo(told + 1);
    assertThat(ann.state().stops()).isGreaterThan(shown);
    assertThat(ann.state().reason()).startsWith("bob pressed STOP.");
    assertThat(bob.state().reason()).startsWith("You pressed STOP.");
    yard.arbiter.stop(bob.session(), 1);
    assertThat(yard.changes()).as("a copy is nothing new").isEqualTo(told + 1);
  }

  @Test
  void rule_5_an_arm_ends_no_stop_that_its_presser_was_not_shown() {
    ann.drivesOn();
    yard.arbiter.stop(vic.session(), 1);
    long shown = ann.state().stops();
    yard.arbiter.stop(bob.session(), 1);
    for (long other : new long[] {shown, shown + 2, 0, Long.MAX_VALUE}) {
      assertThat(yard.arbiter.arm(ann.session(), other).map(Refused::code))
          .contains(Code.STOPPED_AGAIN);
    }
    assertThat(ann.state().armed()).isFalse();
    assertThat(ann.arms()).isEmpty();
    assertThat(ann.state().armed()).isTrue();
  }

  @Test
  void rule_5_the_second_arm_of_a_double_click_does_not_end_a_stop_that_came_between() {
    yard.arbiter.stop(vic.session(), 1);
    long shown = ann.state().stops();
    assertThat(yard.arbiter.arm(ann.session(), shown)).isEmpty();
    assertThat(yard.arbiter.arm(ann.session(), shown)).as("it is armed").isEmpty();
    yard.arbiter.stop(bob.session(), 1);
    assertThat(yard.arbiter.arm(ann.session(), shown)).isPresent();
    assertThat(ann.state().armed()).isFalse();
  }

  @Test
  void rule_5_what_an_earlier_agent_showed_arms_nothing() {
    long shown = ann.state().stops();
    Yard later = new Yard();
    Seat again = later.joins("ann", Role.DRIVER);
    assertThat(again.state().stops()).isNotEqualTo(shown).isPositive();
  }

  @Test
  void rule_5_a_viewer_cannot_keep_the_robot_from_being_armed() {
    yard.arbiter.stop(vic.session(), 1);
    int told = yard.changes();
    long shown = ann.state().stops();
    for (int id = 2; id < 50; id++) {
      assertThat(yard.arbiter.stop(vic.session(), id)).as("it stands").isEmpty();
    }
    assertThat(yard.changes()).isEqualTo(told);
    assertThat(yard.arbiter.arm(ann.session(), shown)).isEmpty();
    assertThat(yard.arbiter.stop(vic.session(), 50).map(Refused::code))
        .contains(Code.TOO_MANY_MESSAGES);
    assertThat(ann.state().armed()).isTrue();
  }

  @Test
  void rule_5_a_viewer_who_joins_as_a_new_operator_stops_no_more_often() {
    assertThat(yard.arbiter.stop(vic.session(), 1)).isEmpty();
    ann.arms();
    Seat again = yard.joins(new Operator("o-other", "vic"), Role.VIEWER);
    assertThat(yard.arbiter.stop(again.session(), 1).map(Refused::code))
        .contains(Code.TOO_MANY_MESSAGES);
    Seat wim = yard.joins("wim", Role.VIEWER);
    assertThat(yard.arbiter.stop(wim.session(), 1)).as("somebody else").isEmpty();
    ann.arms();
    yard.passes(10_000);
    assertThat(yard.arbiter.stop(again.session(), 2)).isEmpty();
  }

  @Test
  void rule_5_a_viewers_stop_counts_once_in_ten_seconds_also_from_a_new_session() {
    assertThat(yard.arbiter.stop(vic.session(), 1)).isEmpty();
    ann.arms();
    yard.passes(9999);
    assertThat(yard.arbiter.stop(vic.session(), 2).map(Refused::code))
        .contains(Code.TOO_MANY_MESSAGES);
    Seat again = yard.joins("vic", Role.VIEWER);
    assertThat(yard.arbiter.stop(again.session(), 1)).isPresent();
    assertThat(ann.state().armed()).isTrue();
    yard.passes(1);
    assertThat(yard.arbiter.stop(vic.session(), 2)).as("a copy of the refused press").isPresent();
    assertThat(yard.arbiter.stop(vic.session(), 3)).isEmpty();
    assertThat(ann.state().armed()).isFalse();
  }

  @Test
  void rule_5_only_the_holder_arms_while_there_is_one() {
    ann.drivesOn();
    yard.arbiter.stop(bob.session(), 1);
    assertThat(bob.arms().map(Refused::code)).contains(Code.LEASE_HELD);
    assertThat(vic.arms().map(Refused::code)).contains(Code.ROLE_FORBIDDEN);
    assertThat(bob.state().armed()).isFalse();
    assertThat(ann.arms()).isEmpty();
    assertThat(bob.state().armed()).isTrue();
  }

  @Test
  void rule_5_a_stop_outlives_the_sessions_until_somebody_arms() {
    yard.arbiter.stop(vic.session(), 1);
    yard.arbiter.closed(vic.session());
    yard.arbiter.closed(bob.session());
    assertThat(yard.arbiter.armed()).isFalse();
    assertThat(ann.arms()).isEmpty();
    assertThat(yard.arbiter.armed()).isTrue();
  }

  @Test
  void rule_5_whoever_may_drive_arms_when_nobody_has_the_lease() {
    yard.arbiter.stop(vic.session(), 1);
    assertThat(vic.arms().map(Refused::code)).contains(Code.ROLE_FORBIDDEN);
    assertThat(bob.arms()).isEmpty();
    assertThat(bob.state().armed()).isTrue();
  }

  @Test
  void rule_5_keys_held_while_arming_move_nothing() {
    ann.drivesOn();
    yard.arbiter.stop(ann.session(), 1);
    yard.forgetMotions();
    ann.drives(1, 0);
    ann.arms();
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(ann.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.arbiter.moving()).isTrue();
  }

  // Rule 6: losing the session.

  @Test
  void rule_6_losing_the_holders_session_stops_the_robot_at_once() {
    ann.drivesOn();
    yard.arbiter.closed(ann.session());
    assertThat(yard.stops()).containsExactly(Cause.SESSION_LOST);
    assertThat(bob.state().cause()).isEqualTo(Cause.SESSION_LOST);
    bob.drivesOn();
    assertThat(yard.arbiter.moving()).as("the lease is free only after two seconds").isFalse();
    yard.passesWithBeats(2000);
    assertThat(bob.state().cause()).isEqualTo(Cause.IDLE);
  }

  @Test
  void rule_6_another_session_may_end_without_touching_the_driver() {
    ann.drivesOn();
    yard.arbiter.closed(bob.session());
    yard.arbiter.closed(vic.session());
    yard.arbiter.closed("s-never-seen");
    assertThat(yard.arbiter.moving()).isTrue();
    assertThat(yard.stops()).isEmpty();
  }

  // Rule 7: limits.

  @Test
  void rule_7_speeds_are_clamped_on_the_robot() {
    Yard slow = new Yard(MotionSettings.DEFAULTS.with(new MotionSettings.Limits(0.4, 0.25)));
    Seat cat = slow.joins("cat", Role.OWNER);
    cat.drives(0, 0);
    cat.drives(1, -1);
    assertThat(slow.lastMotion().linear()).isEqualTo(0.4);
    assertThat(slow.lastMotion().angular()).isEqualTo(-0.25);
    cat.drives(-1, 0.1);
    assertThat(slow.lastMotion().linear()).isEqualTo(-0.4);
    assertThat(slow.lastMotion().angular()).isEqualTo(0.1);
  }

  @Test
  void rule_7_speed_is_gained_no_faster_than_the_limit_and_also_between_two_commands() {
    Yard heavy = new Yard(ramped());
    Seat cat = heavy.joins("cat", Role.DRIVER);
    cat.drives(0, 0);
    heavy.passes(20);
    cat.drives(1, 1);
    heavy.passes(80);
    assertThat(heavy.lastMotion().linear()).isCloseTo(0.1, within(0.021));
    assertThat(heavy.lastMotion().angular()).isCloseTo(0.2, within(0.041));
    heavy.passesWithDriving(2000, cat);
    assertThat(heavy.lastMotion().linear()).isEqualTo(1);
    assertThat(heavy.lastMotion().angular()).isZero();
  }

  @Test
  void rule_7_gaining_speed_makes_no_command_last_longer() {
    Yard heavy = new Yard(ramped());
    Seat cat = heavy.joins("cat", Role.DRIVER);
    cat.drivesOn();
    long until = heavy.now() + Duration.ofMillis(300).toNanos();
    heavy.passes(299);
    assertThat(heavy.motions()).filteredOn(moved -> moved.linear() != 0).hasSizeGreaterThan(5);
    assertThat(heavy.motions())
        .filteredOn(moved -> moved.linear() != 0)
        .allSatisfy(moved -> assertThat(moved.until()).isEqualTo(until));
    heavy.passes(1);
    assertThat(heavy.stops()).containsExactly(Cause.COMMANDS_LATE);
  }

  @Test
  void rule_7_letting_go_is_zero_at_once() {
    Yard heavy = new Yard(ramped());
    Seat cat = heavy.joins("cat", Role.DRIVER);
    cat.drivesOn();
    heavy.passesWithDriving(2000, cat);
    cat.drives(0, 0);
    assertThat(heavy.lastMotion().linear()).isZero();
    heavy.passesWithBeats(100);
    assertThat(heavy.lastMotion().linear()).as("nothing goes on by itself").isZero();
  }

  @Test
  void rule_7_no_stop_is_softened_and_after_it_speed_is_gained_from_rest() {
    Yard heavy = new Yard(ramped());
    Seat cat = heavy.joins("cat", Role.DRIVER);
    cat.drivesOn();
    heavy.passesWithDriving(2000, cat);
    heavy.forgetMotions();
    heavy.arbiter.stop(cat.session(), 1);
    assertThat(heavy.stops()).containsExactly(Cause.STOP_PRESSED);
    heavy.passesWithBeats(500);
    assertThat(heavy.motions()).isEmpty();
    cat.arms();
    cat.drivesOn();
    assertThat(heavy.lastMotion().linear()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void rule_7_a_loop_that_was_held_up_makes_no_leap() {
    Yard heavy = new Yard(ramped());
    Seat cat = heavy.joins("cat", Role.DRIVER);
    cat.drivesOn();
    double before = heavy.lastMotion().linear();
    heavy.jumps(250);
    cat.drives(1, 0);
    assertThat(heavy.lastMotion().linear()).isBetween(before, before + 0.051);
  }

  private static MotionSettings ramped() {
    return MotionSettings.DEFAULTS.with(new MotionSettings.Limits(1, 1, 1, 2));
  }

  // Around the rules.

  @Test
  void a_driver_that_is_down_moves_nothing() {
    Yard down = new Yard();
    down.arbiter.driverUp(false);
    Seat cat = down.joins("cat", Role.DRIVER);
    cat.drives(0, 0);
    cat.drives(1, 0);
    assertThat(down.motions()).isEmpty();
    assertThat(cat.state().cause()).isEqualTo(Cause.DRIVER_DOWN);
  }

  @Test
  void a_restarting_agent_stops_for_good() {
    ann.drivesOn();
    yard.arbiter.restarting();
    assertThat(yard.stops()).containsExactly(Cause.AGENT_RESTARTING);
    yard.forgetMotions();
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(ann.state().cause()).isEqualTo(Cause.AGENT_RESTARTING);
  }

  @Test
  void changes_are_told_once_each_and_steady_driving_is_none() {
    ann.drivesOn();
    int told = yard.changes();
    yard.passesWithDriving(1000, ann);
    assertThat(yard.changes()).isEqualTo(told);
    yard.passes(300);
    assertThat(yard.changes()).isEqualTo(told + 1);
  }

  @Test
  void a_robot_whose_clock_reads_below_zero_behaves_the_same() {
    Yard early = new Yard();
    early.jumpsTo(-5_000_000_000L);
    Seat cat = early.joins("cat", Role.DRIVER);
    cat.drivesOn();
    assertThat(early.arbiter.moving()).isTrue();
    early.passes(300);
    assertThat(early.arbiter.moving()).isFalse();
  }
}
