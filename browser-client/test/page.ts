/** What the console needs of a page, as far as its tests go. */
export class FakePage {
  readonly document = Object.assign(new EventTarget(), { hidden: false, readyState: "complete" });
  readonly elements = new Map<string, FakeElement>();
  /** Repeated by the page every so often; a test runs it when it wants to. */
  readonly intervals: (() => void)[] = [];

  /** Stands in for the browser's globals, until the next page does. */
  constructor() {
    const window = Object.assign(new EventTarget(), {
      setInterval: (run: () => void) => this.intervals.push(run),
      innerHeight: 720,
      setTimeout,
      clearTimeout,
    });
    Object.assign(this.document, {
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
      HTMLElement: FakeElement,
      HTMLTextAreaElement: class {},
      HTMLSelectElement: class {},
      HTMLInputElement: class {},
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
    this.intervals.forEach((run) => run());
  }

  /** Something is done to the page, such as a key pressed. */
  happens(type: string, what: object = {}): void {
    this.document.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), what));
  }
}

export class FakeElement extends EventTarget {
  readonly dataset: Record<string, string> = {};
  children: FakeElement[] = [];
  parentElement: FakeElement | null = null;
  textContent = "";
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
}
