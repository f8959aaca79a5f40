import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Gamepad, setGamepadRate, type PadMessage } from "../rtcbot/gamepad.js";
import { FakePage } from "./page.js";

describe("RTCBot's gamepad", () => {
  let page: FakePage;
  let gamepad: Gamepad;
  let messages: PadMessage[];
  let end: () => void;

  beforeEach(() => {
    page = new FakePage();
    messages = [];
    gamepad = new Gamepad();
    end = gamepad.subscribe((message) => messages.push(message));
  });

  afterEach(() => {
    gamepad.close();
    setGamepadRate(10);
    assert.equal(page.intervals.size, 0, "nobody looks at a closed gamepad");
  });

  /** The pad as it is now. */
  function pad(index: number, axes: number[], buttons: boolean[]): object {
    return { index, connected: true, axes, buttons: buttons.map((pressed) => ({ pressed })) };
  }

  function look(...pads: object[]): PadMessage[] {
    page.pads = pads;
    messages = [];
    page.tick();
    return messages;
  }

  test("only_what_has_changed_is_reported", () => {
    assert.deepEqual(look(), []);
    assert.deepEqual(look(pad(0, [0, 0], [false])), []);
    assert.deepEqual(look(pad(0, [0, -0.5], [true])), [
      { type: "btn0", value: true },
      { type: "axis1", value: -0.5 },
    ]);
    assert.deepEqual(look(pad(0, [0, -0.5], [true])), []);
    assert.deepEqual(look(pad(0, [0, -0.5], [false])), [{ type: "btn0", value: false }]);
    assert.deepEqual(gamepad.state, { btn0: false, axis0: 0, axis1: -0.5 });
  });

  test("a_pad_that_was_unplugged_comes_to_rest_and_says_so", () => {
    look(pad(0, [1], [true]));
    assert.deepEqual(look(), [
      { type: "btn0", value: false },
      { type: "axis0", value: 0 },
    ]);
    assert.deepEqual(gamepad.state, { btn0: false, axis0: 0 });
    assert.deepEqual(look(), []);
  });

  test("a_hidden_page_holds_nothing", () => {
    look(pad(0, [1], []));
    page.document.hidden = true;
    assert.deepEqual(look(pad(0, [1], [])), [{ type: "axis0", value: 0 }]);
  });

  test("a_second_pad_counts_once_the_first_is_gone", () => {
    look(pad(1, [0.5], []));
    assert.deepEqual(look(pad(0, [1], []), pad(1, [0.5], [])), [], "it was not the first");
    assert.deepEqual(look(pad(0, [1], [])), [{ type: "axis0", value: 1 }]);
  });

  test("ten_times_a_second_unless_another_rate_is_set", () => {
    const millis = () => [...page.intervals.values()].map((interval) => interval.millis);
    assert.deepEqual(millis(), [100]);
    setGamepadRate(50);
    assert.deepEqual(millis(), [20]);
    for (const wrong of [0, -1, Number.NaN, 5000]) {
      assert.throws(() => setGamepadRate(wrong), /setGamepadRate takes 0.1 to 1000 Hz/);
    }
  });

  test("a_subscription_can_be_ended", () => {
    end();
    const other = (message: PadMessage) => messages.push(message);
    gamepad.subscribe(other);
    gamepad.unsubscribe(other);
    assert.deepEqual(look(pad(0, [1], [])), []);
    assert.deepEqual(gamepad.state, { axis0: 1 });
  });

  test("closing_brings_all_to_rest", () => {
    look(pad(0, [1], []));
    messages = [];
    gamepad.close();
    gamepad.close();
    assert.deepEqual(messages, [{ type: "axis0", value: 0 }]);
  });
});
