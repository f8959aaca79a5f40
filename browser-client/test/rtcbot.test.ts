import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, mock, test } from "node:test";
import { Queue, RTCConnection, Websocket } from "../rtcbot/rtcbot.js";
import { FakeChannel, FakePeerConnection, FakeSocket, FakeStream, settle } from "./doubles.js";
import { FakePage } from "./page.js";

const OFFER = { type: "offer", sdp: "theirs" } as const;
const ANSWER = { type: "answer", sdp: "theirs" } as const;

Object.assign(globalThis, {
  RTCPeerConnection: FakePeerConnection,
  WebSocket: FakeSocket,
  MediaStream: FakeStream,
});

describe("RTCBot's connection", () => {
  let conn: RTCConnection;
  let below: FakePeerConnection;
  let errors: string[];

  beforeEach(() => {
    mock.restoreAll();
    make(new RTCConnection());
  });

  function make(connection: RTCConnection): void {
    conn = connection;
    below = FakePeerConnection.newest;
    errors = [];
    conn.onError(({ message }) => errors.push(message));
  }

  /** The connection stands; the channel `default` is open. */
  async function connected(): Promise<FakeChannel> {
    await conn.getLocalDescription();
    await conn.setRemoteDescription(ANSWER);
    return open();
  }

  function open(): FakeChannel {
    const channel = below.channels[0];
    assert.ok(channel !== undefined);
    channel.open();
    return channel;
  }

  function track(kind: string): MediaStreamTrack {
    return { kind } as MediaStreamTrack;
  }

  describe("descriptions", () => {
    test("an_offer_asks_for_the_default_channel_and_nothing_that_nobody_wants", async () => {
      assert.deepEqual(await conn.getLocalDescription(), { type: "offer", sdp: "made" });
      assert.deepEqual(
        below.channels.map(({ label, options }) => [label, options]),
        [["default", { ordered: true }]],
      );
      assert.deepEqual(below.transceivers, []);
      await conn.setRemoteDescription(ANSWER);
      assert.deepEqual(below.remote, ["theirs"]);
    });

    test("a_channel_that_keeps_no_order_and_servers_of_ones_own_can_be_asked_for", async () => {
      make(new RTCConnection(false, { iceServers: [] }));
      await conn.getLocalDescription();
      assert.deepEqual(below.channels[0]?.options, { ordered: false });
      assert.deepEqual(below.configuration, { iceServers: [] });
    });

    test("an_offer_that_is_handed_in_is_answered", async () => {
      assert.deepEqual(await conn.getLocalDescription(OFFER), { type: "answer", sdp: "made" });
      assert.deepEqual(below.channels, [], "the side that offers makes the channel");
    });

    test("an_offer_that_cannot_be_used_does_not_use_the_connection_up", async () => {
      const rubbish = { type: "offer", sdp: "rubbish" } as const;
      await assert.rejects(conn.getLocalDescription(rubbish), /cannot be used/);
      assert.deepEqual(await conn.getLocalDescription(OFFER), { type: "answer", sdp: "made" });
    });

    test("an_offer_that_was_set_before_is_answered", async () => {
      await conn.setRemoteDescription(OFFER);
      assert.deepEqual(await conn.getLocalDescription(), { type: "answer", sdp: "made" });
    });

    test("it_is_complete", async () => {
      below.iceGatheringState = "gathering";
      let described = false;
      const description = conn.getLocalDescription().then(() => (described = true));
      await settle();
      assert.equal(described, false);
      below.gathered();
      await description;
    });

    test("a_stun_server_that_does_not_answer_holds_it_up_for_three_seconds", async () => {
      const timers: { run: () => void; millis: number }[] = [];
      mock.method(globalThis, "setTimeout", (run: () => void, millis: number) =>
        timers.push({ run, millis }),
      );
      below.iceGatheringState = "gathering";
      const description = conn.getLocalDescription();
      await settle();
      assert.deepEqual(
        timers.map(({ millis }) => millis),
        [3000],
      );
      timers[0]?.run();
      assert.equal((await description).sdp, "made");
    });

    test("a_second_description_is_refused", async () => {
      await conn.getLocalDescription();
      await assert.rejects(conn.getLocalDescription(), /called already.*make a new one/);
      await conn.setRemoteDescription(ANSWER);
      await assert.rejects(conn.setRemoteDescription(ANSWER), /set already/);
    });

    test("a_description_of_the_wrong_type_is_refused_and_the_right_one_still_works", async () => {
      await assert.rejects(conn.setRemoteDescription(ANSWER), /made no offer/);
      await assert.rejects(conn.getLocalDescription(ANSWER), /made no offer/);
      await conn.getLocalDescription();
      await assert.rejects(conn.setRemoteDescription(OFFER), /the answer .* was expected/);
      await conn.setRemoteDescription(ANSWER);
    });

    for (const [what, description, says] of [
      ["a_refusal", { code: "robot-away", reason: "The robot is away." }, /robot is away/],
      ["a_text", "answer", /must be an object/],
      ["nothing", null, /must be an object/],
      ["another_object", { answer: 42 }, /has a "type"/],
      ["a_rollback", { type: "rollback", sdp: "" }, /has a "type"/],
    ] as const) {
      test(`${what}_is_no_description`, async () => {
        await conn.getLocalDescription();
        await assert.rejects(conn.setRemoteDescription(description as never), says);
      });
    }

    test("one_that_cannot_be_used_is_told_and_may_be_followed_by_another", async () => {
      await conn.getLocalDescription();
      const rubbish = { type: "answer", sdp: "rubbish" } as const;
      await assert.rejects(conn.setRemoteDescription(rubbish), /cannot be used: Failed to parse/);
      await conn.setRemoteDescription(ANSWER);
    });
  });

  describe("messages", () => {
    test("strings_go_as_they_are_and_objects_as_json", async () => {
      const channel = await connected();
      const { put_nowait } = conn;
      put_nowait("Button Clicked!");
      put_nowait('{"already": "json"}');
      put_nowait({ data: "ping" });
      conn.send(7);
      assert.deepEqual(channel.sent, [
        "Button Clicked!",
        '{"already": "json"}',
        '{"data":"ping"}',
        "7",
      ]);
    });

    test("json_arrives_as_an_object_and_anything_else_as_the_string", async () => {
      const channel = await connected();
      const got: unknown[] = [];
      conn.subscribe((message) => got.push(message));
      ['{"data":"pong"}', '"quoted"', "{bad json", "plain", ""].forEach((text) =>
        channel.say(text),
      );
      assert.deepEqual(got, [{ data: "pong" }, "quoted", "{bad json", "plain", ""]);
    });

    test("a_binary_frame_is_an_error_and_the_connection_lives", async () => {
      const channel = await connected();
      const got: unknown[] = [];
      conn.subscribe((message) => got.push(message));
      channel.say(new ArrayBuffer(4));
      channel.say("next");
      assert.deepEqual(got, ["next"]);
      assert.match(errors.join(), /binary message/);
    });

    test("what_is_put_before_the_channel_opens_is_sent_then_in_its_order", async () => {
      conn.put_nowait("first");
      await conn.getLocalDescription();
      conn.put_nowait("second");
      assert.deepEqual(open().sent, ["first", "second"]);
    });

    test("the_next_message_waits_until_the_last_has_left", async () => {
      const channel = await connected();
      channel.bufferedAmount = 5;
      conn.put_nowait("waits");
      assert.deepEqual(channel.sent, []);
      channel.bufferedAmount = 0;
      channel.onbufferedamountlow?.();
      assert.deepEqual(channel.sent, ["waits"]);
    });

    test("too_much_at_once_is_refused_counted_in_bytes", () => {
      conn.put_nowait("x".repeat(16_384));
      assert.throws(() => conn.put_nowait("x".repeat(1024 * 1024)), /16384 may be sent at once/);
      assert.throws(() => conn.put_nowait("é".repeat(8193)), RangeError);
      assert.throws(() => {
        for (let i = 0; i < 1025; i++) {
          conn.put_nowait("x".repeat(16_384));
        }
      }, /16 MiB wait/);
    });

    test("what_json_cannot_hold_is_refused", () => {
      assert.throws(() => conn.put_nowait(undefined), TypeError);
      assert.throws(() => conn.put_nowait(() => {}), TypeError);
    });

    test("every_subscription_gets_every_message_until_it_is_undone", async () => {
      const channel = await connected();
      const got: string[] = [];
      const first = (message: unknown) => got.push(`first ${message}`);
      conn.subscribe(first);
      const undo = conn.subscribe((message) => got.push(`second ${message}`));
      channel.say("a");
      conn.unsubscribe(first);
      channel.say("b");
      undo();
      channel.say("c");
      assert.deepEqual(got, ["first a", "second a", "second b"]);
    });

    test("get_waits_for_the_next_and_misses_none_from_then_on", async () => {
      const channel = await connected();
      channel.say("missed");
      const next = conn.get();
      channel.say("one");
      channel.say("two");
      assert.equal(await next, "one");
      assert.equal(await conn.get(), "two");
      const never = conn.get();
      conn.close();
      await assert.rejects(never, /closed/);
      await assert.rejects(conn.get(), /closed/);
    });

    test("what_nobody_took_before_the_end_may_still_be_taken", async () => {
      const channel = await connected();
      const first = conn.get();
      ["one", "two", "three"].forEach((text) => channel.say(text));
      conn.close();
      assert.equal(await first, "one");
      assert.equal(await conn.get(), "two");
      assert.equal(await conn.get(), "three");
      await assert.rejects(conn.get(), /closed/);
    });

    test("put_nowait_and_subscribe_go_both_ways_between_two_pages", async () => {
      const channel = await connected();
      const offering = conn;
      make(new RTCConnection());
      await conn.getLocalDescription(OFFER);
      const other = new FakeChannel("default");
      other.readyState = "open";
      below.ondatachannel?.({ channel: other });
      const got: unknown[] = [];
      offering.subscribe((message) => got.push(message));
      conn.subscribe((message) => got.push(message));
      offering.put_nowait({ data: "ping" });
      channel.sent.forEach((text) => other.say(text));
      conn.put_nowait("pong");
      other.sent.forEach((text) => channel.say(text));
      assert.deepEqual(got, [{ data: "ping" }, "pong"]);
    });

    test("a_message_that_the_channel_refuses_is_told", async () => {
      const channel = await connected();
      mock.method(channel, "send", () => {
        throw new Error("Network error");
      });
      conn.put_nowait("lost");
      assert.match(errors.join(), /could not be sent: Network error/);
    });

    test("an_offered_channel_of_that_name_carries_them_and_a_second_one_is_refused", async () => {
      await conn.getLocalDescription(OFFER);
      const [channel, second, other] = ["default", "default", "other"].map(
        (label) => new FakeChannel(label),
      );
      assert.ok(channel !== undefined && second !== undefined && other !== undefined);
      channel.readyState = "open";
      below.ondatachannel?.({ channel });
      conn.put_nowait("hello");
      assert.deepEqual(channel.sent, ["hello"]);
      below.ondatachannel?.({ channel: second });
      below.ondatachannel?.({ channel: other });
      assert.equal(second.readyState, "closed");
      assert.equal(other.readyState, "connecting");
      assert.match(errors.join(), /second channel "default"/);
    });
  });

  describe("pictures and sound", () => {
    test("what_is_subscribed_to_is_asked_for_and_comes_as_a_stream", async () => {
      const streams: MediaStream[] = [];
      const undo = conn.video.subscribe((stream) => streams.push(stream));
      conn.audio.subscribe(() => assert.fail("there is no sound"));
      await conn.getLocalDescription();
      assert.deepEqual(
        below.transceivers.map(({ receiver, direction }) => [receiver.track.kind, direction]),
        [
          ["video", "recvonly"],
          ["audio", "recvonly"],
        ],
      );
      below.show("video");
      assert.equal(streams[0]?.getTracks()[0]?.kind, "video");
      const late: MediaStream[] = [];
      conn.video.subscribe((stream) => late.push(stream));
      await settle();
      assert.equal(late[0], streams[0], "who comes later gets what is there");
      undo();
      below.show("video");
      assert.deepEqual([streams.length, late.length], [1, 2]);
    });

    test("a_track_is_sent_and_received_only_if_somebody_wants_to", async () => {
      conn.video.putSubscription(track("video"));
      conn.audio.putSubscription(new FakeStream([track("video"), track("audio")]) as never);
      conn.audio.subscribe(() => {});
      await conn.getLocalDescription();
      assert.deepEqual(
        below.transceivers.map(({ sender, direction }) => [sender.track?.kind, direction]),
        [
          ["video", "sendonly"],
          ["audio", "sendrecv"],
        ],
      );
    });

    test("a_later_track_takes_the_place_of_one_that_is_sent", async () => {
      conn.video.putSubscription(track("video"));
      await conn.getLocalDescription();
      const replaced: unknown[] = [];
      Object.assign(below.transceivers[0]?.sender ?? {}, {
        replaceTrack: (next: unknown) => Promise.resolve(replaced.push(next)),
      });
      conn.video.putSubscription(track("video"));
      assert.equal(replaced.length, 1);
      assert.throws(() => conn.audio.putSubscription(track("audio")), /before getLocalDescription/);
    });

    test("a_track_of_the_other_kind_is_refused", () => {
      assert.throws(() => conn.video.putSubscription(track("audio")), TypeError);
      assert.throws(() => conn.video.putSubscription(new FakeStream() as never), TypeError);
    });
  });

  describe("its life", () => {
    test("it_is_ready_once_messages_flow_and_says_so_to_who_asks_later_too", async () => {
      let readies = 0;
      conn.onReady(() => (readies += 1));
      assert.equal(conn.ready, false);
      await connected();
      conn.onReady(() => (readies += 1));
      await settle();
      assert.equal(readies, 2);
      assert.equal(conn.ready, true);
    });

    test("closing_frees_everything_and_may_be_repeated", async () => {
      let closes = 0;
      conn.onClose(() => (closes += 1));
      await connected();
      conn.close();
      conn.close();
      assert.ok(below.closed && conn.closed && !conn.ready);
      assert.equal(closes, 1);
      assert.throws(() => conn.put_nowait("late"), /RTCConnection is closed/);
      await assert.rejects(conn.getLocalDescription(), /closed/);
      await assert.rejects(conn.setRemoteDescription(ANSWER), /closed/);
    });

    test("closing_at_once_works", () => {
      conn.close();
      assert.ok(below.closed);
    });

    test("closing_amid_the_handshake_ends_the_wait", async () => {
      below.iceGatheringState = "gathering";
      const description = conn.getLocalDescription();
      await settle();
      conn.close();
      await assert.rejects(description, /closed/);
    });

    test("a_peer_that_leaves_closes_it", async () => {
      const channel = await connected();
      const leaves = { errorDetail: "sctp-failure", sctpCauseCode: 12, message: "Abort" };
      channel.onerror?.({ error: leaves });
      channel.onclose?.();
      assert.ok(conn.closed && below.closed);
      assert.deepEqual(errors, []);
    });

    test("a_peer_that_vanishes_closes_it_and_says_why", async () => {
      await conn.getLocalDescription();
      below.becomes("disconnected");
      assert.ok(!conn.closed);
      below.becomes("failed");
      assert.ok(conn.closed);
      assert.match(errors.join(), /path to the other side was lost/);
    });

    test("an_error_without_a_reason_is_told_as_such", async () => {
      const channel = await connected();
      channel.onerror?.({});
      assert.match(errors.join(), /does not say why/);
    });

    test("an_error_of_the_channel_is_told_and_without_a_listener_stands_in_the_console", async () => {
      const channel = await connected();
      const error = { errorDetail: "data-channel-failure", message: "Buffer full" };
      channel.onerror?.({ error });
      assert.match(errors.join(), /failed: Buffer full/);
      const console = mock.method(globalThis.console, "error", () => {});
      make(new RTCConnection());
      const silent = new RTCConnection();
      await silent.getLocalDescription();
      FakePeerConnection.newest.channels[0]?.onerror?.({ error });
      assert.equal(console.mock.callCount(), 1);
    });
  });
});

