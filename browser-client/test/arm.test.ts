import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { offerArm } from "../console/arm.js";
import type { MotionState } from "../lib/motion.js";
import { FakePage, type FakeElement } from "./page.js";

describe("the button Arm", () => {
  let button: FakeElement;
  let armed: number[];
  let robot: { motion: MotionState | null; arm(stops: number): Promise<void> };

  beforeEach(() => {
    button = new FakePage().element("arm");
    armed = [];
    robot = {
      motion: null,
      arm: (stops) => {
        armed.push(stops);
        return Promise.resolve();
      },
    };
    offerArm(robot);
  });

  function shows(stops: number): void {
    robot.motion = {
      state: "stopped",
      cause: "stop-pressed",
      reason: "vic pressed STOP.",
      driver: null,
      you: false,
      armed: false,
      stops,
      requests: [],
    };
  }

  function happens(type: string, what: object): Event {
    const event = Object.assign(new Event(type, { cancelable: true }), what);
    button.dispatchEvent(event);
    return event;
  }

  /** By keyboard 0, else the how manieth in quick succession. */
  function click(detail: number): void {
    happens("click", { detail });
  }

  test("rule_5_arms_the_stop_that_is_shown", () => {
    click(1);
    assert.deepEqual(armed, [], "nothing is shown");
    shows(31);
    click(1);
    shows(32);
    click(0);
    assert.deepEqual(armed, [31, 32]);
  });

  test("rule_5_a_double_click_and_a_held_key_arm_once", () => {
    shows(31);
    click(1);
    shows(32);
    click(2);
    assert.deepEqual(armed, [31]);
    assert.equal(happens("keydown", { key: "Enter", repeat: false }).defaultPrevented, false);
    assert.equal(happens("keydown", { key: "Enter", repeat: true }).defaultPrevented, true);
  });
});
