import type { ConnectionState, Robot, Status } from "/lib/farhand.js";
import { capital, element, write } from "./page.js";

/** What an invitation would mend. */
const ASKS_FOR_TOKEN: readonly (string | null)[] = [
  "token-missing",
  "token-invalid",
  "token-expired",
  "token-revoked",
  "wrong-robot",
  "role-forbidden",
];

const TITLES: Readonly<Record<string, string>> = {
  "token-missing": "An invitation is needed",
  "token-invalid": "This invitation does not work here",
  "token-expired": "This invitation has expired",
  "token-revoked": "This invitation was withdrawn",
  "wrong-robot": "This invitation is for another robot",
  "role-forbidden": "This invitation does not allow that",
  "bad-robot-id": "This is not a robot's ID",
  superseded: "Continued elsewhere",
  "ended-by-owner": "The robot's owner ended this session",
  "server-unreachable": "The server cannot be reached",
};

/** Where this page does by itself what the server's sentence asks a person to do. */
const SENTENCES: Readonly<Record<string, string>> = {
  "server-unreachable":
    "The server cannot be reached. Is your network up? This page keeps trying by itself.",
  "robot-silent": "The robot is there but did not answer in time. This page tries again.",
  "path-silent":
    "Nothing comes from the robot. It stands: without fresh commands it stops by itself.",
  "robot-restarted": "The robot's program was started anew. This page joins it again.",
  "robot-moved": "The robot has come to another network. This page joins it there.",
  "robot-left": "The robot ended the session. This page joins it again.",
  "agent-restarting": "The robot's program restarts. This page joins it again.",
  "peer-failed": "No path was found between this browser and the robot. This page tries again.",
  superseded: "This place was taken by a newer page of yours.",
};

/** No rule of Farhand's stops an RTCBot program. */
const PLAIN_SILENT = "Nothing comes from the robot. It is an RTCBot program and may drive on.";

/** What lies over the picture while there is none to drive by, and says why and what to do. */
export class Curtain {
  #status: Status = { state: "connecting", code: null, reason: "", retryAt: null };
  #since = performance.now();

  constructor(
    private readonly robot: Pick<Robot, "id" | "plain">,
    invited: (link: string) => void,
    again: () => void,
  ) {
    element("invitation").addEventListener("submit", (event) => {
      event.preventDefault();
      invited(element<HTMLInputElement>("token").value);
    });
    element("again").addEventListener("click", again);
    window.setInterval(() => this.#tick(), 500);
  }

  show(status: Status): void {
    if (status.state !== this.#status.state) {
      this.#since = performance.now();
    }
    this.#status = status;
    const { state, code } = status;
    const closed = state === "closed";
    const asks = closed && ASKS_FOR_TOKEN.includes(code);
    element("curtain").hidden = state === "connected";
    element("spinner").hidden = closed;
    write(element("curtain-title"), this.#title(state, code));
    write(element("curtain-text"), sentence(status, this.robot.plain));
    element("invitation").hidden = !asks;
    element("again").hidden = !closed || asks;
    this.#tick();
    if (asks) {
      element("token").focus();
    }
  }

  /** A link that holds no token. */
  wrongLink(): void {
    write(element("curtain-text"), "There is no token in this. Paste the whole invitation link.");
  }

  #title(state: ConnectionState, code: string | null): string {
    switch (state) {
      case "waiting":
        return `${this.robot.id} is away`;
      case "reconnecting":
        return "Reconnecting";
      case "closed":
        return TITLES[code ?? ""] ?? "The connection has ended";
      default:
        return TITLES[code ?? ""] ?? `Connecting to ${this.robot.id}`;
    }
  }

  #tick(): void {
    const now = performance.now();
    const { state, retryAt } = this.#status;
    const fine = element("curtain-fine");
    const parts: string[] = [];
    if (state === "waiting" || state === "reconnecting") {
      parts.push(`For ${elapsed(now - this.#since)} min`);
    }
    if (retryAt !== null && state !== "closed") {
      const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
      parts.push(seconds > 0 ? `trying again in ${seconds} s` : "trying again");
    }
    write(fine, capital(parts.join(", ")));
  }
}

/** What has happened and what to do, as this page sees it. */
export function sentence({ state, code, reason }: Status, plain: boolean): string {
  if (state === "waiting") {
    return "You are connected to it the moment that it comes. Is it switched on, is the ID right?";
  }
  if (code === "path-silent" && plain) {
    return PLAIN_SILENT;
  }
  if (code === "peer-failed" && plain) {
    // There is more that can fail, and only the reason tells.
    return reason;
  }
  return SENTENCES[code ?? ""] ?? reason;
}

function elapsed(millis: number): string {
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}
