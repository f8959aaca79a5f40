import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../lib/backoff.js";

test("the_bound_doubles_up_to_the_most", () => {
  const latest = new Backoff(300, 5000, () => 1);
  const waits = Array.from({ length: 7 }, () => latest.next());
  assert.deepEqual(waits, [300, 600, 1200, 2400, 4800, 5000, 5000]);
});

test("the_wait_is_any_part_of_the_bound", () => {
  assert.equal(new Backoff(300, 5000, () => 0).next(), 0);
  assert.equal(new Backoff(300, 5000, () => 0.5).next(), 150);
});

test("success_begins_again_with_short_waits", () => {
  const backoff = new Backoff(300, 5000, () => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 300);
});
