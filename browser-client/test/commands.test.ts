import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Commands } from "../lib/commands.js";
import type { FarhandError } from "../lib/errors.js";
import { motionState, type MotionState } from "../lib/motion.js";
import type { ChannelMessage } from "../lib/protocol.js";

const ANN = { id: "o-ann", name: "ann" };
const BOB = { id: "o-bob", name: "bob" };

describe("rule 4: asking for the robot, and the answers", () => {
  let sent: ChannelMessage[];
  let connected: boolean;
  let commands: Commands;

  beforeEach(() => {
    sent = [];
    connected = true;
    commands = new Commands((message) => {
      if (connected) {
        sent.push(message);
      }
      return connected;
    });
    commands.told(driven({}));
  });

  /** Ann drives, unless it is said otherwise. */
  function driven(more: Partial<MotionState>): MotionState {
    return {
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
  }

  function asking(you: boolean): MotionState["requests"] {
    return [{ operator: BOB, grantAt: 0, you }];
  }

  /** What became of it so far: nothing, done, or a code. */
  async function outcome(asked: Promise<void>): Promise<string> {
    return Promise.race([
      asked.then(
        () => "done",
        ({ code }: FarhandError) => code,
      ),
      new Promise<string>((later) => setImmediate(() => later("nothing"))),
    ]);
  }

  test("rule_4_a_request_is_done_when_this_session_drives", async () => {
    const asked = commands.request();
    assert.deepEqual(sent, [{ type: "request" }]);
    commands.told(driven({ requests: asking(true) }));
    assert.equal(await outcome(asked), "nothing");
    commands.told(driven({ driver: BOB, you: true }));
    assert.equal(await outcome(asked), "done");
  });

  test("rule_4_a_refusal_says_when_to_ask_again", async () => {
    const asked = commands.request();
    commands.told(driven({ requests: asking(true) }));
    const refusal = { type: "refused", what: "request", code: "lease-refused" } as const;
    commands.refused({ ...refusal, reason: "ann keeps the robot.", againMillis: 30_000 });
    await assert.rejects(asked, { code: "lease-refused", againMillis: 30_000 });
  });

  test("rule_4_the_end_of_a_refused_request_does_not_end_the_next_one", async () => {
    const first = commands.request();
    commands.told(driven({ requests: asking(true) }));
    commands.refused({
      type: "refused",
      what: "request",
      code: "lease-refused",
      reason: "ann keeps the robot.",
      againMillis: 30_000,
    });
    assert.equal(await outcome(first), "lease-refused");
    const second = commands.request();
    commands.told(driven({}));
    assert.equal(await outcome(second), "nothing");
  });

  test("rule_4_who_drives_already_need_not_ask", async () => {
    commands.told(driven({ driver: BOB, you: true }));
    await commands.request();
    await commands.takeOver();
    assert.deepEqual(sent, []);
  });

  test("rule_4_a_request_that_was_withdrawn_is_no_success", async () => {
    const asked = commands.request();
    commands.told(driven({ requests: asking(true) }));
    const withdrawn = commands.withdraw();
    assert.deepEqual(sent.at(-1), { type: "withdraw" });
    commands.told(driven({}));
    assert.equal(await outcome(withdrawn), "done");
    assert.equal(await outcome(asked), "no-such-request");
  });

  test("rule_4_the_holder_gives_and_refuses_by_the_operators_id", async () => {
    for (const deed of ["grant", "refuse"] as const) {
      commands.told(driven({ driver: BOB, you: true, requests: asking(false) }));
      const answered = commands[deed](BOB.id);
      assert.deepEqual(sent.at(-1), { type: deed, to: BOB.id });
      assert.equal(await outcome(answered), "nothing");
      commands.told(driven({}));
      assert.equal(await outcome(answered), "done");
    }
  });

  test("rule_4_each_answer_goes_to_what_was_asked", async () => {
    const asked = commands.request();
    const taken = commands.takeOver();
    const refusal = { type: "refused", code: "role-forbidden", reason: "Only an owner." } as const;
    commands.refused({ ...refusal, what: "take-over", againMillis: null });
    assert.equal(await outcome(taken), "role-forbidden");
    assert.equal(await outcome(asked), "nothing");
    commands.ended();
    assert.equal(await outcome(asked), "not-connected");
  });

  test("rule_4_nothing_is_asked_without_a_connection", async () => {
    connected = false;
    commands.ended();
    assert.equal(await outcome(commands.arm(30)), "not-connected");
    for (const deed of ["request", "withdraw", "takeOver"] as const) {
      assert.equal(await outcome(commands[deed]()), "not-connected", deed);
    }
    assert.equal(await outcome(commands.grant(BOB.id)), "not-connected");
  });

  test("rule_5_arming_is_answered_by_a_state_or_a_refusal", async () => {
    commands.told(driven({ armed: false }));
    const armed = commands.arm(30);
    const refusal = { type: "refused", what: "arm", code: "lease-held", reason: "ann." } as const;
    commands.refused({ ...refusal, againMillis: null });
    assert.equal(await outcome(armed), "lease-held");
    const again = commands.arm(30);
    commands.told(driven({}));
    assert.equal(await outcome(again), "done");
  });

  test("rule_5_arm_says_which_stops_were_seen_and_is_done_when_the_robot_answers", async () => {
    // Whatever was last heard: the caller says by what it has decided.
    const armed = commands.arm(29);
    assert.deepEqual(sent, [{ type: "arm", stops: 29 }]);
    commands.told(driven({ armed: false }));
    assert.equal(await outcome(armed), "nothing");
    commands.told(driven({}));
    assert.equal(await outcome(armed), "done");
  });

  test("rule_5_an_arm_that_came_after_another_stop_is_told_so", async () => {
    commands.told(driven({ armed: false }));
    const armed = commands.arm(30);
    commands.told(driven({ armed: false, stops: 31 }));
    assert.equal(await outcome(armed), "nothing");
    const refusal = { type: "refused", what: "arm", code: "stopped-again", reason: "" } as const;
    commands.refused({ ...refusal, againMillis: null });
    assert.equal(await outcome(armed), "stopped-again");
  });

  test("rule_4_a_request_is_withdrawn_also_before_it_shows_in_a_state", async () => {
    const asked = commands.request();
    const withdrawn = commands.withdraw();
    assert.deepEqual(sent, [{ type: "request" }, { type: "withdraw" }]);
    commands.told(driven({ requests: asking(true) }));
    assert.equal(await outcome(withdrawn), "nothing");
    commands.told(driven({}));
    assert.equal(await outcome(withdrawn), "done");
    assert.equal(await outcome(asked), "no-such-request");
  });

  test("rule_4_the_time_left_is_counted_from_when_it_was_told", () => {
    const state = {
      type: "state",
      motion: "stopped",
      cause: "neutral",
      reason: "",
      driver: ANN,
      you: false,
      armed: true,
      stops: 30,
    } as const;
    const requests = [{ operator: BOB, millisLeft: 8000, you: true }];
    assert.deepEqual(motionState({ ...state, requests }, 500).requests, [
      { operator: BOB, grantAt: 8500, you: true },
    ]);
    assert.deepEqual(motionState(state as never, 500).requests, [], "an older robot names none");
  });
});
