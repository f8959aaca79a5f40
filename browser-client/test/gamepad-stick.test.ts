import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { GamepadStick } from "../console/gamepad.js";
import { FakePage } from "./page.js";

const REST = { linear: 0, angular: 0 };

describe("rule 6: a gamepad", () => {
  let page: FakePage;
  let stick: GamepadStick;
  let held: { linear: number; angular: number };
  let stops: number;
  let commanded: boolean;
  let drivable: boolean;
  let pad: { connected: boolean; axes: number[]; buttons: { pressed: boolean }[] };

  beforeEach(() => {
    page = new FakePage();
    held = REST;
    stops = 0;
    commanded = true;
    drivable = true;
    pad = {
      connected: true,
      axes: [0, 0, 0, 0],
      buttons: Array.from({ length: 17 }, () => ({ pressed: false })),
    };
    stick = new GamepadStick(
      (now) => (held = now),
      () => (stops += 1),
      () => commanded,
      () => drivable,
    );
    plugIn();
    page.tick();
  });

  function plugIn(): void {
    page.pads = [pad];
    page.window.dispatchEvent(new Event("gamepadconnected"));
  }

  function push(right: number, down: number): void {
    pad.axes = [right, down, 0, 0];
    page.tick();
  }

  test("drives_by_its_left_stick_and_rests_near_the_middle", () => {
    push(0, -1);
    assert.deepEqual(held, { linear: 1, angular: 0 });
    push(-1, 0);
    assert.deepEqual(held, { linear: 0, angular: 1 });
    push(0.1, -0.14);
    assert.deepEqual(held, REST);
  });

  test("rule_6_one_that_is_unplugged_lets_go", () => {
    push(0, -1);
    page.pads = [];
    page.window.dispatchEvent(new Event("gamepaddisconnected"));
    assert.deepEqual(held, REST);
    assert.equal(page.intervals.size, 0, "nothing is looked for any more");
  });

  test("rule_6_one_that_is_gone_without_a_word_lets_go", () => {
    push(0, -1);
    pad.connected = false;
    page.tick();
    assert.deepEqual(held, REST);
  });

  test("rule_6_one_that_comes_back_with_its_stick_held_has_to_rest_first", () => {
    push(0, -1);
    page.pads = [];
    page.tick();
    plugIn();
    page.tick();
    assert.deepEqual(held, REST);
    push(0, 0);
    push(0, -1);
    assert.deepEqual(held, { linear: 1, angular: 0 });
  });

  test("rule_6_after_the_page_let_go_of_all_the_stick_has_to_rest_first", () => {
    push(0, -1);
    stick.release();
    assert.deepEqual(held, REST);
    page.tick();
    assert.deepEqual(held, REST);
    push(0, 0);
    push(0, -1);
    assert.deepEqual(held, { linear: 1, angular: 0 });
  });

  test("rule_5_its_button_stops_once_a_press", () => {
    pad.buttons[1]!.pressed = true;
    page.tick();
    page.tick();
    assert.equal(stops, 1);
    pad.buttons[1]!.pressed = false;
    page.tick();
    pad.buttons[1]!.pressed = true;
    page.tick();
    assert.equal(stops, 2);
  });

  test("rule_6_a_page_without_the_focus_gets_nothing_of_the_stick", () => {
    push(0, -1);
    drivable = false;
    page.tick();
    assert.deepEqual(held, REST);
    push(0, -1);
    assert.deepEqual(held, REST);
    drivable = true;
    page.tick();
    assert.deepEqual(held, REST, "it has to rest first");
  });

  test("rule_5_its_button_stops_also_without_the_focus", () => {
    drivable = false;
    pad.buttons[1]!.pressed = true;
    page.tick();
    page.tick();
    assert.equal(stops, 1);
  });

  test("a_robot_that_takes_no_commands_gets_nothing_of_it", () => {
    push(0, -1);
    commanded = false;
    page.tick();
    assert.deepEqual(held, REST);
    pad.buttons[1]!.pressed = true;
    push(0, -1);
    assert.deepEqual(held, REST);
    assert.equal(stops, 0);
  });
});
