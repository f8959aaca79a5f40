import { gathered } from "../lib/gathering.js";
import { DEFAULT } from "../lib/protocol.js";
import { systemTime } from "../lib/time.js";
import { checked, type Description } from "./description.js";
import { Media } from "./media.js";
import { Messenger, reasonOf } from "./messenger.js";

/** RTCBot's own: without a STUN server, only peers in the same network find each other. */
const CONFIGURATION: RTCConfiguration = {
  iceServers: [{ urls: ["stun:stun.l.google.com:19302"] }],
};

/**
 * A connection with one peer: messages, video, audio. It is used once; for the next peer make the
 * next one.
 *
 * ```js
 * const conn = new rtcbot.RTCConnection();
 * conn.subscribe((message) => console.log(message));
 * const offer = await conn.getLocalDescription();
 * // The offer goes to the other side in any way, and its answer comes back.
 * await conn.setRemoteDescription(answer);
 * conn.put_nowait({ data: "ping" });
 * ```
 */
export class RTCConnection extends Messenger {
  /** Pictures: `subscribe` to receive, `putSubscription` to send. */
  readonly video = new Media("video", (track) => this.#put(track));

  /** Sound: `subscribe` to receive, `putSubscription` to send. */
  readonly audio = new Media("audio", (track) => this.#put(track));

  readonly #ordered: boolean;
  readonly #connection: RTCPeerConnection;
  readonly #closing = new AbortController();
  #channel: RTCDataChannel | null = null;
  #described = false;
  #remote = false;

  /**
   * @param defaultOrdered whether messages keep their order. If not, one that is late does not
   *   hold up those behind it; none is lost either way. Counts on the side that makes the offer.
   * @param rtcConfiguration STUN and TURN servers, as `RTCPeerConnection` takes them; without it
   *   Google's public STUN server, as with RTCBot
   */
  constructor(defaultOrdered = true, rtcConfiguration: RTCConfiguration = CONFIGURATION) {
    super();
    this.#ordered = defaultOrdered;
    this.#connection = new RTCPeerConnection(rtcConfiguration);
    this.#connection.ondatachannel = ({ channel }) => this.#offered(channel);
    this.#connection.ontrack = ({ track, receiver }) => {
      // To drive, an old picture is worse than a missing one.
      receiver.jitterBufferTarget = 0;
      (track.kind === "video" ? this.video : this.audio).receive(track);
    };
    this.#connection.onconnectionstatechange = () => {
      if (this.#connection.connectionState === "failed") {
        this.failed(new Error("The path to the other side was lost, or none was found."));
        this.close();
      }
    };
  }

  /**
   * This side's description, complete, for the other side's `setRemoteDescription`: the answer if
   * an offer is given here or was set before, else an offer.
   *
   * @throws TypeError (as a rejection) if what is given is no offer; Error if it cannot be used
   *   (another may be given then), on the second call, and when closed
   */
  async getLocalDescription(offer?: Description | null): Promise<Description> {
    this.#refuseClosed();
    if (this.#described) {
      throw new Error(
        "getLocalDescription was called already. A connection is used once: make a new one.",
      );
    }
    const given = offer === undefined || offer === null ? null : checked(offer, "offer");
    this.#described = true;
    if (given !== null) {
      try {
        await this.#setRemote(given);
      } catch (error) {
        // Nothing has happened yet: a better offer may come.
        this.#described = false;
        throw error;
      }
    } else if (!this.#remote) {
      this.#prepareOffer();
    }
    await this.#connection.setLocalDescription();
    await gathered(this.#connection, systemTime, this.#closing.signal);
    this.#refuseClosed();
    const { type, sdp } = this.#connection.localDescription as Description;
    return { type, sdp };
  }

  /**
   * Takes the other side's description: its answer after `getLocalDescription`, or before that
   * its offer.
   *
   * @throws TypeError (as a rejection) if it is not that; Error if it cannot be used
   */
  async setRemoteDescription(description: Description): Promise<void> {
    this.#refuseClosed();
    if (this.#remote) {
      throw new Error("The other side's description was set already. Make a new connection.");
    }
    await this.#setRemote(checked(description, this.#described ? "answer" : "offer"));
  }

  protected override get name(): string {
    return "RTCConnection";
  }

  protected override get idle(): boolean {
    // What waits in the channel cannot be taken back, and delays everything behind it.
    return this.#channel?.readyState === "open" && this.#channel.bufferedAmount === 0;
  }

  protected override transmit(text: string): void {
    this.#channel?.send(text);
  }

  protected override release(): void {
    this.#closing.abort();
    this.#connection.close();
  }

  /** What the offer asks for: the channel, and to receive what somebody has subscribed to. */
  #prepareOffer(): void {
    this.#use(this.#connection.createDataChannel(DEFAULT, { ordered: this.#ordered }));
    for (const [kind, media] of [
      ["video", this.video],
      ["audio", this.audio],
    ] as const) {
      const sending = this.#connection
        .getTransceivers()
        .filter(({ sender }) => sender.track?.kind === kind);
      if (!media.wanted) {
        sending.forEach((transceiver) => (transceiver.direction = "sendonly"));
      } else if (sending.length === 0) {
        this.#connection.addTransceiver(kind, { direction: "recvonly" });
      }
    }
  }

  async #setRemote(description: Description): Promise<void> {
    this.#remote = true;
    try {
      await this.#connection.setRemoteDescription(description);
    } catch (error) {
      this.#remote = false;
      throw new Error(`The other side's ${description.type} cannot be used: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  #put(track: MediaStreamTrack): void {
    this.#refuseClosed();
    const sender = this.#connection
      .getSenders()
      .find((sender) => sender.track?.kind === track.kind);
    if (!this.#described) {
      this.#connection.addTrack(track, new MediaStream([track]));
    } else if (sender !== undefined) {
      sender
        .replaceTrack(track)
        .catch((error) => this.failed(new Error(`The track cannot be sent: ${reasonOf(error)}`)));
    } else {
      throw new Error(
        `${track.kind}.putSubscription must come before getLocalDescription: ` +
          "what was described cannot be changed.",
      );
    }
  }

  /** The other side, which made the offer, made a channel. */
  #offered(channel: RTCDataChannel): void {
    if (channel.label !== DEFAULT) {
      return;
    }
    if (this.#channel === null) {
      this.#use(channel);
    } else {
      channel.close();
      this.failed(new Error(`The other side made a second channel "${DEFAULT}"; it was closed.`));
    }
  }

  #use(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.bufferedAmountLowThreshold = 0;
    channel.onbufferedamountlow = () => this.flush();
    channel.onmessage = ({ data }) => this.received(data);
    channel.onopen = () => this.opened();
    channel.onerror = (event: Partial<RTCErrorEvent>) => {
      // A peer that hangs up ends here, too; that it has left is said by onClose.
      if (event.error?.sctpCauseCode !== USER_ABORT) {
        const why = event.error?.message ?? "the browser does not say why";
        this.failed(new Error(`The channel "${DEFAULT}" failed: ${why}`));
      }
    };
    channel.onclose = () => this.close();
    if (channel.readyState === "open") {
      this.opened();
    }
  }

  #refuseClosed(): void {
    if (this.closed) {
      throw new Error("This RTCConnection is closed. Make a new one.");
    }
  }
}

/** "User-Initiated Abort" (RFC 4960, section 3.3.10.12): the other side closed its connection. */
const USER_ABORT = 12;
