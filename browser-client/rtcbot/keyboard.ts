import { Listeners } from "../lib/listeners.js";
import { takesKeys, takesText } from "./focus.js";
import { Rate } from "./rate.js";

/** A key that went down or up, in RTCBot's form. */
export interface KeyMessage {
  readonly type: "keydown" | "keyup";
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** As `KeyboardEvent.keyCode`: 87 is W. */
  readonly keyCode: number;
  /** As `KeyboardEvent.key`: depends on the keyboard's layout, and on Shift. */
  readonly key: string;
  /** Milliseconds since the page was opened. */
  readonly timestamp: number;
}

/** Scroll the page, unless they drive. */
const SCROLLING: readonly string[] = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", " "];

/** What a keyboard that composes characters reports instead of a key. */
const COMPOSING = 229;

const rate = new Rate("setKeyboardRate", 0, 0);

/**
 * How often a key that is held is reported again, in Hz, for all keyboards of this page. 0, as at
 * the start, is RTCBot's way: never. A robot that stops unless the key is repeated needs 5 or more.
 */
export function setKeyboardRate(hertz: number): void {
  rate.set(hertz);
}

/**
 * The keys of this page, for who has subscribed: down once, up once, no repeats unless
 * {@link setKeyboardRate} asks for them.
 *
 * No key stays down: when the page loses the focus, is hidden or left, or when a text field takes
 * over, every held key goes up. What is typed into text fields is nobody else's business. Of the
 * browser's own keys only those that scroll are held back.
 *
 * ```js
 * const keyboard = new rtcbot.Keyboard();
 * keyboard.subscribe(conn.put_nowait);
 * ```
 */
export class Keyboard {
  readonly #listeners = new Listeners<[KeyMessage]>();
  readonly #held = new Map<string, KeyMessage>();
  #listening: AbortController | null = null;
  #stopRepeating: () => void = () => {};

  /** Calls back with every key. The result ends it, after every key that is held has gone up. */
  subscribe(callback: (message: KeyMessage) => void): () => void {
    this.#listen();
    const end = this.#listeners.add(callback);
    let over = false;
    return () => {
      if (!over) {
        over = true;
        this.#leave(callback, end);
      }
    };
  }

  /** Ends the subscription of this function in the same way. */
  unsubscribe(callback: (message: KeyMessage) => void): void {
    if (this.#listeners.has(callback)) {
      this.#leave(callback, () => this.#listeners.remove(callback));
    }
  }

  /** Lets go of every key. One that is still down counts again when it is pressed anew. */
  release(): void {
    const held = [...this.#held.values()];
    this.#held.clear();
    held.forEach((message) => this.#listeners.emit(up(message)));
  }

  /** Ends all subscriptions, after every key that is held has gone up. */
  close(): void {
    this.release();
    this.#listeners.clear();
    this.#deafen();
  }

  #leave(callback: (message: KeyMessage) => void, end: () => void): void {
    const leaving = new Listeners<[KeyMessage]>();
    leaving.add(callback);
    this.#held.forEach((message) => leaving.emit(up(message)));
    end();
    if (this.#listeners.empty) {
      this.#held.clear();
      this.#deafen();
    }
  }

  #listen(): void {
    if (this.#listening !== null) {
      return;
    }
    this.#listening = new AbortController();
    // In the capturing phase, so that no handler of the page can swallow a keyup.
    const early = { capture: true, signal: this.#listening.signal };
    document.addEventListener("keydown", (event) => this.#down(event), early);
    document.addEventListener("keyup", (event) => this.#up(event), early);
    const release = () => this.release();
    // An open menu takes the keyup for itself.
    document.addEventListener("contextmenu", release, early);
    document.addEventListener("visibilitychange", release, early);
    document.addEventListener("focusin", ({ target }) => takesText(target) && release(), early);
    window.addEventListener("blur", ({ target }) => target === window && release(), early);
    window.addEventListener("pagehide", release, early);
    this.#stopRepeating = rate.every(() => this.#repeat());
  }

  #deafen(): void {
    this.#listening?.abort();
    this.#listening = null;
    this.#stopRepeating();
  }

  #down(event: KeyboardEvent): void {
    if (takesText(event.target) || event.isComposing || event.keyCode === COMPOSING) {
      return;
    }
    const { metaKey, ctrlKey, altKey } = event;
    if (SCROLLING.includes(event.key) && !metaKey && !ctrlKey && !altKey) {
      if (!takesKeys(event.target)) {
        event.preventDefault();
      }
    }
    if (metaKey && event.key !== "Meta") {
      // While Meta is down, macOS tells no browser that another key was let go.
      this.release();
    } else if (!event.repeat) {
      const message = keyMessage("keydown", event);
      this.#held.set(place(event), message);
      this.#listeners.emit(message);
    }
  }

  #up(event: KeyboardEvent): void {
    if (this.#held.delete(place(event))) {
      this.#listeners.emit(keyMessage("keyup", event));
    }
  }

  #repeat(): void {
    for (const message of this.#held.values()) {
      this.#listeners.emit({ ...message, timestamp: performance.now() });
    }
  }
}

/** Where the key is. Its letter may change with Shift while it is down. */
function place(event: KeyboardEvent): string {
  return event.code === "" ? `code ${event.keyCode}` : event.code;
}

function keyMessage(type: KeyMessage["type"], event: KeyboardEvent): KeyMessage {
  const { altKey, shiftKey, keyCode, key, timeStamp } = event;
  return { type, altKey, shiftKey, keyCode, key, timestamp: timeStamp };
}

function up(message: KeyMessage): KeyMessage {
  return { ...message, type: "keyup", timestamp: performance.now() };
}
