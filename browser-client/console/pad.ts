/** The keys on the screen by their place, in RTCBot's numbers. */
const KEY_CODES: Readonly<Record<string, number>> = { KeyW: 87, KeyA: 65, KeyS: 83, KeyD: 68 };

/** Keys on the screen for who has no keyboard: a finger on one of them presses the page's key. */
export class Pad {
  /** @param keys elements whose `data-code` names the key */
  constructor(keys: Iterable<HTMLElement>) {
    for (const key of keys) {
      key.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        key.setPointerCapture(event.pointerId);
        press("keydown", key);
      });
      // Comes with every end of the touch, also when the browser takes it for itself.
      key.addEventListener("lostpointercapture", () => press("keyup", key));
      key.addEventListener("contextmenu", (event) => event.preventDefault());
    }
  }
}

function press(type: "keydown" | "keyup", { dataset }: HTMLElement): void {
  const code = dataset["code"] ?? "";
  const key = code.slice(-1).toLowerCase();
  document.dispatchEvent(new KeyboardEvent(type, { code, key, keyCode: KEY_CODES[code] ?? 0 }));
}
