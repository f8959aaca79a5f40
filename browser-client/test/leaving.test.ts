import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Keys } from "../console/keys.js";
import { followPage } from "../console/leaving.js";
import { Pilot } from "../console/pilot.js";
import { FakePage } from "./page.js";

describe("rule 6: a page that nobody looks at", () => {
  let page: FakePage;
  let asked: { linear: number; angular: number }[];
  let closed: boolean;
  let live: boolean;

  beforeEach(() => {
    page = new FakePage();
    asked = [];
    closed = false;
    live = true;
    const pilot = new Pilot(
      (motion) => asked.push(motion),
      () => live,
    );
    const keys = new Keys(
      (held) => pilot.hold("keys", held),
      () => {},
    );
    followPage({ hurry: () => {}, close: () => (closed = true) }, () => keys.release());
    page.happens("keydown", { code: "KeyW", key: "w", repeat: false });
    assert.deepEqual(asked.at(-1), { linear: 1, angular: 0 });
  });

  function assertStands(): void {
    assert.deepEqual(asked.at(-1), { linear: 0, angular: 0 });
    page.happens("keydown", { code: "KeyW", key: "w", repeat: true });
    assert.deepEqual(asked.at(-1), { linear: 0, angular: 0 }, "the key is held on, and repeats");
    page.happens("keyup", { code: "KeyW", key: "w" });
  }

  test("rule_6_one_that_loses_the_focus_lets_go", () => {
    page.window.dispatchEvent(new Event("blur"));
    assertStands();
  });

  test("rule_6_one_that_is_hidden_lets_go", () => {
    page.happens("visibilitychange");
    assertStands();
  });

  test("rule_6_one_that_is_left_lets_go_and_ends_its_session", () => {
    page.window.dispatchEvent(new Event("pagehide"));
    assert.equal(closed, true);
    assertStands();
  });

  test("rule_6_without_a_live_picture_what_is_held_is_said_as_rest", async () => {
    live = false;
    await new Promise((later) => setTimeout(later, 150));
    assertStands();
  });
});
