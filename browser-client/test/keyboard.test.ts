import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Keyboard, setKeyboardRate, type KeyMessage } from "../rtcbot/keyboard.js";
import { FakeButton, FakeElement, FakeInput, FakePage } from "./page.js";

const CODES: Readonly<Record<string, number>> = { KeyW: 87, KeyA: 65, Space: 32, ArrowUp: 38 };

describe("RTCBot's keyboard", () => {
  let page: FakePage;
  let keyboard: Keyboard;
  let messages: KeyMessage[];
  let end: () => void;

  beforeEach(() => {
    page = new FakePage();
    messages = [];
    keyboard = new Keyboard();
    end = keyboard.subscribe((message) => messages.push(message));
  });

  afterEach(() => {
    keyboard.close();
    setKeyboardRate(0);
    assert.equal(page.intervals.size, 0, "nothing is repeated by a closed keyboard");
  });

  function key(type: "keydown" | "keyup", code: string, more: Record<string, unknown> = {}): Event {
    const letter = /^Key(.)$/.exec(code)?.[1]?.toLowerCase();
    return page.happens(type, {
      code,
      key: letter ?? (code === "Space" ? " " : code.replace(/(Left|Right)$/, "")),
      keyCode: CODES[code] ?? 0,
      altKey: false,
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      repeat: false,
      isComposing: false,
      target: new FakeElement(),
      ...more,
    });
  }

  function said(): string[] {
    return messages.map(({ type, key }) => `${key} ${type.slice(3)}`);
  }

  test("a_key_is_reported_down_once_and_up_once_with_all_that_rtcbot_tells", () => {
    key("keydown", "KeyW", { shiftKey: true, key: "W" });
    key("keydown", "KeyW", { shiftKey: true, key: "W", repeat: true });
    key("keyup", "KeyW");
    const [down, up] = messages;
    assert.ok(down !== undefined && up !== undefined && messages.length === 2);
    const { timestamp, ...fields } = down;
    assert.deepEqual(fields, {
      type: "keydown",
      altKey: false,
      shiftKey: true,
      keyCode: 87,
      key: "W",
    });
    assert.ok(timestamp > 0 && up.timestamp >= timestamp);
    assert.equal(up.type, "keyup");
    assert.equal(up.key, "w", "Shift was let go meanwhile, and it is the same key");
  });

  for (const [what, happens] of [
    ["another_window_takes_the_focus", () => blur(page)],
    ["the_page_is_left", () => void page.window.dispatchEvent(new Event("pagehide"))],
    ["the_page_is_hidden", () => void page.happens("visibilitychange")],
    ["a_context_menu_opens", () => void page.happens("contextmenu")],
    [
      "a_text_field_takes_the_keys",
      () => void page.happens("focusin", { target: new FakeInput() }),
    ],
    ["a_shortcut_is_pressed_with_meta", () => void key("keydown", "KeyR", { metaKey: true })],
  ] as const) {
    test(`every_key_goes_up_when_${what}`, () => {
      key("keydown", "KeyW");
      key("keydown", "KeyA");
      happens();
      assert.deepEqual(said(), ["w down", "a down", "w up", "a up"]);
      key("keyup", "KeyW");
      key("keydown", "KeyA", { repeat: true });
      assert.equal(messages.length, 4, "it counts again when it is pressed anew");
      key("keydown", "KeyA");
      assert.equal(said().at(-1), "a down");
    });
  }

  test("a_focus_that_moves_within_the_page_lets_go_of_nothing", () => {
    key("keydown", "KeyW");
    const moved = new Event("blur");
    Object.defineProperty(moved, "target", { value: new FakeElement() });
    page.window.dispatchEvent(moved);
    page.happens("focusin", { target: new FakeButton() });
    assert.deepEqual(said(), ["w down"]);
  });

  test("what_is_typed_into_a_text_field_or_composed_is_not_reported", () => {
    key("keydown", "KeyW", { target: new FakeInput() });
    key("keyup", "KeyW", { target: new FakeInput() });
    key("keydown", "KeyW", { isComposing: true });
    key("keydown", "KeyW", { keyCode: 229 });
    assert.deepEqual(messages, []);
  });

  test("only_keys_that_would_scroll_are_held_back_from_the_browser", () => {
    assert.ok(key("keydown", "ArrowUp").defaultPrevented);
    assert.ok(key("keydown", "ArrowUp", { repeat: true }).defaultPrevented);
    assert.ok(key("keydown", "Space").defaultPrevented);
    assert.ok(!key("keydown", "KeyW").defaultPrevented);
    assert.ok(!key("keydown", "F5").defaultPrevented);
    assert.ok(!key("keydown", "ArrowUp", { altKey: true }).defaultPrevented);
    assert.ok(!key("keydown", "ArrowUp", { target: new FakeInput() }).defaultPrevented);
    assert.ok(!key("keydown", "Space", { target: new FakeButton() }).defaultPrevented);
  });

  test("a_held_key_is_repeated_at_the_rate_that_was_asked_for_until_it_goes_up", () => {
    page.tick();
    key("keydown", "KeyW");
    page.tick();
    assert.deepEqual(said(), ["w down"], "RTCBot repeats nothing");
    setKeyboardRate(5);
    assert.deepEqual(
      [...page.intervals.values()].map(({ millis }) => millis),
      [200],
    );
    page.tick();
    page.tick();
    key("keyup", "KeyW");
    page.tick();
    assert.deepEqual(said(), ["w down", "w down", "w down", "w up"]);
    assert.ok((messages[2]?.timestamp ?? 0) >= (messages[1]?.timestamp ?? Infinity));
    key("keydown", "KeyW");
    blur(page);
    page.tick();
    assert.deepEqual(said().slice(4), ["w down", "w up"]);
    for (const wrong of [-1, Number.NaN, Infinity]) {
      assert.throws(() => setKeyboardRate(wrong), RangeError);
    }
  });

  test("who_leaves_hears_held_keys_go_up_and_nothing_more", () => {
    const others: KeyMessage[] = [];
    const other = (message: KeyMessage) => others.push(message);
    keyboard.subscribe(other);
    key("keydown", "KeyW");
    end();
    end();
    assert.deepEqual(said(), ["w down", "w up"]);
    assert.equal(others.length, 1, "who stays does not hear of it");
    key("keydown", "KeyA");
    assert.equal(messages.length, 2);
    keyboard.unsubscribe(other);
    keyboard.unsubscribe(other);
    assert.deepEqual(
      others.map(({ key, type }) => `${key} ${type}`),
      ["w keydown", "a keydown", "w keyup", "a keyup"],
    );
  });

  test("without_a_subscriber_the_page_keeps_its_keys", () => {
    end();
    assert.ok(!key("keydown", "ArrowUp").defaultPrevented);
    keyboard.subscribe((message) => messages.push(message));
    key("keyup", "ArrowUp");
    assert.deepEqual(messages, [], "it went down before");
    key("keydown", "KeyW");
    assert.deepEqual(said(), ["w down"]);
  });

  test("closing_lets_go_of_all_and_may_be_repeated", () => {
    key("keydown", "KeyW");
    keyboard.close();
    keyboard.close();
    key("keydown", "KeyA");
    assert.deepEqual(said(), ["w down", "w up"]);
  });
});

function blur(page: FakePage): void {
  page.window.dispatchEvent(new Event("blur"));
}
