const MOST_LINES = 500;

/** Lines with their time; the oldest make room. Scrolls along unless somebody reads further up. */
export class Log {
  constructor(private readonly box: HTMLElement) {}

  /** A message of the robot's program. */
  received(text: string): void {
    this.#add("in", "from the robot", text);
  }

  /** A message to it. */
  sent(text: string): void {
    this.#add("out", "to the robot", text);
  }

  /** What happened to the connection. */
  note(text: string): void {
    this.#add("system", "note", text);
  }

  #add(kind: "in" | "out" | "system", spoken: string, text: string): void {
    const box = this.box;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    const time = document.createElement("time");
    const now = new Date();
    time.dateTime = now.toISOString();
    time.textContent = now.toLocaleTimeString([], { hour12: false });
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", spoken);
    const words = document.createElement("span");
    words.className = "words";
    words.textContent = text;
    const line = document.createElement("p");
    line.className = `line ${kind}`;
    line.append(time, sign, words);
    box.append(line);
    while (box.childElementCount > MOST_LINES) {
      box.firstElementChild?.remove();
    }
    if (atEnd) {
      box.scrollTop = box.scrollHeight;
    }
  }
}
