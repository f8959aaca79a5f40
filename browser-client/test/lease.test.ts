import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Lease } from "../console/lease.js";
import { FarhandError } from "../lib/errors.js";
import type { MotionState } from "../lib/motion.js";
import { settle } from "./doubles.js";
import { FakePage, type FakeElement } from "./page.js";

const ANN = { id: "o-ann", name: "ann" };
const BOB = { id: "o-bob", name: "bob" };

describe("rule 4: who drives, who asks, and the buttons for it", () => {
  let page: FakePage;
  let lease: Lease;
  let asked: string[];
  let notes: string[];
  let now: number;
  let answer: () => Promise<void>;
  let robot: {
    state: "connected" | "reconnecting";
    motion: MotionState | null;
    role: "viewer" | "driver" | "owner";
  };

  beforeEach(() => {
    page = new FakePage();
    asked = [];
    notes = [];
    now = 1_000_000;
    mock.method(performance, "now", () => now);
    answer = () => Promise.resolve();
    robot = { state: "connected", motion: null, role: "driver" };
    const deed = (name: string) => (to?: string) => {
      asked.push(to === undefined ? name : `${name} ${to}`);
      return answer();
    };
    lease = new Lease(
      Object.assign(robot, {
        requestControl: deed("request"),
        withdrawRequest: deed("withdraw"),
        grant: deed("grant"),
        refuse: deed("refuse"),
        takeOver: deed("take-over"),
      }),
      (text) => notes.push(text),
      () => lease.show(),
    );
  });

  afterEach(() => mock.restoreAll());

  function shows(more: Partial<MotionState>): void {
    robot.motion = {
      state: "stopped",
      cause: "neutral",
      reason: "",
      driver: ANN,
      you: false,
      armed: true,
      stops: 30,
      requests: [],
      ...more,
    };
    lease.show();
  }

  function asking(you: boolean, operator = BOB): MotionState["requests"][number] {
    return { operator, grantAt: now + 8200, you };
  }

  function ask(): FakeElement {
    return page.element("ask");
  }

  function rows(): FakeElement[] {
    return page.element("requests").children;
  }

  function press(button: FakeElement): void {
    button.dispatchEvent(new Event("click"));
  }

  test("rule_4_a_driver_can_ask_while_somebody_else_drives_and_not_otherwise", () => {
    shows({});
    assert.equal(ask().hidden, false);
    assert.equal(ask().textContent, "Ask to drive");
    assert.equal(page.element("take-over").hidden, true);
    press(ask());
    assert.deepEqual(asked, ["request"]);
    shows({ driver: null });
    assert.equal(ask().hidden, true);
    shows({ you: true });
    assert.equal(ask().hidden, true);
    shows({});
    robot.state = "reconnecting";
    lease.show();
    assert.equal(ask().hidden, true);
  });

  test("rule_4_a_viewer_has_none_of_the_buttons", () => {
    robot.role = "viewer";
    shows({ requests: [asking(false)] });
    assert.equal(ask().hidden, true);
    assert.equal(page.element("take-over").hidden, true);
    assert.ok(
      rows()[0]
        ?.children.slice(2)
        .every(({ hidden }) => hidden),
    );
  });

  test("rule_4_an_owner_can_take_over", () => {
    robot.role = "owner";
    shows({});
    assert.equal(page.element("take-over").hidden, false);
    press(page.element("take-over"));
    assert.deepEqual(asked, ["take-over"]);
  });

  test("rule_4_who_has_asked_sees_the_time_left_and_can_ask_no_more", () => {
    shows({ requests: [asking(true)] });
    assert.equal(ask().textContent, "Withdraw request (9 s)");
    assert.equal(rows().length, 0, "one's own request is no row");
    now += 5000;
    page.tick();
    assert.equal(ask().textContent, "Withdraw request (4 s)");
    press(ask());
    assert.deepEqual(asked, ["withdraw"]);
  });

  test("rule_4_a_second_click_before_the_robot_has_answered_asks_no_second_time", async () => {
    shows({});
    let reject = (_: FarhandError): void => {};
    answer = () => new Promise<void>((_, rejected) => (reject = rejected));
    press(ask());
    press(ask());
    assert.deepEqual(asked, ["request"]);
    shows({ requests: [asking(true)] });
    answer = () => Promise.resolve();
    press(ask());
    assert.deepEqual(asked, ["request", "withdraw"]);
    reject(new FarhandError("no-such-request", "withdrawn"));
    shows({});
    await settle();
    press(ask());
    assert.deepEqual(asked, ["request", "withdraw", "request"]);
  });

  test("rule_4_after_a_refusal_the_button_waits_as_long_as_the_robot_says", async () => {
    shows({});
    answer = () => Promise.reject(new FarhandError("lease-refused", "ann keeps it.", 30_000));
    press(ask());
    await settle();
    assert.equal(lease.refused, true);
    assert.equal(ask().textContent, "Ask again in 30 s");
    press(ask());
    assert.deepEqual(asked, ["request"]);
    now += 30_000;
    page.tick();
    assert.equal(lease.refused, false);
    assert.equal(ask().textContent, "Ask to drive");
  });

  test("rule_4_the_holder_gives_or_refuses_each_who_asks", () => {
    const cat = { id: "o-cat", name: "cat" };
    shows({ you: true, requests: [asking(false), asking(false, cat)] });
    assert.equal(rows().length, 2);
    const [words, left, give, refuse] = rows()[0]!.children;
    assert.equal(words!.textContent, "bob asks to drive");
    assert.equal(left!.textContent, "Given in 9 s unless you answer");
    assert.equal(give!.hidden, false);
    press(give!);
    press(refuse!);
    assert.deepEqual(asked, ["grant o-bob", "refuse o-bob"]);
    assert.deepEqual(notes, [
      "bob asks to drive. Without an answer bob drives in 9 s.",
      "cat asks to drive. Without an answer cat drives in 9 s.",
    ]);
  });

  test("rule_4_a_request_keeps_its_row_so_that_a_focus_stays_and_goes_with_it", () => {
    shows({ you: true, requests: [asking(false)] });
    const row = rows()[0];
    now += 3000;
    shows({ you: true, state: "moving", requests: [{ ...asking(false), grantAt: now + 5200 }] });
    assert.equal(rows()[0], row);
    assert.match(row!.children[1]!.textContent, /^Given in 6 s/);
    shows({ you: true });
    assert.equal(rows().length, 0);
    assert.equal(notes.length, 1);
  });

  test("rule_4_others_see_who_asks_and_cannot_answer", () => {
    shows({ requests: [asking(false)] });
    assert.ok(
      rows()[0]!
        .children.slice(2)
        .every(({ hidden }) => hidden),
    );
  });

  test("rule_4_a_hostile_name_is_text", () => {
    const mallory = { id: "o-m", name: "<img src=x onerror=alert(1)>\u202e" };
    shows({ you: true, requests: [asking(false, mallory)] });
    const words = rows()[0]!.children[0]!;
    assert.equal(words.textContent, "<img src=x onerror=alert(1)> asks to drive");
    assert.equal(words.children.length, 0);
  });

  test("rule_4_the_log_says_who_drives_when_that_changes", () => {
    shows({});
    assert.deepEqual(notes, []);
    shows({ driver: BOB });
    shows({ driver: BOB, state: "moving" });
    shows({ driver: ANN, you: true });
    assert.deepEqual(notes, ["bob drives now.", "You drive now."]);
  });
});
