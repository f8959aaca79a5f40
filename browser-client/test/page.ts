/** What the console needs of a page, as far as its tests go. */
export class FakePage {
  readonly document = Object.assign(new EventTarget(), {
    hidden: false,
    readyState: "complete",
    baseURI: "https://robots.example.org/page",
    activeElement: null as FakeElement | null,
  });
  readonly window = new EventTarget();
  readonly elements = new Map<string, FakeElement>();
  /** Repeated by the page every so often; a test runs it when it wants to. */
  readonly intervals = new Map<number, { run: () => void; millis: number }>();
  /** What is plugged in. */
  pads: object[] = [];
  #timers = 0;

  /** Stands in for the browser's globals, until the next page does. */
  constructor() {
    const window = Object.assign(this.window, {
      setInterval: (run: () => void, millis: number) => {
        this.intervals.set(++this.#timers, { run, millis });
        return this.#timers;
      },
      clearInterval: (timer: number) => this.intervals.delete(timer),
      innerHeight: 720,
      setTimeout,
      clearTimeout,
    });
    Object.assign(this.document, {
      documentElement: new FakeElement(),
      getElementById: (id: string) => this.element(id),
      createElement: () => new FakeElement(),
    });
    Object.assign(globalThis, {
      document: this.document,
      window,
      matchMedia: () => new EventTarget(),
      requestAnimationFrame: () => 0,
      ResizeObserver: class {
        observe(): void {}
      },
      KeyboardEvent: class extends Event {
        constructor(type: string, what: object) {
          super(type, { cancelable: true });
          Object.assign(this, what);
        }
      },
      HTMLElement: FakeElement,
      HTMLTextAreaElement: class {},
      HTMLSelectElement: class {},
      HTMLInputElement: FakeInput,
    });
    Object.defineProperty(globalThis, "navigator", {
      value: { getGamepads: () => this.pads },
      configurable: true,
    });
  }

  /** The page's element with this ID. */
  element(id: string): FakeElement {
    const element = this.elements.get(id) ?? new FakeElement();
    this.elements.set(id, element);
    return element;
  }

  /** Lets all that is repeated happen once. */
  tick(): void {
    this.intervals.forEach(({ run }) => run());
  }

  /** Something is done to the page, such as a key pressed. */
  happens(type: string, { target, ...what }: Happening = {}): Event {
    const event = Object.assign(new Event(type, { cancelable: true }), what);
    if (target !== undefined) {
      Object.defineProperty(event, "target", { value: target });
    }
    this.document.dispatchEvent(event);
    return event;
  }
}

export class FakeElement extends EventTarget {
  readonly dataset: Record<string, string> = {};
  readonly classes = new Set<string>();
  readonly classList = { toggle: (name: string, on: boolean) => toggle(this.classes, name, on) };
  readonly attributes = new Set<string>();
  checked = false;
  disabled = false;
  children: FakeElement[] = [];
  parentElement: FakeElement | null = null;
  textContent = "";
  className = "";
  hidden = false;
  box = { top: 0, bottom: 480 };

  getBoundingClientRect(): { top: number; bottom: number } {
    return this.box;
  }

  append(...children: FakeElement[]): void {
    for (const child of children) {
      child.parentElement = this;
      this.children.push(child);
    }
  }

  insertRow(): FakeElement {
    const row = new FakeElement();
    this.append(row);
    return row;
  }

  remove(): void {
    const parent = this.parentElement;
    if (parent !== null) {
      parent.children = parent.children.filter((child) => child !== this);
    }
  }

  setAttribute(): void {}

  setPointerCapture(): void {}

  toggleAttribute(name: string, on: boolean): void {
    toggle(this.attributes, name, on);
  }

  closest(): FakeElement | null {
    return null;
  }
}

/** A text field. */
export class FakeInput extends FakeElement {
  readonly type: string = "text";
}

/** A button, or another element that is operated by keys. */
export class FakeButton extends FakeElement {
  override closest(): FakeElement {
    return this;
  }
}

function toggle(names: Set<string>, name: string, on: boolean): void {
  if (on) {
    names.add(name);
  } else {
    names.delete(name);
  }
}

/** What an event says, such as the key that was pressed, and of which element. */
interface Happening {
  readonly target?: FakeElement;
  readonly [name: string]: unknown;
}
