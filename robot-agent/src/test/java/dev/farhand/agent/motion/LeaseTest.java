package dev.farhand.agent.motion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 4: how the lease goes from one to another. */
class LeaseTest {
  private final Yard yard = new Yard();
  private final Seat ann = yard.joins("ann", Role.DRIVER);
  private final Seat bob = yard.joins("bob", Role.DRIVER);
  private final Seat vic = yard.joins("vic", Role.VIEWER);

  // Asking.

  @Test
  void rule_4_a_request_for_a_free_lease_is_granted_at_once_and_neutral_comes_first() {
    assertThat(yard.arbiter.request(bob.session())).isEmpty();
    assertThat(bob.state().you()).isTrue();
    assertThat(bob.state().requests()).isEmpty();
    bob.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    bob.drivesOn();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_4_a_request_is_told_to_everybody_and_changes_nothing_yet() {
    ann.drivesOn();
    int told = yard.changes();
    assertThat(yard.arbiter.request(bob.session())).isEmpty();
    assertThat(yard.changes()).isEqualTo(told + 1);
    for (Seat seat : new Seat[] {ann, bob, vic}) {
      assertThat(seat.state().requests())
          .containsExactly(new Asking(bob.operator(), 10_000, seat == bob));
      assertThat(seat.state().driver()).isEqualTo(ann.operator());
    }
    assertThat(yard.arbiter.moving()).isTrue();
    yard.passesWithDriving(3000, ann);
    assertThat(bob.state().requests()).containsExactly(new Asking(bob.operator(), 7000, true));
    assertThat(yard.changes()).as("the time left is no news").isEqualTo(told + 1);
  }

  @Test
  void rule_4_a_viewer_neither_asks_nor_answers_nor_takes_over() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    String vics = vic.session();
    assertThat(code(yard.arbiter.request(vics))).isEqualTo(Code.ROLE_FORBIDDEN);
    assertThat(code(yard.arbiter.withdraw(vics))).isEqualTo(Code.ROLE_FORBIDDEN);
    assertThat(code(yard.arbiter.grant(vics, id(bob)))).isEqualTo(Code.ROLE_FORBIDDEN);
    assertThat(code(yard.arbiter.refuse(vics, id(bob)))).isEqualTo(Code.ROLE_FORBIDDEN);
    assertThat(code(yard.arbiter.takeOver(vics))).isEqualTo(Code.ROLE_FORBIDDEN);
    assertThat(ann.state().you()).isTrue();
    assertThat(ann.state().requests()).hasSize(1);
  }

  @Test
  void rule_4_a_stranger_is_told_so() {
    assertThat(code(yard.arbiter.request("nobody"))).isEqualTo(Code.NO_SUCH_SESSION);
    assertThat(code(yard.arbiter.grant("nobody", id(bob)))).isEqualTo(Code.NO_SUCH_SESSION);
    assertThat(code(yard.arbiter.takeOver("nobody"))).isEqualTo(Code.NO_SUCH_SESSION);
  }

