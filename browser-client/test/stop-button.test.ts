import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Kept } from "../console/kept.js";
import { Stop } from "../console/stop.js";
import { FarhandError } from "../lib/errors.js";
import { FakePage } from "./page.js";

describe("STOP as it is pressed", () => {
  let page: FakePage;
  let entries: Map<string, string>;
  let blocked: boolean;
  let notes: string[];
  /** What becomes of the presses that the robot's library has got, one after the other. */
  let said: { done: () => void; failed: (error: FarhandError) => void }[];

  beforeEach(() => {
    entries = new Map();
    blocked = false;
    load();
  });

  /** The page, loaded (anew) in this tab. */
  function load(): void {
    page = new FakePage();
    page.element("stop-unsent").hidden = true;
    notes = [];
    said = [];
  }

  function stop(state: "connected" | "reconnecting" | "closed"): Stop {
    const robot = {
      id: "rover",
      state,
      stop: () =>
        new Promise<void>((done, failed) => {
          said.push({ done, failed });
        }),
    };
    return new Stop(robot, (text) => notes.push(text), new Kept(storage));
  }

  function storage(): Storage {
    if (blocked) {
      throw new Error("SecurityError");
    }
    return {
      getItem: (name: string) => entries.get(name) ?? null,
      setItem: (name: string, value: string) => entries.set(name, value),
      removeItem: (name: string) => entries.delete(name),
    } as unknown as Storage;
  }

  const ended = new FarhandError("not-connected", "STOP was not sent: the connection has ended.");

  async function becomes(end: "confirmed" | FarhandError): Promise<void> {
    const press = said.shift()!;
    if (end === "confirmed") {
      press.done();
    } else {
      press.failed(end);
    }
    await new Promise((later) => setTimeout(later));
  }

  function unsent(): string {
    const { hidden, textContent } = page.element("stop-unsent");
    return hidden ? "" : textContent;
  }

  test("rule_5_a_press_is_told_with_its_confirmation", async () => {
    stop("connected").press();
    assert.ok(page.element("stop").classes.has("pressed"));
    await becomes("confirmed");
    assert.ok(!page.element("stop").classes.has("pressed"));
    assert.deepEqual(notes, ["STOP", "The robot has confirmed STOP."]);
    assert.equal(unsent(), "");
  });

  test("rule_5_while_the_connection_is_away_a_press_is_promised", () => {
    stop("reconnecting").press();
    assert.deepEqual(notes, ["STOP: said as soon as the robot is reached."]);
  });

  test("rule_5_when_the_connection_has_ended_the_page_says_that_it_was_not_sent", async () => {
    stop("closed").press();
    assert.deepEqual(notes, [], "nothing is promised");
    await becomes(ended);
    assert.deepEqual(notes, [ended.message]);
    assert.match(unsent(), /^STOP was not sent: .* said as soon as this page has joined/);
  });

  test("rule_5_what_was_not_sent_is_said_once_when_this_tab_joins_again", async () => {
    stop("closed").press();
    await becomes(ended);
    load();
    stop("reconnecting");
    assert.equal(said.length, 1);
    assert.match(notes[0]!, /said as soon as the robot is reached/);
    await becomes("confirmed");
    load();
    stop("reconnecting");
    assert.equal(said.length, 0);
  });

  test("rule_5_a_tab_that_does_not_get_to_the_robot_keeps_it_further", async () => {
    stop("closed").press();
    await becomes(ended);
    load();
    stop("reconnecting");
    await becomes(ended);
    load();
    stop("reconnecting");
    assert.equal(said.length, 1);
  });

  test("rule_5_what_the_robot_refuses_is_not_kept", async () => {
    stop("connected").press();
    await becomes(new FarhandError("too-many-messages", "Wait a bit."));
    assert.equal(notes.at(-1), "Wait a bit.");
    assert.equal(unsent(), "");
    assert.equal(entries.size, 0);
  });

  test("rule_5_where_nothing_can_be_kept_the_page_asks_to_press_anew", async () => {
    blocked = true;
    stop("closed").press();
    await becomes(ended);
    assert.match(unsent(), /^STOP was not sent: .* press STOP anew/);
  });
});
