import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { followFullScreen } from "../console/fullscreen.js";
import { FakePage } from "./page.js";

describe("full screen", () => {
  let page: FakePage;
  let letGo: number;
  let stops: number;
  /** Whether the browser does what it is asked for. */
  let refused: boolean;

  beforeEach(() => {
    page = new FakePage();
    letGo = 0;
    stops = 0;
    refused = false;
    Object.assign(page.document, {
      fullscreenElement: null,
      exitFullscreen: () => {
        if (refused) {
          return Promise.reject(new TypeError("Not in full screen."));
        }
        changes(false);
        return Promise.resolve();
      },
    });
    Object.assign(document.documentElement, {
      requestFullscreen: () => {
        changes(true);
        return Promise.resolve();
      },
    });
    followFullScreen(
      () => (letGo += 1),
      () => (stops += 1),
    );
  });

  function changes(full: boolean): void {
    Object.assign(page.document, { fullscreenElement: full ? document.documentElement : null });
    page.happens("fullscreenchange");
  }

  function button(): string {
    return page.element("fullscreen").textContent;
  }

  async function click(): Promise<void> {
    page.element("fullscreen").dispatchEvent(new Event("click"));
    await new Promise((later) => setTimeout(later));
  }

  test("rule_6_its_button_lets_go_and_stops_nothing", async () => {
    await click();
    assert.equal(button(), "Leave full screen");
    assert.equal(letGo, 1);
    await click();
    assert.equal(button(), "Full screen");
    assert.equal(letGo, 2);
    assert.equal(stops, 0);
  });

  test("rule_5_left_in_another_way_it_is_stop_because_nothing_else_is_heard_of_escape", async () => {
    await click();
    changes(false);
    assert.equal(stops, 1);
    await click();
    await click();
    assert.equal(stops, 1);
    await click();
    changes(false);
    assert.equal(stops, 2);
  });

  test("rule_5_a_button_that_left_nothing_keeps_no_later_escape_from_stopping", async () => {
    await click();
    refused = true;
    await click();
    changes(false);
    assert.equal(stops, 1);
  });

  test("rule_5_where_the_browser_can_it_gives_escape_to_the_page", async () => {
    const locked: unknown[] = [];
    Object.defineProperty(globalThis, "navigator", {
      value: {
        keyboard: {
          lock: (keys: unknown) => {
            locked.push(keys);
            return Promise.reject(new Error("Not allowed."));
          },
        },
      },
      configurable: true,
    });
    await click();
    assert.deepEqual(locked, [["Escape"]]);
    changes(false);
    assert.equal(stops, 1);
  });
});
