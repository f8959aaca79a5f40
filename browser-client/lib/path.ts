import type { Time } from "./time.js";

/**
 * The way that packets take between this browser and the robot: the selected pair of candidates
 * (RFC 8445; W3C WebRTC Statistics, `RTCIceCandidateStats`).
 */
export interface Path {
  /** Whether a TURN server of either side's stands in between. */
  readonly relayed: boolean;
  /** `udp`, `tcp` or `tls`: to this side's TURN server, if that relays. */
  readonly protocol: string;
  /** Of this browser's candidate: `host`, `srflx`, `prflx` or `relay`. */
  readonly local: string;
  /** Of the robot's candidate, likewise. */
  readonly remote: string;
}

/** No browser says by itself that the path has become another. */
const LOOK_MILLIS = 2000;

type Entry = Readonly<Record<string, unknown>>;

/** The path that packets take now; null while there is none. */
export function pathIn(report: RTCStatsReport): Path | null {
  const all = new Map<unknown, Entry>();
  report.forEach((entry: Entry) => all.set(entry["id"], entry));
  const pair = selected(all);
  const local = all.get(pair?.["localCandidateId"]);
  const remote = all.get(pair?.["remoteCandidateId"]);
  if (local === undefined || remote === undefined) {
    return null;
  }
  const localType = String(local["candidateType"]);
  const remoteType = String(remote["candidateType"]);
  const relay = localType === "relay" ? local["relayProtocol"] : undefined;
  return {
    relayed: localType === "relay" || remoteType === "relay",
    protocol: String(relay ?? local["protocol"]),
    local: localType,
    remote: remoteType,
  };
}

/** Not every browser names the pair in its transport. */
function selected(all: ReadonlyMap<unknown, Entry>): Entry | undefined {
  const entries = [...all.values()];
  const transport = entries.find((entry) => entry["selectedCandidatePairId"] !== undefined);
  return transport !== undefined
    ? all.get(transport["selectedCandidatePairId"])
    : entries.find((entry) => entry["type"] === "candidate-pair" && entry["selected"] === true);
}

/** Tells which path a connection has, and when it has another. */
export class PathTeller {
  #told = "";
  #cancel: (() => void) | null = null;

  constructor(
    private readonly time: Time,
    private readonly stats: () => Promise<RTCStatsReport>,
    private readonly tell: (path: Path) => void,
  ) {}

  /** Looks now, and again and again from now on. */
  look(): void {
    this.#cancel?.();
    this.#cancel = this.time.after(LOOK_MILLIS, () => this.look());
    this.stats().then(
      (report) => this.#found(pathIn(report)),
      () => {}, // A connection that has closed meanwhile has none.
    );
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #found(path: Path | null): void {
    const text = JSON.stringify(path);
    if (path !== null && this.#cancel !== null && text !== this.#told) {
      this.#told = text;
      this.tell(path);
    }
  }
}
