import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { MotionState } from "../lib/motion.js";
import { nameOf, tame } from "../console/names.js";
import { whoDrives, words, type Reader } from "../console/words.js";

const ANN = { id: "o-ann", name: "ann" };
const DRIVER: Reader = { role: "driver", trouble: null, refused: false };
const OWNER: Reader = { ...DRIVER, role: "owner" };
const VIEWER: Reader = { ...DRIVER, role: "viewer" };

function motion(cause: MotionState["cause"], more: Partial<MotionState> = {}): MotionState {
  return {
    state: cause === "driven" ? "moving" : "stopped",
    cause,
    reason: "The robot's own words.",
    driver: null,
    you: false,
    armed: cause !== "stop-pressed",
    stops: 30,
    requests: [],
    ...more,
  };
}

/** Of the Java records, which are the one source. */
function causes(): MotionState["cause"][] {
  const java = readFileSync(
    "../shared-protocol/src/main/java/dev/farhand/protocol/ChannelMessage.java",
    "utf8",
  );
  const cause = java.slice(java.indexOf("enum Cause"));
  return [...cause.matchAll(/^    [A-Z_]+\(\s*"([a-z-]+)"/gm)].map(([, wire]) => wire as never);
}

describe("why the robot stands, and what to do", () => {
  test("every_cause_has_words_for_everybody", () => {
    assert.ok(causes().length >= 10);
    for (const cause of causes()) {
      for (const reader of [DRIVER, OWNER, VIEWER]) {
        for (const more of [{}, { driver: ANN }, { driver: ANN, you: true }]) {
          const { title, why, next } = words(motion(cause, more), reader);
          assert.notEqual(title, "");
          assert.match(why, /^[A-Z].*\.$|^ann .*\.$/, `${cause}: ${why}`);
          assert.match(next, /^$|\.$/, `${cause}: ${next}`);
          assert.ok(!`${why}${next}`.includes("undefined"));
        }
      }
    }
  });

  test("rule_3_neutral_first_is_said_to_who_has_to_let_go", () => {
    for (const cause of ["release-first", "commands-late"] as const) {
      assert.match(words(motion(cause, { driver: ANN, you: true }), DRIVER).next, /^Let go/);
    }
    const { why, next } = words(motion("release-first", { driver: ANN }), DRIVER);
    assert.match(why, /^ann has it/);
    assert.equal(next, "Ask to drive.");
  });

  test("rule_4_what_others_can_do_depends_on_the_role_and_on_what_they_have_asked", () => {
    const driven = motion("driven", { driver: ANN });
    assert.equal(words(driven, DRIVER).next, "Ask to drive.");
    assert.equal(words(driven, OWNER).next, "Ask to drive, or take over.");
    assert.match(words(driven, VIEWER).next, /^You watch/);
    assert.match(words(driven, { ...DRIVER, refused: true }).next, /refused/);
    const requests = [{ operator: { id: "o-bob", name: "bob" }, grantAt: 0, you: true }];
    assert.match(words({ ...driven, requests }, DRIVER).next, /^You have asked/);
  });

  test("rule_5_who_pressed_stop_and_who_can_arm_is_in_the_robots_own_words", () => {
    const { title, why } = words(motion("stop-pressed"), VIEWER);
    assert.equal(title, "Stopped by STOP");
    assert.equal(why, "The robot's own words.");
  });

  test("rule_6_without_a_live_picture_that_is_the_reason_for_who_could_drive", () => {
    const frozen = { ...DRIVER, trouble: "frozen" } as const;
    assert.match(words(motion("idle"), frozen).why, /^The picture stands still/);
    assert.match(words(motion("idle"), { ...VIEWER, trouble: "frozen" }).why, /^Nobody/);
    assert.match(words(motion("driven", { driver: ANN }), frozen).why, /^ann drives/);
  });

  test("a_robot_out_of_reach_says_so", () => {
    assert.equal(words(null, DRIVER).title, "Out of reach");
    assert.equal(whoDrives(null), "Driver unknown");
  });

  test("a_name_neither_turns_the_line_nor_breaks_it_nor_is_nothing", () => {
    const hostile = { id: "o-x", name: "\u202eevil\u2066\n\u0007<b>" };
    assert.equal(nameOf(hostile), "evil   <b>");
    assert.equal(nameOf({ id: "o-x", name: "\u200f " }), "Somebody without a name");
    assert.equal(tame("\u05d3\u05e0\u05d4 👩‍🚀"), "\u05d3\u05e0\u05d4 👩‍🚀");
    assert.equal(whoDrives(motion("driven", { driver: hostile })), "evil   <b> drives");
  });
});
