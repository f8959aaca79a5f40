import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePayload, encodePayload } from "../lib/payload.js";

test("what_is_sent_arrives_as_it_was", () => {
  const payloads = ["hello", "", "42", "true", '{"a":1}', '"quoted"', { a: [1, null] }, 7, false];
  for (const payload of payloads) {
    assert.deepEqual(decodePayload(encodePayload(payload)), payload);
  }
});

test("a_plain_string_goes_as_it_is_and_an_object_as_json", () => {
  assert.equal(encodePayload("hello there"), "hello there");
  assert.equal(encodePayload({ data: "ping" }), '{"data":"ping"}');
});

test("text_that_is_not_json_arrives_as_the_string", () => {
  assert.equal(decodePayload("{not json"), "{not json");
});

test("what_json_cannot_hold_is_refused", () => {
  assert.throws(() => encodePayload(undefined), TypeError);
  assert.throws(() => encodePayload(() => {}), TypeError);
});
