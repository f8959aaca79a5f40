import assert from "node:assert/strict";
import { beforeEach, describe, mock, test } from "node:test";
import { Picture } from "../console/picture.js";
import { Pilot } from "../console/pilot.js";
import { FakePage } from "./page.js";

describe("the picture to drive by", () => {
  let page: FakePage;
  let now: number;
  let expected: boolean;
  let letGo: number;
  let firsts: number;
  let told: (string | null)[];
  let picture: Picture;
  /** The browser shows a frame, as it tells who has asked for it. */
  let frame: () => void;

  beforeEach(() => {
    page = new FakePage();
    now = 5000;
    mock.restoreAll();
    mock.method(performance, "now", () => now);
    Object.assign(page.element("video"), {
      srcObject: null,
      requestVideoFrameCallback: (shown: () => void) => (frame = shown),
    });
    make();
  });

  function make(withPicture = true): void {
    expected = withPicture;
    letGo = 0;
    firsts = 0;
    told = [];
    const stream = { getAudioTracks: () => [] } as unknown as MediaStream;
    picture = new Picture(stream, {
      expected: () => expected,
      letGo: () => (letGo += 1),
      seen: () => (firsts += 1),
      changed: () => told.push(picture.told),
    });
    picture.attach();
  }

  function passes(millis: number, each: () => void = () => {}): void {
    for (let passed = 0; passed < millis; passed += 250) {
      now += 250;
      each();
      page.tick();
    }
  }

  function note(): string {
    const { hidden, textContent } = page.element("picture-note");
    return hidden ? "" : textContent;
  }

  test("rule_6_before_its_first_frame_nobody_drives_by_it_and_a_longer_wait_is_said", () => {
    page.element("picture-note").hidden = true;
    assert.equal(picture.trouble, "missing");
    passes(500);
    assert.deepEqual(told, []);
    passes(1000);
    assert.equal(picture.told, "missing");
    assert.equal(note(), "Waiting for the picture");
    frame();
    assert.equal(picture.trouble, null);
    assert.deepEqual(told, ["missing", null]);
    assert.equal(note(), "");
  });

  test("rule_6_what_was_pressed_before_the_first_frame_has_to_be_pressed_anew", () => {
    passes(500);
    letGo = 0;
    frame();
    assert.equal(letGo, 1);
    passes(5000, () => frame());
    assert.equal(letGo, 1);
  });

  test("rule_6_a_freeze_that_ends_between_two_looks_lets_go_as_well", () => {
    frame();
    passes(2000);
    letGo = 0;
    now += 100;
    assert.equal(picture.trouble, "frozen", "what is held is refused");
    frame();
    assert.equal(picture.trouble, null);
    assert.equal(letGo, 2);
  });

  test("rule_6_a_frozen_picture_lets_go_and_stays_one_not_to_drive_by", () => {
    frame();
    letGo = 0;
    passes(2500);
    assert.equal(picture.trouble, "frozen");
    assert.equal(note(), "The picture stands still");
    assert.equal(letGo, 1);
    passes(60_000);
    assert.equal(picture.trouble, "frozen");
    assert.equal(letGo, 1);
  });

  test("rule_6_what_was_pressed_while_it_was_frozen_has_to_be_pressed_anew", () => {
    frame();
    letGo = 0;
    passes(2500);
    frame();
    assert.equal(picture.trouble, null);
    assert.equal(letGo, 2);
    passes(5000, () => frame());
    assert.equal(letGo, 2);
  });

  test("rule_6_a_picture_that_was_scrolled_away_is_none_to_drive_by_and_is_told_apart", () => {
    frame();
    letGo = 0;
    page.element("video").box = { top: -500, bottom: -20 };
    passes(2500);
    assert.equal(picture.trouble, "unseen");
    assert.equal(picture.told, "unseen");
    assert.equal(letGo, 1);
  });

  test("a_robot_without_a_picture_can_be_driven", () => {
    page = new FakePage();
    make(false);
    passes(10_000);
    assert.equal(picture.trouble, null);
    assert.deepEqual(told, []);
    assert.equal(letGo, 0);
  });

  test("frames_of_an_ended_session_do_not_count_for_the_next", () => {
    frame();
    picture.reset();
    picture.attach();
    assert.equal(picture.trouble, "missing");
    letGo = 0;
    frame();
    assert.equal(letGo, 1, "what was pressed meanwhile has to be pressed anew");
  });

  test("the_first_frame_of_a_session_is_told_even_if_none_was_expected", () => {
    expected = false;
    assert.equal(picture.seen, false);
    frame();
    frame();
    assert.equal(picture.seen, true);
    assert.equal(firsts, 1);
    picture.reset();
    assert.equal(picture.seen, false);
  });

  test("a_hidden_page_tells_nothing_about_the_robot", () => {
    frame();
    page.document.hidden = true;
    passes(10_000);
    assert.deepEqual(told, []);
    page.document.hidden = false;
    assert.equal(picture.trouble, "missing");
    letGo = 0;
    frame();
    assert.equal(letGo, 1, "what was pressed meanwhile has to be pressed anew");
  });

  test("a_browser_that_does_not_tell_of_frames_tells_of_time", () => {
    page = new FakePage();
    make();
    const video = page.element("video");
    assert.equal(picture.trouble, "missing");
    video.dispatchEvent(new Event("timeupdate"));
    assert.equal(picture.trouble, null);
    passes(2500);
    assert.equal(picture.trouble, "frozen");
  });

  test("where_frames_are_counted_time_alone_is_no_picture", () => {
    page = new FakePage();
    make();
    const video = Object.assign(page.element("video"), { mozPaintedFrames: 1 });
    passes(10_000, () => {
      video.mozPaintedFrames += 1;
      video.dispatchEvent(new Event("timeupdate"));
    });
    assert.equal(picture.trouble, null);
    passes(2500, () => video.dispatchEvent(new Event("timeupdate")));
    assert.equal(picture.trouble, "frozen");
  });
});

test("rule_6_what_is_held_moves_nothing_until_it_may", () => {
  new FakePage();
  const turns: (() => void)[] = [];
  Object.assign(window, { setTimeout: (turn: () => void) => turns.push(turn) });
  const said: number[] = [];
  let may = false;
  const pilot = new Pilot(
    ({ linear }) => said.push(linear),
    () => may,
  );
  pilot.hold("keys", { linear: 1, angular: 0 });
  turns.shift()?.();
  may = true;
  turns.shift()?.();
  may = false;
  turns.shift()?.();
  assert.deepEqual(said, [0, 0, 1, 0]);
  pilot.hold("keys", { linear: 0, angular: 0 });
  assert.equal(turns.length, 1, "nothing is repeated once nothing is held");
});
