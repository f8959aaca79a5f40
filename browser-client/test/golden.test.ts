import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as golden from "#golden";
import * as protocol from "../lib/protocol.js";

// That every golden file fits its generated type is for the compiler to say: see build.js.

for (const family of ["signal", "channel"] as const) {
  for (const file of readdirSync(`../shared-protocol/golden/${family}`)) {
    test(`${family}/${file} is read as the compiler saw it`, () => {
      const text = readFileSync(`../shared-protocol/golden/${family}/${file}`, "utf8");
      const typed: Record<string, unknown> = golden[family];
      assert.deepEqual(protocol.decode(text), typed[file]);
    });
  }
}

test("constants_are_those_of_the_java_records", () => {
  const folder = "../shared-protocol/src/main/java/dev/farhand/protocol";
  const java = readFileSync(`${folder}/SignalMessage.java`, "utf8").concat(
    readFileSync(`${folder}/ChannelMessage.java`, "utf8"),
  );
  const constant = /(?:int|double|String) ([A-Z_]+) =\s+("[^"]+"|[\d._]+);/g;
  const theirs = new Map(
    [...java.matchAll(constant)].map(([, name = "", value = ""]) => [
      name,
      value.startsWith('"') ? value.slice(1, -1) : Number(value.replaceAll("_", "")),
    ]),
  );
  const ours = Object.entries(protocol).filter(([name]) => name === name.toUpperCase());
  assert.ok(ours.length >= 9);
  for (const [name, value] of ours) {
    assert.equal(value, theirs.get(name), name);
  }
});
