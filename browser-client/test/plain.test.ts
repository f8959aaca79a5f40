import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { signal as golden } from "#golden";
import type { Joined } from "#protocol";
import { FarhandError } from "../lib/errors.js";
import { Robot } from "../lib/robot.js";
import { FakePeerConnection, FakeSocket, FakeStream, settle } from "./doubles.js";
import { FakeTime } from "./fake-time.js";

const SESSION = golden["joined.json"].sessionId;

/** What the server says of a robot behind RTCBot's wire protocol. */
const JOINED: Joined = {
  ...golden["joined.json"],
  trickle: false,
  media: [
    { name: "camera", kind: "video" },
    { name: "microphone", kind: "audio" },
  ],
};

Object.assign(globalThis, {
  WebSocket: FakeSocket,
  RTCPeerConnection: FakePeerConnection,
  MediaStream: FakeStream,
});

describe("a plain robot", () => {
  let time: FakeTime;
  let robot: Robot;
  let states: string[];
  let notices: string[];

  beforeEach(() => {
    time = new FakeTime();
    states = [];
    notices = [];
    FakeSocket.all = [];
    FakePeerConnection.all = [];
    robot = new Robot("rover1", { server: "https://robots.example.org", wait: true }, time);
    robot.onState((state, { code }) => states.push(code === null ? state : `${state} ${code}`));
    robot.onNotice(({ code }) => notices.push(code));
    FakeSocket.newest.accept();
  });

  async function joined(id = SESSION): Promise<FakePeerConnection> {
    FakeSocket.newest.say({ ...JOINED, sessionId: id });
    await settle();
    return FakePeerConnection.newest;
  }

  async function answered(id = SESSION): Promise<FakePeerConnection> {
    const peer = await joined(id);
    const description = { type: "answer", sdp: "answer" } as const;
    FakeSocket.newest.say({ type: "describe", sessionId: id, negotiation: 1, description });
    await settle();
    return peer;
  }

  async function connected(id = SESSION): Promise<FakePeerConnection> {
    const peer = await answered(id);
    peer.openChannels();
    assert.equal(robot.state, "connected");
    return peer;
  }

  test("gets_one_complete_offer_with_the_default_channel_and_what_may_be_shown", async () => {
    assert.equal(robot.plain, false, "nobody knows yet");
    const prepared = FakePeerConnection.newest;
    FakeSocket.newest.say(JOINED);
    const peer = FakePeerConnection.newest;
    peer.iceGatheringState = "gathering";
    assert.ok(prepared.closed && prepared !== peer, "the offer that was made ahead is no use");
    await settle();
    assert.equal(FakeSocket.newest.all("describe").length, 0, "it is not complete yet");
    peer.find("one");
    peer.gathered();
    await settle();
    assert.deepEqual(
      FakeSocket.newest.sent.map(({ type }) => type),
      ["join", "describe"],
      "no candidates",
    );
    assert.equal(robot.plain, true);
    assert.deepEqual(
      peer.channels.map(({ label }) => label),
      ["default"],
    );
    assert.deepEqual(
      peer.transceivers.map(({ receiver, direction }) => [receiver.track.kind, direction]),
      [
        ["video", "recvonly"],
        ["audio", "recvonly"],
      ],
    );
  });

  test("a_stun_server_that_does_not_answer_holds_the_offer_up_for_three_seconds", async () => {
    FakeSocket.newest.say(JOINED);
    FakePeerConnection.newest.iceGatheringState = "gathering";
    await settle();
    time.advance(2999);
    await settle();
    assert.equal(FakeSocket.newest.all("describe").length, 0);
    time.advance(1);
    await settle();
    assert.equal(FakeSocket.newest.all("describe").length, 1);
  });

  test("binary_messages_are_dropped_and_told_of_once_a_session", async () => {
    const peer = await connected();
    const got: unknown[] = [];
    robot.subscribe((message) => got.push(message));
    const channel = peer.channels[0];
    channel?.say(new ArrayBuffer(4));
    channel?.say(new ArrayBuffer(4));
    channel?.say("text");
    assert.deepEqual(got, ["text"]);
    assert.deepEqual(notices, ["bad-message"]);
  });

  test("messages_go_both_ways", async () => {
    const heard: unknown[] = [];
    robot.subscribe((message) => heard.push(message));
    const [channel] = (await connected()).channels;
    await robot.send({ data: "ping" });
    channel?.say('{"data": "pong"}');
    assert.deepEqual(channel?.sent, ['{"data":"ping"}']);
    assert.deepEqual(heard, [{ data: "pong" }]);
  });

  test("shows_what_comes_not_what_might_have_come", async () => {
    const peer = await joined();
    assert.deepEqual(robot.media, []);
    peer.show("video");
    assert.deepEqual(robot.media, [{ name: "camera", kind: "video" }]);
    assert.equal(robot.video.getTracks().length, 1);
  });

  test("cannot_be_driven_stopped_or_armed_and_it_is_said_once", async () => {
    const refused = (error: unknown) =>
      error instanceof FarhandError && error.code === "plain-robot";
    const early = robot.stop();
    const peer = await connected();
    await assert.rejects(early, refused);
    robot.drive({ linear: 1, angular: 0 });
    robot.drive({ linear: 1, angular: 0 });
    await assert.rejects(robot.stop(), refused);
    await assert.rejects(robot.arm(30), refused);
    assert.throws(() => robot.arm(undefined as never), TypeError, "which STOP it is for");
    assert.deepEqual(notices, ["plain-robot"]);
    assert.deepEqual(peer.channels[0]?.sent, []);
    assert.equal(robot.motion, null);
    assert.equal(time.waiting, 2, "the heartbeat, and a look at the path");
  });

  test("has_no_need_of_the_server_once_it_has_answered", async () => {
    await connected();
    FakeSocket.newest.break();
    time.advance(600_000);
    robot.hurry();
    assert.equal(FakeSocket.all.length, 1, "there is nothing to resume");
    assert.deepEqual(states, ["connected"]);
    assert.deepEqual(notices, []);
    assert.equal(time.waiting, 1, "the next look at the path");
  });

  test("what_the_server_says_of_its_socket_changes_nothing", async () => {
    await answered();
    const socket = FakeSocket.newest;
    socket.say({ type: "presence", sessionId: SESSION, present: false });
    socket.say({ type: "presence", sessionId: SESSION, present: true });
    socket.say({ ...golden["renegotiate.json"], restart: true });
    socket.say(golden["candidate.json"]);
    socket.say({ type: "closed", sessionId: SESSION, code: "robot-left", reason: "" });
    const peer = FakePeerConnection.newest;
    peer.openChannels();
    assert.equal(robot.state, "connected");
    assert.deepEqual([peer.restarts, peer.candidates], [0, []]);
    assert.equal(socket.all("describe").length, 1);
    socket.say({ type: "error", code: "server-restarting", reason: "" });
    assert.equal(robot.state, "connected");
  });

  for (const code of ["token-expired", "ended-by-owner"] as const) {
    test(`${code}_ends_it_all_the_same`, async () => {
      const peer = await connected();
      FakeSocket.newest.say({ type: "closed", sessionId: SESSION, code, reason: "" });
      assert.equal(robot.state, "closed");
      assert.ok(peer.closed);
    });
  }

  test("a_socket_that_is_lost_before_the_answer_came_joins_anew", async () => {
    const peer = await joined();
    FakeSocket.newest.break();
    assert.ok(peer.closed);
    time.advance(300);
    FakeSocket.newest.accept();
    assert.deepEqual(
      FakeSocket.newest.sent.map(({ type }) => type),
      ["join"],
    );
    await connected("s-2");
    assert.equal(FakePeerConnection.all.filter(({ closed }) => !closed).length, 1);
  });

  test("a_path_that_falls_silent_is_said_and_one_that_is_lost_is_joined_anew", async () => {
    const peer = await connected();
    peer.becomes("disconnected");
    assert.equal(robot.status.code, "path-silent");
    peer.becomes("connected");
    assert.equal(robot.state, "connected");
    peer.becomes("disconnected");
    peer.becomes("failed");
    assert.deepEqual(states, [
      "connected",
      "reconnecting path-silent",
      "connected",
      "reconnecting path-silent",
      "reconnecting peer-failed",
    ]);
    assert.ok(peer.closed);
    time.advance(300);
    assert.equal(FakeSocket.newest.all("join").length, 2);
    await connected("s-2");
  });

  test("a_program_that_hangs_up_is_joined_anew_also_without_the_socket", async () => {
    const peer = await connected();
    FakeSocket.newest.break();
    peer.channels[0]?.onclose?.();
    assert.equal(robot.status.code, "robot-left");
    time.advance(300);
    FakeSocket.newest.accept();
    assert.equal(FakeSocket.newest.all("join").length, 1);
    await connected("s-2");
  });

  test("one_that_does_not_answer_is_given_up_after_twenty_five_seconds", async () => {
    const peer = await joined();
    time.advance(20_000);
    FakeSocket.newest.say({ type: "ping" });
    time.advance(4999);
    assert.ok(!peer.closed);
    time.advance(1);
    assert.ok(peer.closed);
    assert.equal(FakeSocket.newest.all("leave")[0]?.code, "peer-failed");
  });

  test("closing_amid_the_gathering_leaves_nothing_behind", async () => {
    FakeSocket.newest.say(JOINED);
    FakePeerConnection.newest.iceGatheringState = "gathering";
    await settle();
    robot.close();
    await settle();
    assert.equal(time.waiting, 0);
    assert.equal(FakeSocket.newest.all("describe").length, 0);
  });

  test("a_farhand_agent_that_takes_its_place_is_driven_by_the_rules_again", async () => {
    (await connected()).becomes("failed");
    time.advance(300);
    FakeSocket.newest.say({ ...golden["joined.json"], sessionId: "s-2" });
    await settle();
    assert.equal(robot.plain, false);
    assert.equal(FakePeerConnection.newest.channels.length, 4);
  });
});