describe("RTCBot's websocket", () => {
  beforeEach(() => {
    new FakePage();
  });

  function accepted(): FakeSocket {
    FakeSocket.newest.accept();
    return FakeSocket.newest;
  }

  test("carries_messages_in_the_same_form", async () => {
    const ws = new Websocket("/socket");
    const got: unknown[] = [];
    ws.subscribe((message) => got.push(message));
    ws.put_nowait({ type: "early" });
    const socket = accepted();
    assert.equal(String(socket.url), "wss://robots.example.org/socket");
    socket.onmessage?.({ data: '{"a":1}' });
    socket.onmessage?.({ data: "text" });
    assert.deepEqual(got, [{ a: 1 }, "text"]);
    assert.deepEqual(socket.sent, [{ type: "early" }]);
  });

  test("says_that_it_could_not_be_opened_and_is_closed", () => {
    const ws = new Websocket("http://127.0.0.1:8080/rtcbot/rover1");
    const errors: string[] = [];
    ws.onError(({ message }) => errors.push(message));
    const socket = FakeSocket.newest;
    assert.equal(String(socket.url), "ws://127.0.0.1:8080/rtcbot/rover1");
    socket.onerror?.();
    socket.break();
    assert.ok(ws.closed);
    assert.match(errors.join(), /127.0.0.1:8080 failed/);
    assert.throws(() => ws.put_nowait("late"), /Websocket is closed/);
  });

  test("closes_once_from_either_side", () => {
    const ws = new Websocket("/socket");
    let closes = 0;
    ws.onClose(() => (closes += 1));
    const socket = accepted();
    ws.close();
    socket.break();
    ws.close();
    assert.equal(closes, 1);
    assert.equal(socket.readyState, FakeSocket.CLOSED);
  });
});

describe("RTCBot's queue", () => {
  test("hands_out_in_order_whoever_was_first", async () => {
    const queue = new Queue<number>();
    const { put_nowait } = queue;
    const early = queue.get();
    put_nowait(1);
    put_nowait(2);
    put_nowait(3);
    assert.equal(await early, 1);
    assert.equal(await queue.get(), 2);
    assert.equal(await queue.get(), 3);
  });

  test("a_bounded_one_keeps_the_newest", async () => {
    const queue = new Queue<number>(2);
    [1, 2, 3].forEach(queue.put_nowait);
    assert.equal(await queue.get(), 2);
  });
});

test("the_script_defines_the_global_with_all_of_rtcbots_names", () => {
  const script = readFileSync("target/web/rtcbot.js", "utf8");
  const rtcbot = new Function(`${script}; return rtcbot;`)() as Record<string, unknown>;
  assert.deepEqual(Object.keys(rtcbot).sort(), [
    "Gamepad",
    "Keyboard",
    "Queue",
    "RTCConnection",
    "Websocket",
    "setGamepadRate",
    "setKeyboardRate",
  ]);
});
