import assert from "node:assert/strict";
import { test } from "node:test";
import { Listeners } from "../lib/listeners.js";

test("who_comes_late_hears_what_is_known_once", async () => {
  const listeners = new Listeners<[string]>();
  const heard: string[] = [];
  listeners.addKnowing(
    (value) => heard.push(value),
    () => ["known"],
  );
  assert.deepEqual(heard, [], "not before the call has returned");
  await Promise.resolve();
  listeners.emit("newer");
  await Promise.resolve();
  assert.deepEqual(heard, ["known", "newer"]);
});

test("what_was_heard_meanwhile_is_not_repeated", async () => {
  const listeners = new Listeners<[string]>();
  const heard: string[] = [];
  listeners.addKnowing(
    (value) => heard.push(value),
    () => ["newer"],
  );
  listeners.emit("newer");
  await Promise.resolve();
  assert.deepEqual(heard, ["newer"]);
});

test("nothing_is_heard_where_nothing_is_known_or_after_the_end", async () => {
  const listeners = new Listeners<[string]>();
  const heard: string[] = [];
  listeners.addKnowing(
    (value) => heard.push(value),
    () => null,
  );
  listeners.addKnowing(
    (value) => heard.push(value),
    () => ["known"],
  )();
  await Promise.resolve();
  assert.deepEqual(heard, []);
  assert.equal(listeners.empty, false);
});
