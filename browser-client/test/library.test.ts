import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

test("the_library_does_not_touch_the_page", () => {
  const files = readdirSync("lib");
  assert.ok(files.length > 10);
  for (const file of files) {
    const code = readFileSync(`lib/${file}`, "utf8").replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
    const touched = /\b(document|window|navigator|localStorage|sessionStorage|location)\b/.exec(
      code,
    );
    assert.equal(touched?.[0], undefined, file);
  }
});

test("nothing_needs_to_be_installed_to_use_it", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;
  assert.equal(manifest["dependencies"], undefined);
  const lock = readFileSync("package-lock.json", "utf8");
  assert.ok(!lock.includes('"resolved"'), "the lock file names no download addresses");
});