  @Test
  void rule_4_who_withdraws_asks_no_more() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    assertThat(yard.arbiter.withdraw(bob.session())).isEmpty();
    assertThat(ann.state().requests()).isEmpty();
    yard.passesWithDriving(12_000, ann);
    assertThat(ann.state().you()).isTrue();
  }

  // Answering.

  @Test
  void rule_4_the_holder_grants_the_robot_stands_and_neutral_comes_first() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    assertThat(yard.arbiter.grant(ann.session(), id(bob))).isEmpty();
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(yard.stops()).containsExactly(Cause.RELEASE_FIRST);
    assertThat(bob.state().you()).isTrue();
    assertThat(bob.state().cause()).isEqualTo(Cause.RELEASE_FIRST);
    assertThat(bob.state().requests()).isEmpty();
    assertThat(ann.state().driver()).isEqualTo(bob.operator());
    yard.forgetMotions();
    bob.drives(1, 0);
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    bob.drives(0, 0);
    bob.drives(0.5, 0);
    assertThat(yard.lastMotion().linear()).isEqualTo(0.5);
  }

  @Test
  void rule_4_a_refused_request_is_answered_and_may_be_made_again_only_after_30_s() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.passesWithDriving(1000, ann);
    assertThat(yard.arbiter.refuse(ann.session(), id(bob))).isEmpty();
    assertThat(yard.refusals()).hasSize(1);
    Yard.Told told = yard.refusals().get(0);
    assertThat(told.session()).isEqualTo(bob.session());
    assertThat(told.refused().what()).isEqualTo("request");
    assertThat(told.refused().code()).isEqualTo(Code.LEASE_REFUSED);
    assertThat(told.refused().reason()).contains("ann").contains("30 s");
    assertThat(told.refused().againMillis()).isEqualTo(30_000);
    assertThat(ann.state().requests()).isEmpty();
    yard.passesWithDriving(29_950, ann);
    Refused again = yard.arbiter.request(bob.session()).orElseThrow();
    assertThat(again.code()).isEqualTo(Code.LEASE_REFUSED);
    assertThat(again.againMillis()).isBetween(1L, 51L);
    assertThat(yard.arbiter.moving()).as("ann was not disturbed").isTrue();
    yard.passesWithDriving(50, ann);
    assertThat(yard.arbiter.request(bob.session())).isEmpty();
    assertThat(ann.state().requests()).hasSize(1);
  }

  @Test
  void rule_4_a_refusal_holds_for_the_operator_not_the_tab() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.arbiter.refuse(ann.session(), id(bob));
    Seat again = yard.joins("bob", Role.DRIVER);
    assertThat(code(yard.arbiter.request(again.session()))).isEqualTo(Code.LEASE_REFUSED);
    Seat cat = yard.joins("cat", Role.DRIVER);
    assertThat(yard.arbiter.request(cat.session())).isEmpty();
  }

  @Test
  void rule_4_silence_grants_after_ten_seconds_and_not_before() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.passesWithDriving(9950, ann);
    yard.passes(49);
    assertThat(ann.state().you()).isTrue();
    assertThat(yard.arbiter.moving()).isTrue();
    yard.passes(1);
    assertThat(bob.state().you()).isTrue();
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(yard.stops()).containsExactly(Cause.RELEASE_FIRST);
  }

  @Test
  void rule_4_a_loop_that_was_held_up_grants_before_it_obeys_what_waited() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    for (int i = 0; i < 19; i++) {
      ann.drives(0, 0);
      yard.passesWithBeats(500);
    }
    yard.jumps(500);
    yard.forgetMotions();
    ann.drives(0, 0);
    ann.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    assertThat(bob.state().you()).isTrue();
  }

  @Test
  void rule_4_only_the_holder_answers_and_only_those_who_ask() {
    ann.drivesOn();
    Seat cat = yard.joins("cat", Role.OWNER);
    yard.arbiter.request(bob.session());
    assertThat(code(yard.arbiter.grant(bob.session(), id(bob)))).isEqualTo(Code.LEASE_HELD);
    assertThat(code(yard.arbiter.refuse(cat.session(), id(bob)))).isEqualTo(Code.LEASE_HELD);
    assertThat(code(yard.arbiter.grant(ann.session(), id(cat)))).isEqualTo(Code.NO_SUCH_REQUEST);
    assertThat(code(yard.arbiter.grant(ann.session(), id(vic)))).isEqualTo(Code.NO_SUCH_REQUEST);
    assertThat(code(yard.arbiter.refuse(ann.session(), "x"))).isEqualTo(Code.NO_SUCH_REQUEST);
    assertThat(ann.state().you()).isTrue();
    yard.arbiter.withdraw(bob.session());
    assertThat(code(yard.arbiter.grant(ann.session(), id(bob)))).isEqualTo(Code.NO_SUCH_REQUEST);
  }

  // Several, and those who leave.

  @Test
  void rule_4_the_first_who_asks_is_first_and_the_next_has_to_be_answered_by_the_new_holder() {
    ann.drivesOn();
    Seat cat = yard.joins("cat", Role.DRIVER);
    yard.arbiter.request(bob.session());
    yard.passesWithDriving(1000, ann);
    yard.arbiter.request(cat.session());
    assertThat(ann.state().requests())
        .extracting(Asking::operator)
        .containsExactly(bob.operator(), cat.operator());
    yard.passesWithDriving(9000, ann);
    assertThat(bob.state().you()).isTrue();
    assertThat(bob.state().requests()).containsExactly(new Asking(cat.operator(), 10_000, false));
    holds(bob, 9_500);
    assertThat(bob.state().you()).isTrue();
    holds(bob, 500);
    assertThat(cat.state().you()).isTrue();
  }

  @Test
  void rule_4_when_the_holder_leaves_the_first_who_asked_gets_the_lease() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.arbiter.closed(ann.session());
    assertThat(yard.stops()).containsExactly(Cause.SESSION_LOST);
    yard.passesWithBeats(1999);
    assertThat(bob.state().you()).as("ann's page may only have been loaded again").isFalse();
    yard.passesWithBeats(1);
    assertThat(bob.state().you()).isTrue();
    bob.drivesOn();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_4_when_the_holder_falls_silent_the_first_who_asked_gets_the_lease() {
    ann.drives(0, 0);
    yard.arbiter.request(bob.session());
    yard.passesWithBeats(2000);
    assertThat(bob.state().you()).isTrue();
  }

  @Test
  void rule_4_a_request_ends_with_its_session() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.arbiter.closed(bob.session());
    assertThat(ann.state().requests()).isEmpty();
    yard.passesWithDriving(11_000, ann);
    assertThat(ann.state().you()).isTrue();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_4_who_was_granted_and_says_nothing_loses_it_to_the_next_or_to_nobody() {
    ann.drivesOn();
    Seat cat = yard.joins("cat", Role.DRIVER);
    yard.arbiter.request(bob.session());
    yard.arbiter.request(cat.session());
    yard.arbiter.grant(ann.session(), id(bob));
    yard.passesWithBeats(2000);
    assertThat(cat.state().you()).isTrue();
    yard.passesWithBeats(2000);
    assertThat(cat.state().driver()).isNull();
    assertThat(cat.state().cause()).isEqualTo(Cause.IDLE);
  }

  @Test
  void rule_4_the_tab_that_asked_last_gets_it_no_sooner_than_the_one_before() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.passesWithDriving(4000, ann);
    Seat newer = yard.joins("bob", Role.DRIVER);
    assertThat(yard.arbiter.request(newer.session())).isEmpty();
    assertThat(ann.state().requests()).containsExactly(new Asking(bob.operator(), 6000, false));
    yard.passesWithDriving(6000, ann);
    assertThat(newer.state().you()).isTrue();
    assertThat(bob.state().you()).isFalse();
  }

  @Test
  void rule_4_the_holders_other_tab_need_not_ask() {
    ann.drivesOn();
    Seat newer = yard.joins("ann", Role.DRIVER);
    assertThat(yard.arbiter.request(newer.session())).isEmpty();
    assertThat(newer.state().you()).isTrue();
    assertThat(yard.arbiter.moving()).isFalse();
    holds(newer, 2000);
    assertThat(yard.arbiter.request(ann.session())).isEmpty();
    assertThat(ann.state().you()).isTrue();
  }

  @Test
  void rule_4_the_older_tab_that_asked_keeps_it_while_the_newer_one_goes_on_driving() {
    Seat newer = yard.joins("ann", Role.DRIVER);
    newer.drivesOn();
    yard.arbiter.request(ann.session());
    newer.drives(0, 0);
    newer.drives(1, 0);
    assertThat(ann.state().you()).isTrue();
    Seat newest = yard.joins("ann", Role.DRIVER);
    newest.drives(0, 0);
    assertThat(newest.state().you()).as("opened after that").isTrue();
  }

  @Test
  void rule_4_the_older_tab_that_was_granted_it_keeps_it_too() {
    ann.drivesOn();
    Seat newer = yard.joins("bob", Role.DRIVER);
    yard.arbiter.request(bob.session());
    yard.arbiter.grant(ann.session(), id(bob));
    newer.drives(0, 0);
    assertThat(bob.state().you()).isTrue();
  }

  // Bounds.

  @Test
  void rule_4_asking_again_and_again_is_told_once() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    int told = yard.changes();
    for (int i = 0; i < 1000; i++) {
      assertThat(yard.arbiter.request(bob.session())).isEmpty();
    }
    assertThat(yard.changes()).isEqualTo(told);
    assertThat(ann.state().requests()).hasSize(1);
  }

  @Test
  void rule_4_asking_and_withdrawing_is_told_at_most_every_two_seconds() {
    ann.drivesOn();
    int told = yard.changes();
    for (int i = 0; i < 1000; i++) {
      yard.arbiter.request(bob.session());
      yard.arbiter.withdraw(bob.session());
    }
    assertThat(yard.changes()).isEqualTo(told + 2);
    Refused soon = yard.arbiter.request(bob.session()).orElseThrow();
    assertThat(soon.againMillis()).isBetween(1L, 2001L);
    yard.passesWithDriving(2000, ann);
    assertThat(yard.arbiter.request(bob.session())).isEmpty();
  }

  @Test
  void rule_4_two_tabs_that_ask_in_turns_are_told_once_and_refused_what_comes_too_soon() {
    ann.drivesOn();
    Seat second = yard.joins("bob", Role.DRIVER);
    int told = yard.changes();
    assertThat(yard.arbiter.request(bob.session())).isEmpty();
    for (int i = 0; i < 1000; i++) {
      Refused soon = yard.arbiter.request(second.session()).orElseThrow();
      assertThat(soon.code()).isEqualTo(Code.LEASE_REFUSED);
      assertThat(soon.againMillis()).isBetween(1L, 2001L);
      assertThat(yard.arbiter.request(bob.session())).isEmpty();
    }
    yard.passesWithDriving(2000, ann);
    assertThat(yard.arbiter.request(second.session())).isEmpty();
    assertThat(yard.changes()).as("which of the tabs it is, is no news").isEqualTo(told + 1);
  }

  @Test
  void rule_4_the_holders_tabs_that_ask_in_turns_change_hands_at_most_every_two_seconds() {
    ann.drivesOn();
    Seat second = yard.joins("ann", Role.DRIVER);
    int told = yard.changes();
    for (int i = 0; i < 1000; i++) {
      yard.arbiter.request(second.session());
      yard.arbiter.request(ann.session());
    }
    assertThat(yard.changes()).isEqualTo(told + 1);
    assertThat(second.state().you()).isTrue();
    assertThat(code(yard.arbiter.request(ann.session()))).isEqualTo(Code.LEASE_REFUSED);
  }

  @Test
  void rule_4_the_holders_other_tab_gives_nobody_who_waits_a_longer_time() {
    ann.drivesOn();
    Seat second = yard.joins("ann", Role.DRIVER);
    yard.arbiter.request(bob.session());
    holds(ann, 3000);
    assertThat(yard.arbiter.request(second.session())).isEmpty();
    assertThat(bob.state().requests()).containsExactly(new Asking(bob.operator(), 7000, true));
    holds(second, 3000);
    assertThat(yard.arbiter.request(ann.session())).isEmpty();
    Seat third = yard.joins("ann", Role.DRIVER);
    holds(third, 4000);
    assertThat(bob.state().you()).isTrue();
  }

  @Test
  void rule_4_whoever_has_got_it_after_all_bears_the_refusal_no_longer() {
    ann.drivesOn();
    Seat second = yard.joins("bob", Role.DRIVER);
    yard.arbiter.request(bob.session());
    yard.arbiter.refuse(ann.session(), id(bob));
    yard.passesWithBeats(2000);
    holds(bob, 2000);
    assertThat(bob.state().you()).isTrue();
    assertThat(yard.arbiter.request(second.session())).isEmpty();
    assertThat(second.state().you()).isTrue();
  }

  @Test
  void rule_4_a_ninth_request_is_refused_and_the_eight_stand() {
    ann.drivesOn();
    for (int i = 0; i < 8; i++) {
      assertThat(yard.arbiter.request(yard.joins("d" + i, Role.DRIVER).session())).isEmpty();
    }
    assertThat(code(yard.arbiter.request(bob.session()))).isEqualTo(Code.TOO_MANY_WAITING);
    assertThat(ann.state().requests()).hasSize(8);
    yard.arbiter.refuse(ann.session(), "o-d3");
    assertThat(yard.arbiter.request(bob.session())).isEmpty();
  }

  // Taking over.

  @Test
  void rule_4_an_owner_takes_over_at_once_and_the_robot_stands() {
    ann.drivesOn();
    Seat olga = yard.joins("olga", Role.OWNER);
    assertThat(yard.arbiter.takeOver(olga.session())).isEmpty();
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(olga.state().you()).isTrue();
    assertThat(ann.state().driver()).isEqualTo(olga.operator());
    yard.forgetMotions();
    ann.drives(0, 0);
    ann.drives(1, 0);
    olga.drives(1, 0);
    assertThat(yard.motions()).isEmpty();
    olga.drivesOn();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_4_nobody_but_an_owner_takes_over() {
    ann.drivesOn();
    assertThat(code(yard.arbiter.takeOver(bob.session()))).isEqualTo(Code.ROLE_FORBIDDEN);
    assertThat(ann.state().you()).isTrue();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_4_an_owner_who_drives_already_takes_over_nothing() {
    Seat olga = yard.joins("olga", Role.OWNER);
    olga.drivesOn();
    assertThat(yard.arbiter.takeOver(olga.session())).isEmpty();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  @Test
  void rule_4_an_owner_may_ask_too_and_taking_over_ends_its_request() {
    ann.drivesOn();
    Seat olga = yard.joins("olga", Role.OWNER);
    yard.arbiter.request(olga.session());
    yard.arbiter.takeOver(olga.session());
    assertThat(olga.state().requests()).isEmpty();
  }

  // With the other rules.

  @Test
  void rule_4_a_hand_over_leaves_stop_latched_and_the_new_holder_arms() {
    ann.drivesOn();
    yard.arbiter.request(bob.session());
    yard.arbiter.stop(vic.session(), 1);
    yard.arbiter.grant(ann.session(), id(bob));
    assertThat(bob.state().armed()).isFalse();
    assertThat(code(ann.arms())).isEqualTo(Code.LEASE_HELD);
    bob.drivesOn();
    assertThat(yard.arbiter.moving()).isFalse();
    assertThat(bob.arms()).isEmpty();
    bob.drivesOn();
    assertThat(yard.arbiter.moving()).isTrue();
  }

  /** Keeps the lease as a page does at rest. */
  private void holds(Seat seat, long millis) {
    for (long i = 0; i < millis; i += 500) {
      seat.drives(0, 0);
      yard.passesWithBeats(500);
    }
  }

  private static String id(Seat seat) {
    return seat.operator().id();
  }

  private static Code code(Optional<Refused> refused) {
    return refused.orElseThrow().code();
  }
}
