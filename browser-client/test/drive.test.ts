import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { DriveCadence } from "../lib/drive.js";
import { FakeTime } from "./fake-time.js";

describe("when to send which motion", () => {
  let time: FakeTime;
  let sent: { at: number; linear: number; angular: number }[];
  let cadence: DriveCadence;

  beforeEach(() => {
    time = new FakeTime();
    sent = [];
    cadence = new DriveCadence(time, (linear, angular) =>
      sent.push({ at: time.now(), linear, angular }),
    );
    cadence.start();
  });

  /** Repeats a motion as a program does, for so long. */
  function hold(linear: number, angular: number, millis: number): void {
    for (let passed = 0; passed < millis; passed += 100) {
      cadence.drive(linear, angular);
      time.advance(100);
    }
  }

  function lease(): void {
    cadence.lease(true, true);
    time.advance(100);
    sent.length = 0;
  }

  test("rule_3_a_motion_that_was_begun_without_a_session_is_no_neutral_for_the_robot", () => {
    lease();
    cadence.end();
    hold(1, 0, 500);
    sent.length = 0;
    cadence.start();
    hold(1, 0, 1500);
    assert.ok(sent.length > 0);
    assert.ok(
      sent.every(({ linear }) => linear === 1),
      "nobody has let go",
    );
    cadence.drive(0, 0);
    time.advance(100);
    assert.ok(sent.some(({ linear }) => linear === 0));
  });

  test("rule_3_what_is_held_when_somebody_else_gives_the_lease_is_no_neutral", () => {
    hold(1, 0, 500);
    sent.length = 0;
    cadence.handed();
    cadence.lease(true, false);
    hold(1, 0, 1500);
    assert.ok(sent.length > 0);
    assert.ok(
      sent.every(({ linear }) => linear === 1),
      "nobody has let go",
    );
  });

  test("rule_3_a_motion_that_goes_on_through_an_outage_is_none_either", () => {
    lease();
    hold(1, 0, 500);
    cadence.end();
    time.advance(2000);
    cadence.drive(1, 0);
    cadence.start();
    sent.length = 0;
    hold(1, 0, 1500);
    assert.ok(sent.every(({ linear }) => linear === 1));
  });

  test("rule_3_what_begins_right_after_arm_shows_neutral_until_the_robot_has_seen_it", () => {
    lease();
    hold(1, 0, 500);
    cadence.drive(0, 0);
    // STOP is latched, Arm is pressed, the robot waits for neutral.
    cadence.lease(true, false);
    time.advance(100);
    sent.length = 0;
    cadence.arming();
    hold(1, 0, 300);
    assert.ok(sent.length > 0);
    assert.ok(sent.every(({ linear }) => linear === 0));
    cadence.lease(true, true);
    assert.equal(sent.at(-1)?.linear, 1);
  });

  test("rule_3_what_is_held_when_arm_is_pressed_is_no_neutral", () => {
    hold(1, 0, 100);
    cadence.lease(true, true);
    // Still within the time in which the lease is asked for.
    cadence.lease(true, false);
    sent.length = 0;
    hold(1, 0, 100);
    cadence.arming();
    hold(1, 0, 1500);
    assert.ok(sent.length > 0);
    assert.ok(
      sent.every(({ linear }) => linear === 1),
      "nobody has let go",
    );
  });

  test("who_does_not_drive_sends_nothing", () => {
    time.advance(10_000);
    assert.deepEqual(sent, []);
    assert.equal(time.waiting, 0);
  });

  test("motion_goes_out_twenty_times_a_second", () => {
    lease();
    hold(1, 0, 2000);
    assert.ok(sent.length >= 40 && sent.length <= 42, String(sent.length));
    assert.ok(sent.every(({ linear }) => linear === 1));
  });

  test("neutral_follows_motion_for_a_second_at_the_same_pace_then_twice_a_second", () => {
    lease();
    hold(1, 0, 500);
    sent.length = 0;
    cadence.drive(0, 0);
    const released = time.now();
    time.advance(4000);
    assert.ok(sent.every(({ linear, angular }) => linear === 0 && angular === 0));
    assert.ok((sent[0]?.at ?? Infinity) <= released + 20, "the first at once");
    const quick = sent.filter(({ at }) => at <= released + 850);
    assert.ok(quick.length >= 17, String(quick.length));
    const slow = sent.filter(({ at }) => at > released + 1500);
    assert.ok(slow.length >= 4 && slow.length <= 6, String(slow.length));
  });

  test("a_program_that_no_longer_calls_drive_sends_neutral_after_half_a_second", () => {
    lease();
    cadence.drive(1, 0.5);
    const called = time.now();
    time.advance(3000);
    assert.ok(sent.filter(({ at }) => at < called + 500).every(({ linear }) => linear === 1));
    assert.ok(sent.filter(({ at }) => at >= called + 500).every(({ linear }) => linear === 0));
    assert.ok(sent.some(({ at }) => at >= called + 500));
  });

  test("a_change_of_motion_does_not_wait_for_the_next_turn", () => {
    lease();
    cadence.drive(1, 0);
    time.advance(25);
    cadence.drive(0, 0);
    assert.deepEqual(sent.at(-1), { at: time.now(), linear: 0, angular: 0 });
  });

  test("a_change_right_after_a_message_waits_for_twenty_milliseconds_not_for_the_next_turn", () => {
    lease();
    time.advance(400);
    const held = sent.at(-1)?.at ?? NaN;
    assert.equal(held, time.now(), "a message that keeps the lease has just gone out");
    cadence.drive(1, 0);
    time.advance(20);
    assert.deepEqual(sent.at(-1), { at: held + 20, linear: 1, angular: 0 });
  });

  test("a_fluttering_stick_sends_at_most_fifty_times_a_second", () => {
    lease();
    for (let i = 0; i < 1000; i++) {
      cadence.drive(i % 2, 0);
      time.advance(1);
    }
    assert.ok(sent.length <= 51, String(sent.length));
  });

  test("the_first_motion_asks_for_the_lease_with_neutral", () => {
    hold(1, 0, 100);
    assert.ok(sent.length > 0 && sent.every(({ linear }) => linear === 0));
    cadence.lease(true, true);
    assert.deepEqual(sent.at(-1), { at: time.now(), linear: 1, angular: 0 });
  });

  test("who_is_not_answered_says_what_is_held_and_the_robot_decides", () => {
    hold(1, 0, 900);
    assert.ok(sent.every(({ linear }) => linear === 0));
    hold(1, 0, 200);
    assert.equal(sent.at(-1)?.linear, 1);
  });

  test("a_lease_that_comes_late_does_not_hide_that_a_key_is_held", () => {
    hold(1, 0, 1500);
    sent.length = 0;
    cadence.lease(true, false);
    hold(1, 0, 1000);
    assert.ok(
      sent.every(({ linear }) => linear === 1),
      "the robot must not see neutral",
    );
  });

  test("without_the_lease_nothing_is_sent_a_second_after_the_motion", () => {
    hold(1, 0, 300);
    cadence.drive(0, 0);
    time.advance(2000);
    sent.length = 0;
    time.advance(5000);
    assert.deepEqual(sent, []);
  });

  test("a_lost_session_sends_nothing_and_the_next_begins_without_a_lease", () => {
    lease();
    hold(1, 0, 300);
    cadence.end();
    sent.length = 0;
    hold(1, 0, 2000);
    assert.deepEqual(sent, []);
    cadence.drive(0, 0);
    time.advance(2000);
    cadence.start();
    time.advance(2000);
    assert.deepEqual(sent, []);
    assert.equal(time.waiting, 0);
  });

  test("values_are_clamped_and_no_number_is_refused", () => {
    lease();
    cadence.drive(1.5, -7);
    assert.deepEqual(sent.at(-1), { at: time.now(), linear: 1, angular: -1 });
    assert.throws(() => cadence.drive(Number.NaN, 0), TypeError);
  });
});
