import { Listeners } from "../lib/listeners.js";

/** The pictures, or the sound, of a connection: what comes, and what is sent. */
export class Media {
  readonly #streams = new Listeners<[MediaStream]>();
  readonly #received: MediaStream[] = [];
  #wanted = false;

  /** @internal */
  constructor(
    private readonly kind: "video" | "audio",
    private readonly put: (track: MediaStreamTrack) => void,
  ) {}

  /**
   * Calls back with a stream for each track that comes, those that are there already included.
   * Call it before `getLocalDescription`: the offer says what this side wants to receive.
   *
   * @returns ends it
   */
  subscribe(callback: (stream: MediaStream) => void): () => void {
    this.#wanted = true;
    this.#received.forEach((stream) => queueMicrotask(() => callback(stream)));
    return this.#streams.add(callback);
  }

  /** Ends the subscription of this function. */
  unsubscribe(callback: (stream: MediaStream) => void): void {
    this.#streams.remove(callback);
  }

  /**
   * Sends a track, or the first one of this kind in a stream. Call it before
   * `getLocalDescription`; later, it takes the place of the one that is sent already.
   *
   * @throws TypeError if it is of the other kind
   */
  putSubscription(source: MediaStreamTrack | MediaStream): void {
    const track =
      source instanceof MediaStream
        ? source.getTracks().find(({ kind }) => kind === this.kind)
        : source;
    if (track?.kind !== this.kind) {
      throw new TypeError(`${this.kind}.putSubscription takes a track of the kind "${this.kind}".`);
    }
    this.put(track);
  }

  /** @internal Whether somebody wants to receive. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** @internal A track came. Each has a stream of its own, so that no sound is played twice. */
  receive(track: MediaStreamTrack): void {
    const stream = new MediaStream([track]);
    this.#received.push(stream);
    this.#streams.emit(stream);
  }
}
