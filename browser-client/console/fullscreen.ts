import { element, write } from "./page.js";

/** Not yet in TypeScript's own types: Keyboard Lock, which Chromium has. */
interface WithKeyboard {
  readonly keyboard?: { lock?(keys: readonly string[]): Promise<void> };
}

/**
 * Full screen, there and back by the page's button. Left in another way, that is a press of STOP:
 * browsers take the Escape key for themselves there, and the page hears of nothing but the change.
 */
export function followFullScreen(letGo: () => void, stop: () => void): void {
  const button = element("fullscreen");
  let byButton = false;
  document.addEventListener("fullscreenchange", () => {
    letGo();
    const left = document.fullscreenElement === null;
    write(button, left ? "Full screen" : "Leave full screen");
    if (left && !byButton) {
      stop();
    }
    byButton = false;
  });
  button.addEventListener("click", () => {
    if (document.fullscreenElement === null) {
      void document.documentElement.requestFullscreen().then(lockEscape);
    } else {
      byButton = true;
      document.exitFullscreen().catch(() => (byButton = false));
    }
  });
}

/** Where the browser gives the key to the page, a short press stops and leaves nothing. */
function lockEscape(): void {
  // Refused, it is as in browsers that do not know this.
  (navigator as WithKeyboard).keyboard?.lock?.(["Escape"]).catch(() => {});
}
