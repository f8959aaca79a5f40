import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Keys } from "../console/keys.js";
import { FakePage } from "./page.js";

describe("the keyboard", () => {
  let page: FakePage;
  let keys: Keys;
  let held: { linear: number; angular: number };
  let stops: number;
  let drivable: boolean;

  beforeEach(() => {
    page = new FakePage();
    held = { linear: 0, angular: 0 };
    stops = 0;
    drivable = true;
    keys = new Keys(
      (now) => (held = now),
      () => (stops += 1),
      () => drivable,
    );
  });

  function key(type: "keydown" | "keyup", code: string, more: Record<string, unknown> = {}): Event {
    return page.happens(type, {
      code,
      key: code.replace(/(Left|Right)$/, ""),
      repeat: false,
      ...more,
    });
  }

  /** W is down, and the robot drives. */
  function forward(): void {
    key("keydown", "KeyW");
    assert.deepEqual(held, { linear: 1, angular: 0 });
  }

  function assertNothingHeld(): void {
    assert.deepEqual(held, { linear: 0, angular: 0 });
  }

  test("a_key_drives_until_it_is_let_go", () => {
    forward();
    key("keydown", "KeyA");
    assert.deepEqual(held, { linear: 1, angular: 1 });
    key("keyup", "KeyW");
    assert.deepEqual(held, { linear: 0, angular: 1 });
    key("keyup", "KeyA");
    assertNothingHeld();
  });

  for (const [modifier, flag] of [
    ["MetaLeft", "metaKey"],
    ["ControlLeft", "ctrlKey"],
    ["AltRight", "altKey"],
  ] as const) {
    test(`${modifier}_lets_go_of_all_because_the_keyup_may_never_come`, () => {
      forward();
      key("keydown", modifier, { [flag]: true });
      assertNothingHeld();
    });

    test(`the_keyup_of_${modifier}_lets_go_of_all`, () => {
      forward();
      key("keyup", modifier);
      assertNothingHeld();
    });

    test(`a_shortcut_with_${modifier}_lets_go_of_all_and_drives_nothing`, () => {
      forward();
      key("keydown", "KeyS", { [flag]: true });
      assertNothingHeld();
    });
  }

  test("rule_6_a_key_that_was_let_go_so_drives_again_only_when_it_is_pressed_anew", () => {
    forward();
    key("keydown", "MetaLeft", { metaKey: true });
    key("keyup", "MetaLeft");
    key("keydown", "KeyW", { repeat: true });
    assertNothingHeld();
    forward();
  });

  test("rule_6_a_context_menu_lets_go_of_all", () => {
    forward();
    page.happens("contextmenu");
    assertNothingHeld();
  });

  test("shift_and_caps_lock_change_nothing", () => {
    forward();
    key("keydown", "ShiftLeft", { shiftKey: true });
    key("keydown", "CapsLock");
    assert.deepEqual(held, { linear: 1, angular: 0 });
    key("keyup", "KeyW", { key: "W", shiftKey: true });
    assertNothingHeld();
  });

  test("rule_5_escape_and_space_stop_also_with_a_modifier", () => {
    key("keydown", "Escape");
    key("keydown", "Space");
    key("keydown", "Escape", { metaKey: true });
    assert.equal(stops, 3);
  });

  test("with_a_robot_that_cannot_be_driven_keys_are_left_to_others", () => {
    drivable = false;
    for (const code of ["Escape", "Space", "KeyW", "ArrowUp"]) {
      for (const type of ["keydown", "keyup"] as const) {
        assert.ok(!key(type, code).defaultPrevented, `${code} ${type}`);
      }
    }
    assert.equal(stops, 0);
    assertNothingHeld();
  });

  test("letting_go_of_nothing_says_nothing", () => {
    held = { linear: 7, angular: 7 };
    keys.release();
    key("keydown", "ControlLeft", { ctrlKey: true });
    assert.deepEqual(held, { linear: 7, angular: 7 });
  });
});
