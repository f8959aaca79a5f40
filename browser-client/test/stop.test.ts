import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FarhandError } from "../lib/errors.js";
import { StopRepeater } from "../lib/stop.js";
import { FakeTime } from "./fake-time.js";

describe("STOP", () => {
  let time: FakeTime;
  let sent: { id: number; first: boolean }[];
  let stops: StopRepeater;

  beforeEach(() => {
    time = new FakeTime();
    sent = [];
    stops = new StopRepeater(time, (id, first) => sent.push({ id, first }));
    stops.start();
  });

  test("rule_5_stop_is_repeated_until_the_robot_confirms_it", async () => {
    const pressed = stops.press();
    time.advance(1000);
    assert.equal(sent.length, 21);
    assert.ok(sent.every(({ id }) => id === 1));
    stops.confirmed(1);
    await pressed;
    time.advance(1000);
    assert.equal(sent.length, 21);
    assert.equal(time.waiting, 0);
  });

  test("rule_5_a_stop_that_the_robot_refuses_is_not_repeated", async () => {
    const pressed = stops.press();
    stops.refused(new FarhandError("too-many-messages", "Wait a bit."));
    await assert.rejects(pressed, { code: "too-many-messages" });
    sent.length = 0;
    time.advance(1000);
    assert.deepEqual(sent, []);
    assert.equal(stops.pending, false);
    assert.equal(time.waiting, 0);
  });

  test("rule_5_only_the_first_of_a_press_takes_the_reliable_way_as_well", () => {
    void stops.press();
    time.advance(200);
    assert.deepEqual(
      sent.map(({ first }) => first),
      [true, false, false, false, false],
    );
  });

  test("rule_5_the_confirmation_of_an_older_press_does_not_end_a_newer_one", () => {
    void stops.press();
    void stops.press();
    stops.confirmed(1);
    assert.ok(stops.pending);
    time.advance(50);
    assert.deepEqual(sent.at(-1), { id: 2, first: false });
  });

  test("rule_5_a_press_that_was_not_confirmed_is_said_again_in_the_next_session", () => {
    void stops.press();
    stops.end();
    sent.length = 0;
    time.advance(5000);
    assert.deepEqual(sent, []);
    stops.start();
    assert.deepEqual(sent, [{ id: 1, first: true }]);
  });

  test("closing_fails_what_was_never_confirmed", async () => {
    const pressed = stops.press();
    stops.close();
    await assert.rejects(
      pressed,
      (error) => error instanceof FarhandError && error.code === "not-connected",
    );
    assert.equal(time.waiting, 0);
  });

  test("rule_5_a_press_after_the_connection_has_ended_for_good_is_told_at_once", async () => {
    stops.close();
    await assert.rejects(stops.press(), { code: "not-connected", message: /was not sent/ });
    assert.equal(stops.pending, false);
    assert.deepEqual(sent, []);
    assert.equal(time.waiting, 0);
  });
});
