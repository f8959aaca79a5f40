import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { sentence } from "../console/curtain.js";
import { Plain } from "../console/plain.js";
import type { KeyMessage } from "../rtcbot/keyboard.js";
import { FakeElement, FakePage } from "./page.js";

describe("the page of a plain robot", () => {
  let page: FakePage;
  let plain: Plain;
  let robot: Pick<Robot, "plain" | "state" | "role" | "media">;
  let sent: string[];
  let notes: string[];
  let sending: (message: KeyMessage) => Promise<void>;

  type Robot = {
    plain: boolean;
    state: "connected" | "reconnecting";
    role: "driver" | "viewer";
    media: { name: string; kind: "video" | "audio" }[];
  };

  beforeEach(() => {
    page = new FakePage();
    const forward = Object.assign(new FakeElement(), { textContent: "W" });
    forward.dataset["code"] = "KeyW";
    page.element("pad").append(forward);
    sent = [];
    notes = [];
    robot = { plain: true, state: "connected", role: "driver", media: [] };
    sending = ({ type, key }) => {
      sent.push(`${key} ${type.slice(3)}`);
      return Promise.resolve();
    };
    const send = (message: unknown) => sending(message as KeyMessage);
    plain = new Plain(Object.assign(robot, { send }), (text) => notes.push(text));
    plain.show(false);
  });

  function turn(on: boolean): void {
    page.element("send-keys").checked = on;
    page.element("send-keys").dispatchEvent(new Event("change"));
  }

  function key(type: "keydown" | "keyup", key: string): void {
    page.happens(type, { key, code: key, keyCode: 1, target: new FakeElement() });
  }

  function text(id: string): string {
    return page.element(id).hidden ? "" : page.element(id).textContent;
  }

  function root(): FakeElement {
    return document.documentElement as unknown as FakeElement;
  }

  test("is_told_apart_from_one_that_can_be_driven", () => {
    assert.ok(root().attributes.has("data-plain"));
    assert.equal(page.element("plain").hidden, false);
    robot.plain = false;
    plain.show(false);
    assert.ok(!root().attributes.has("data-plain"));
    assert.equal(page.element("plain").hidden, true);
    assert.equal(text("no-picture"), "This robot shows no picture.");
    robot.media = [{ name: "camera", kind: "video" }];
    plain.show(false);
    assert.equal(text("no-picture"), "");
  });

  test("no_key_is_sent_unless_somebody_asks_for_it", () => {
    key("keydown", "w");
    assert.deepEqual(sent, []);
    assert.match(text("send-keys-note"), /^Off/);
    assert.equal(text("keys-note"), "");
  });

  test("keys_are_sent_and_shown_until_the_switch_is_turned_off_which_lets_go_of_all", () => {
    turn(true);
    assert.match(text("send-keys-note"), /^On/);
    key("keydown", "w");
    key("keydown", "ArrowUp");
    assert.equal(text("keys-note"), "Keys go to the robot · W · ArrowUp");
    key("keyup", "ArrowUp");
    assert.equal(text("keys-note"), "Keys go to the robot · W");
    turn(false);
    key("keydown", "a");
    assert.deepEqual(sent, ["w down", "ArrowUp down", "ArrowUp up", "w up"]);
    assert.equal(text("keys-note"), "");
    assert.match(text("send-keys-note"), /^Off/);
  });

  test("the_space_bar_on_the_switch_belongs_to_the_switch", () => {
    turn(true);
    page.document.activeElement = page.element("send-keys");
    key("keydown", " ");
    key("keydown", "w");
    page.document.activeElement = null;
    key("keydown", " ");
    assert.deepEqual(sent, ["w down", "  down"]);
  });

  test("a_finger_on_a_key_of_the_screen_presses_it_until_it_leaves", () => {
    const [forward] = page.element("pad").children;
    forward?.dispatchEvent(new Event("pointerdown"));
    forward?.dispatchEvent(new Event("lostpointercapture"));
    assert.deepEqual(sent, [], "the switch is off");
    turn(true);
    forward?.dispatchEvent(new Event("pointerdown"));
    assert.ok(forward?.classes.has("held"));
    forward?.dispatchEvent(new Event("lostpointercapture"));
    assert.ok(!forward?.classes.has("held"));
    assert.deepEqual(sent, ["w down", "w up"]);
  });

  test("what_lets_go_on_this_page_lets_go_of_sent_keys_too", () => {
    turn(true);
    key("keydown", "w");
    plain.release();
    assert.deepEqual(sent, ["w down", "w up"]);
    assert.ok(plain.sending);
  });

  test("a_lost_connection_turns_it_off_and_says_so_once", () => {
    turn(true);
    key("keydown", "w");
    robot.state = "reconnecting";
    plain.show(false);
    plain.show(false);
    assert.ok(!plain.sending && page.element("send-keys").disabled);
    assert.equal(notes.length, 1);
    robot.state = "connected";
    plain.show(false);
    assert.ok(!plain.sending && !page.element("send-keys").disabled);
    key("keydown", "w");
    assert.deepEqual(sent, ["w down", "w up"]);
  });

  test("keys_that_cannot_be_sent_turn_it_off_and_say_why", async () => {
    sending = () => Promise.reject(new Error("Too fast."));
    turn(true);
    key("keydown", "w");
    key("keydown", "a");
    await new Promise((done) => setImmediate(done));
    assert.ok(!plain.sending);
    assert.deepEqual(notes, ["Keys are sent no more: Too fast."]);
  });

  test("who_may_only_watch_cannot_turn_it_on", () => {
    robot.role = "viewer";
    plain.show(false);
    assert.ok(page.element("send-keys").disabled);
    assert.match(text("send-keys-note"), /lets you watch/);
  });

  test("without_a_picture_a_calm_word_takes_its_place", () => {
    assert.equal(text("no-picture"), "This robot's program shows no picture.");
    robot.media = [{ name: "camera", kind: "video" }];
    plain.show(false);
    assert.equal(text("no-picture"), "No picture has come yet.");
    plain.show(true);
    assert.equal(text("no-picture"), "");
  });

  test("why_no_connection_came_about_is_told_as_it_was", () => {
    const reason = "The robot's program ended before it answered.";
    const failed = { state: "connecting", code: "peer-failed", reason, retryAt: 7 } as const;
    assert.equal(sentence(failed, true), reason);
    assert.match(sentence(failed, false), /^No path was found/);
  });

  test("nobody_is_told_that_a_silent_one_stands", () => {
    const silent = {
      state: "reconnecting",
      code: "path-silent",
      reason: "",
      retryAt: null,
    } as const;
    assert.match(sentence(silent, true), /may drive on/);
    assert.match(sentence(silent, false), /it stops by itself/);
  });
});
