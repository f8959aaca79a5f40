import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { GamepadStick } from "../console/gamepad.js";
import { FakePage } from "./page.js";

interface Pad {
  index: number;
  id: string;
  mapping: string;
  connected: boolean;
  axes: number[];
  buttons: { pressed: boolean }[];
}

const REST = { linear: 0, angular: 0 };

describe("rule 6: a gamepad", () => {
  let page: FakePage;
  let stick: GamepadStick;
  let held: { linear: number; angular: number };
  let stops: number;
  let commanded: boolean;
  let drivable: boolean;
  let pad: Pad;
  let notes: string[];

  beforeEach(() => {
    page = new FakePage();
    held = REST;
    stops = 0;
    commanded = true;
    drivable = true;
    notes = [];
    pad = another(0, "standard");
    stick = new GamepadStick(
      (now) => (held = now),
      () => (stops += 1),
      () => commanded,
      () => drivable,
      (text) => notes.push(text),
    );
    plugIn(pad);
    page.tick();
  });

  function another(index: number, mapping: string): Pad {
    return {
      index,
      id: `pad ${index}`,
      mapping,
      connected: true,
      axes: [0, 0, 0, 0],
      buttons: Array.from({ length: 17 }, () => ({ pressed: false })),
    };
  }

  function plugIn(gamepad: Pad): void {
    page.pads[gamepad.index] = gamepad;
    page.window.dispatchEvent(Object.assign(new Event("gamepadconnected"), { gamepad }));
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
    plugIn(pad);
    page.tick();
    assert.deepEqual(held, REST);
    push(0, 0);
    push(0, -1);
    assert.deepEqual(held, { linear: 1, angular: 0 });
  });

  test("rule_6_one_that_is_back_before_it_was_missed_has_to_rest_first", () => {
    push(0, -1);
    page.window.dispatchEvent(new Event("gamepaddisconnected"));
    assert.deepEqual(held, REST);
    page.tick();
    assert.deepEqual(held, REST);
    push(0, 0);
    push(0, -1);
    assert.deepEqual(held, { linear: 1, angular: 0 });
  });

  test("rule_6_another_that_takes_its_place_has_to_rest_first", () => {
    const other = another(1, "standard");
    other.axes = [0, 1, 0, 0];
    plugIn(other);
    push(0, -1);
    assert.deepEqual(held, { linear: 1, angular: 0 });
    pad.connected = false;
    page.tick();
    assert.deepEqual(held, REST);
    page.tick();
    assert.deepEqual(held, REST);
    other.axes = [0, 0, 0, 0];
    page.tick();
    other.axes = [0, 1, 0, 0];
    page.tick();
    assert.deepEqual(held, { linear: -1, angular: 0 });
  });

  test("rule_6_one_of_an_unknown_layout_does_not_drive_because_an_axis_may_be_a_throttle", () => {
    pad.connected = false;
    const unknown = another(1, "");
    plugIn(unknown);
    assert.match(notes.at(-1)!, /does not know the layout/);
    for (const down of [0, -1, 0, 1]) {
      unknown.axes = [0, down, 0, 0];
      page.tick();
      assert.deepEqual(held, REST);
    }
    const known = another(2, "standard");
    plugIn(known);
    page.tick();
    known.axes = [0, -1, 0, 0];
    page.tick();
    assert.deepEqual(held, { linear: 1, angular: 0 }, "one that is known does, beside it");
    assert.equal(notes.length, 1);
  });

  test("rule_5_each_button_of_an_unknown_layout_stops_once_a_press", () => {
    const unknown = another(1, "");
    plugIn(unknown);
    for (const button of [0, 5, 16]) {
      unknown.buttons[button]!.pressed = true;
      page.tick();
      page.tick();
    }
    assert.equal(stops, 3);
  });

  test("rule_5_one_that_does_not_drive_stops_as_well", () => {
    const other = another(1, "standard");
    plugIn(other);
    pad.buttons[1]!.pressed = true;
    page.tick();
    other.buttons[1]!.pressed = true;
    page.tick();
    assert.equal(stops, 2);
    other.buttons[0]!.pressed = true;
    page.tick();
    assert.equal(stops, 2, "its other buttons do not");
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
