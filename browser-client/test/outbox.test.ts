import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { Piece } from "#protocol";
import { FarhandError } from "../lib/errors.js";
import { FakeTime } from "./fake-time.js";
import { Outbox, type OutboxChannel } from "../lib/outbox.js";
import { PieceSender } from "../lib/pieces.js";

/** A channel whose buffer empties when the test says so. */
class SlowChannel implements OutboxChannel {
  readyState: RTCDataChannelState = "open";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = -1;
  onbufferedamountlow: (() => void) | null = null;
  readonly sent: string[] = [];

  send(data: unknown): void {
    this.sent.push(String(data));
    this.bufferedAmount += String(data).length;
  }

  empty(): void {
    this.bufferedAmount = 0;
    this.onbufferedamountlow?.();
  }
}

function withCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof FarhandError && error.code === code;
}

describe("the user's messages", () => {
  let channel: SlowChannel;
  let outbox: Outbox;
  let time: FakeTime;

  beforeEach(() => {
    time = new FakeTime();
    channel = new SlowChannel();
    outbox = new Outbox();
    outbox.attach(channel, null);
  });

  test("the_next_message_waits_until_the_last_has_left", async () => {
    const first = outbox.send("one");
    const second = outbox.send({ two: 2 });
    await first;
    assert.deepEqual(channel.sent, ["one"]);
    channel.empty();
    await second;
    assert.deepEqual(channel.sent, ["one", '{"two":2}']);
    assert.equal(channel.bufferedAmountLowThreshold, 0);
  });

  test("more_than_sixteen_kibibytes_are_refused_counted_in_bytes", async () => {
    await outbox.send("x".repeat(16_384));
    channel.empty();
    await assert.rejects(outbox.send("x".repeat(16_385)), withCode("too-large"));
    await assert.rejects(outbox.send("é".repeat(8_193)), withCode("too-large"));
    assert.equal(channel.sent.length, 1);
  });

  test("who_sends_faster_than_the_path_carries_is_told", async () => {
    await outbox.send("first");
    const waiting = Array.from({ length: 256 }, (_, i) => outbox.send(String(i)));
    await assert.rejects(outbox.send("one too many"), withCode("too-many-messages"));
    outbox.detach();
    const results = await Promise.allSettled(waiting);
    assert.ok(results.every(({ status }) => status === "rejected"));
  });

  test("a_message_without_a_session_is_refused_not_kept", async () => {
    await outbox.send("left");
    const waiting = outbox.send("stuck");
    outbox.detach();
    await assert.rejects(waiting, withCode("not-connected"));
    await assert.rejects(outbox.send("later"), withCode("not-connected"));
    const next = new SlowChannel();
    outbox.attach(next, null);
    assert.deepEqual(next.sent, []);
  });

  describe("large ones, to a robot that knows pieces", () => {
    let pieces: Piece[];
    let sender: PieceSender;

    beforeEach(() => {
      pieces = [];
      sender = new PieceSender(time, (piece) => pieces.push(piece));
      outbox.attach(channel, sender);
    });

    /** The robot answers each piece after what the path takes for it. */
    function carry(millisFor: (piece: Piece) => number): void {
      for (let i = 0; i < pieces.length; i++) {
        time.advance(millisFor(pieces[i]!));
        sender.taken();
        time.advance(12);
      }
    }

    test("a_kibibyte_goes_whole_and_a_byte_more_in_pieces", async () => {
      await outbox.send("é".repeat(512));
      channel.empty();
      const large = outbox.send("é".repeat(513));
      assert.deepEqual(channel.sent, ["é".repeat(512)]);
      carry(() => 40);
      await large;
      assert.equal(pieces.map(({ text }) => text).join(""), "é".repeat(513));
      assert.deepEqual(
        pieces.map(({ last }) => last),
        [false, true],
      );
    });

    test("the_next_piece_goes_when_the_last_was_taken_and_the_next_message_after_all", async () => {
      const large = outbox.send("x".repeat(2000));
      const small = outbox.send("next");
      assert.equal(pieces.length, 1);
      assert.deepEqual(channel.sent, []);
      carry(() => 40);
      await large;
      await small;
      assert.deepEqual(channel.sent, ["next"]);
    });

    test("each_piece_says_how_many_messages_went_before_it_in_this_session", async () => {
      await outbox.send("one");
      channel.empty();
      await outbox.send("two");
      channel.empty();
      const large = outbox.send("x".repeat(1025));
      carry(() => 40);
      await large;
      assert.ok(pieces.every(({ after }) => after === 2));
      outbox.detach();
      pieces = [];
      sender = new PieceSender(time, (piece) => pieces.push(piece));
      outbox.attach(channel, sender);
      void outbox.send("x".repeat(1025)).catch(() => {});
      assert.equal(pieces[0]?.after, 0);
    });

    test("pieces_grow_on_a_wide_path_and_stay_small_on_a_narrow_one", async () => {
      const wide = outbox.send("x".repeat(16_384));
      carry(() => 80);
      await wide;
      assert.ok(pieces.length <= 7, String(pieces.length));
      pieces = [];
      // After a while the path may be another one.
      time.advance(6000);
      const narrow = outbox.send("x".repeat(16_384));
      // 4 bytes a millisecond: half of what 64 kbit/s carry, because commands take the rest.
      carry(({ text }) => 60 + text.length / 4);
      await narrow;
      assert.ok(pieces.every(({ text }) => text.length <= 512));
    });

    test("no_piece_ends_in_half_a_letter", async () => {
      const large = outbox.send(`x${"🤖".repeat(1000)}`);
      carry(() => 40);
      await large;
      assert.ok(pieces.every(({ text }) => encodeURIComponent(text) !== ""));
      assert.equal(pieces.map(({ text }) => text).join(""), `x${"🤖".repeat(1000)}`);
    });

    test("what_was_learnt_of_the_path_serves_the_next_message", async () => {
      const first = outbox.send("x".repeat(16_384));
      carry(() => 80);
      await first;
      pieces = [];
      const next = outbox.send("x".repeat(16_384));
      carry(() => 80);
      await next;
      assert.equal(pieces.length, 2);
    });

    test("however_quick_the_path_pieces_leave_room_in_the_robots_budget", async () => {
      const began = time.now();
      const all = Array.from({ length: 20 }, () => outbox.send("x".repeat(4096)));
      for (let i = 0; i < pieces.length; i++) {
        sender.taken();
        time.advance(12);
      }
      await Promise.all(all);
      assert.ok((pieces.length / (time.now() - began)) * 1000 < 100);
    });

    test("to_a_robot_that_knows_no_pieces_it_goes_whole_and_so_do_all_others", async () => {
      const large = outbox.send("x".repeat(2000));
      sender.unknownType();
      await large;
      channel.empty();
      await outbox.send("y".repeat(2000));
      assert.deepEqual(channel.sent, ["x".repeat(2000), "y".repeat(2000)]);
    });

    test("a_robot_that_never_answers_holds_up_the_others_for_twenty_seconds_at_most", async () => {
      const large = outbox.send("x".repeat(2000));
      const small = outbox.send("next");
      time.advance(20_000);
      await assert.rejects(large, withCode("robot-silent"));
      await small;
      sender.taken();
      assert.equal(pieces.length, 1);
      assert.equal(time.waiting, 0);
    });

    test("what_was_under_way_is_refused_with_the_session", async () => {
      const large = outbox.send("x".repeat(2000));
      outbox.detach();
      await assert.rejects(large, withCode("not-connected"));
      sender.taken();
      assert.equal(pieces.length, 1);
    });
  });
});
