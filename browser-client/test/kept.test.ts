import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept } from "../console/kept.js";

/** Storage with room for so many entries. */
function storage(room: number): Storage {
  const entries = new Map<string, string>();
  return {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (entries.size >= room) {
        throw new Error("QuotaExceededError");
      }
      entries.set(name, value);
    },
    removeItem: (name: string) => entries.delete(name),
  } as unknown as Storage;
}

test("what_is_kept_outlives_the_page", () => {
  const area = storage(1);
  assert.equal(new Kept(() => area).set("token", "t"), true);
  const next = new Kept(() => area);
  assert.equal(next.get("token"), "t");
  assert.equal(next.get("other"), null);
  next.remove("token");
  assert.equal(next.get("token"), null);
});

test("where_storage_is_blocked_it_is_kept_while_the_page_is_open", () => {
  const kept = new Kept(() => {
    throw new Error("SecurityError");
  });
  assert.equal(kept.get("token"), null);
  assert.equal(kept.set("token", "t"), false, "it does not outlive the page");
  assert.equal(kept.get("token"), "t");
  kept.remove("token");
  assert.equal(kept.get("token"), null);
});

test("where_storage_is_full_it_is_kept_while_the_page_is_open", () => {
  const area = storage(0);
  const kept = new Kept(() => area);
  kept.set("token", "t");
  assert.equal(kept.get("token"), "t");
});
