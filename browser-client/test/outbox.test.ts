import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FarhandError } from "../lib/errors.js";
import { Outbox, type OutboxChannel } from "../lib/outbox.js";

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

  beforeEach(() => {
    channel = new SlowChannel();
    outbox = new Outbox();
    outbox.attach(channel);
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
    outbox.attach(next);
    assert.deepEqual(next.sent, []);
  });
});
