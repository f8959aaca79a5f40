import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { PathWatch } from "../lib/watch.js";
import { FakeTime } from "./fake-time.js";

describe("watching over the path", () => {
  let time: FakeTime;
  let seen: string[];
  let serverThere: boolean;
  let watch: PathWatch;

  beforeEach(() => {
    time = new FakeTime();
    seen = [];
    serverThere = true;
    watch = new PathWatch(time, {
      weak: (weak) => seen.push(weak ? "weak" : "well"),
      restart: () => {
        if (serverThere) {
          seen.push("restart");
        }
        return serverThere;
      },
      lost: () => seen.push("lost"),
    });
    watch.start();
  });

  function beatFor(millis: number): void {
    for (let passed = 0; passed < millis; passed += 100) {
      time.advance(100);
      watch.heard();
    }
  }

  test("a_robot_that_is_heard_is_left_alone", () => {
    beatFor(60_000);
    assert.deepEqual(seen, []);
  });

  test("a_short_silence_is_said_and_taken_back_without_a_new_search", () => {
    time.advance(600);
    watch.heard();
    beatFor(5000);
    assert.deepEqual(seen, ["weak", "well"]);
  });

  test("a_longer_silence_searches_anew_before_the_session_is_given_up", () => {
    time.advance(30_000);
    assert.deepEqual(seen, ["weak", "restart", "restart", "restart", "lost"]);
    assert.equal(time.waiting, 0);
  });

  test("a_search_that_succeeds_leaves_all_tries_for_the_next_silence", () => {
    time.advance(5000);
    watch.heard();
    time.advance(30_000);
    assert.deepEqual(seen.slice(0, 4), ["weak", "restart", "restart", "well"]);
    assert.deepEqual(seen.slice(4), ["weak", "restart", "restart", "restart", "lost"]);
  });

  test("without_the_server_the_session_is_kept_for_when_it_is_back", () => {
    serverThere = false;
    time.advance(120_000);
    assert.deepEqual(seen, ["weak"]);
    serverThere = true;
    time.advance(250);
    assert.deepEqual(seen, ["weak", "restart"]);
  });

  test("a_path_that_the_browser_gave_up_is_searched_anew_at_once", () => {
    watch.failed();
    assert.deepEqual(seen, ["weak", "restart"]);
  });

  test("closing_leaves_no_timer", () => {
    watch.close();
    assert.equal(time.waiting, 0);
  });
});
