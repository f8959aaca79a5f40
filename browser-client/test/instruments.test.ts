import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Instruments } from "../console/instruments.js";
import { FakePage } from "./page.js";

describe("the table of values that only this robot has", () => {
  let page: FakePage;
  let instruments: Instruments;

  beforeEach(() => {
    page = new FakePage();
    instruments = new Instruments();
  });

  function rows(): string[] {
    return page
      .element("values")
      .children.map(({ children }) => children.map(({ textContent }) => textContent).join("="));
  }

  function values(count: number, prefix: string): Record<string, unknown> {
    return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, i]));
  }

  test("a_row_follows_its_value", () => {
    instruments.show({ arm: "up", load: 0.123456 });
    instruments.show({ arm: "down" });
    assert.deepEqual(rows(), ["arm=down", "load=0.1235"]);
  });

  test("names_that_change_with_every_report_do_not_make_it_grow", () => {
    for (let report = 0; report < 100; report++) {
      instruments.show({ steady: report, [`random-${report}`]: report });
    }
    assert.equal(rows().length, 64);
    assert.ok(rows().includes("steady=99"));
    assert.ok(rows().includes("random-99=99"), "the newest is seen");
  });

  test("of_one_report_with_too_many_names_the_first_are_shown_and_stay", () => {
    instruments.show(values(1000, "v"));
    instruments.show(values(1000, "v"));
    assert.equal(rows().length, 64);
    assert.deepEqual([rows()[0], rows()[63]], ["v0=0", "v63=63"]);
  });

  test("long_names_and_values_are_cut", () => {
    instruments.show({ ["n".repeat(10_000)]: "x".repeat(10_000), list: new Array(500).fill(7) });
    assert.deepEqual(
      rows().flatMap((row) => row.split("=").map(({ length }) => length)),
      [200, 200, 4, 200],
    );
  });
});
