import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { signal as golden } from "#golden";
import { Connection } from "../lib/connection.js";
import type { JoinOptions } from "../lib/options.js";
import type { SignalMessage } from "../lib/protocol.js";
import { FakePeerConnection, FakeSocket, settle } from "./doubles.js";
import { FakeTime } from "./fake-time.js";

const SESSION = golden["joined.json"].sessionId;

Object.assign(globalThis, { WebSocket: FakeSocket, RTCPeerConnection: FakePeerConnection });

describe("the way to a robot", () => {
  let time: FakeTime;
  let states: string[];
  let notices: string[];
  let sessions: string[];

  beforeEach(() => {
    time = new FakeTime();
    states = [];
    notices = [];
    sessions = [];
    FakeSocket.all = [];
    FakePeerConnection.all = [];
  });

  function connect(options: JoinOptions = { wait: true }): Connection {
    const connection = new Connection(
      "rover1",
      { server: "https://robots.example.org", ...options },
      time,
      {
        status: ({ state, code }) => states.push(code === null ? state : `${state} ${code}`),
        notice: ({ code }) => notices.push(code),
        track: () => {},
        path: () => {},
        opened: () => sessions.push("opened"),
        ended: () => sessions.push("ended"),
      },
      () => 0.9,
    );
    connection.start();
    return connection;
  }

  function answer(negotiation: number, sdp = "answer"): SignalMessage {
    const description = { type: "answer", sdp } as const;
    return { type: "describe", sessionId: SESSION, negotiation, description };
  }

  async function connected(options?: JoinOptions): Promise<Connection> {
    const connection = connect(options);
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["joined.json"]);
    await settle();
    FakeSocket.newest.say(answer(1));
    await settle();
    FakePeerConnection.newest.openChannels();
    return connection;
  }

  /** Time passes, and the robot is heard all the while. */
  function passes(millis: number, connection: Connection): void {
    for (let passed = 0; passed < millis; passed += 100) {
      time.advance(100);
      connection.heard();
    }
  }

  test("joins_offers_and_is_connected_when_all_channels_are_open", async () => {
    const connection = await connected({ wait: false, token: "t", client: "c" });
    const socket = FakeSocket.newest;
    assert.equal(socket.url, "wss://robots.example.org/signal");
    assert.deepEqual(socket.sent[0], {
      type: "join",
      protocol: 1,
      robotId: "rover1",
      token: "t",
      wait: false,
      client: "c",
    });
    const offer = socket.all("describe")[0];
    assert.equal(offer?.negotiation, 1);
    assert.equal(offer?.description.sdp, "prepared", "the offer was made ahead");
    assert.deepEqual(states, ["connected"]);
    assert.deepEqual(sessions, ["opened"]);
    assert.deepEqual(FakePeerConnection.newest.configuration.iceServers?.[0], {
      urls: ["stun:stun.example.org:3478"],
    });
    connection.close("operator-left", "");
    assert.equal(socket.all("leave").length, 1);
    assert.equal(time.waiting, 0, "nothing goes on after closing");
  });

  test("candidates_follow_their_offer_and_the_robots_wait_for_its_answer", async () => {
    connect();
    const socket = FakeSocket.newest;
    socket.accept();
    socket.say(golden["joined.json"]);
    FakePeerConnection.newest.quickCandidate = "early";
    await settle();
    FakePeerConnection.newest.find("late");
    assert.deepEqual(
      socket.sent.map(({ type }) => type),
      ["join", "describe", "candidate", "candidate"],
    );
    socket.say(golden["candidate.json"]);
    assert.deepEqual(FakePeerConnection.newest.candidates, []);
    socket.say(answer(1));
    await settle();
    assert.equal(FakePeerConnection.newest.candidates.length, 1);
  });

  test("what_the_robot_can_show_is_what_was_said_last", async () => {
    const connection = connect();
    assert.deepEqual(connection.media, []);
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["joined.json"]);
    assert.deepEqual(connection.media, [{ name: "camera", kind: "video" }]);
    FakeSocket.newest.say({ ...golden["renegotiate.json"], media: [] });
    assert.deepEqual(connection.media, []);
    await settle();
  });

  test("fresh_servers_are_used_from_the_next_search_on", async () => {
    await connected();
    const socket = FakeSocket.newest;
    socket.say(golden["refresh.json"]);
    await settle();
    assert.equal(socket.all("describe").length, 1, "what stands is left alone");
    socket.say({ ...golden["renegotiate.json"], restart: true });
    await settle();
    assert.equal(FakePeerConnection.newest.restarts, 1);
    assert.deepEqual(FakePeerConnection.newest.configuration.iceServers, [
      golden["refresh.json"].iceServers[0],
    ]);
  });

  test("what_belongs_to_an_older_negotiation_is_dropped", async () => {
    await connected();
    const socket = FakeSocket.newest;
    socket.say({ ...golden["renegotiate.json"], restart: true });
    await settle();
    assert.deepEqual(
      socket.all("describe").map(({ negotiation }) => negotiation),
      [1, 2],
    );
    socket.say(answer(1, "too old"));
    socket.say({ ...golden["candidate.json"], negotiation: 1 });
    await settle();
    assert.deepEqual(FakePeerConnection.newest.remote, ["answer"]);
    assert.deepEqual(FakePeerConnection.newest.candidates, []);
    socket.say(answer(2, "newest"));
    await settle();
    assert.deepEqual(FakePeerConnection.newest.remote, ["answer", "newest"]);
  });

  test("a_session_outlives_its_socket_and_is_resumed_with_an_ice_restart", async () => {
    const connection = await connected();
    FakeSocket.newest.break();
    assert.equal(connection.status.state, "connected");
    passes(300, connection);
    FakeSocket.newest.break();
    passes(600, connection);
    const socket = FakeSocket.newest;
    socket.accept();
    assert.deepEqual(socket.sent, [
      {
        type: "resume",
        protocol: 1,
        sessionId: SESSION,
        resumeKey: golden["joined.json"].resumeKey,
      },
    ]);
    socket.say(golden["resumed.json"]);
    await settle();
    assert.equal(socket.all("describe")[0]?.negotiation, 2);
    assert.equal(FakePeerConnection.newest.restarts, 1);
    assert.deepEqual(notices, ["server-lost", "server-back"]);
    assert.deepEqual(sessions, ["opened"]);
    socket.break();
    passes(300, connection);
    FakeSocket.newest.accept();
    assert.equal(
      FakeSocket.newest.all("resume")[0]?.resumeKey,
      golden["resumed.json"].resumeKey,
      "the newest key",
    );
  });

  test("a_resume_that_waits_for_the_robots_return_leaves_the_session_connected", async () => {
    const connection = await connected();
    FakeSocket.newest.break();
    passes(300, connection);
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["waiting.json"]);
    assert.equal(connection.status.state, "connected");
    FakeSocket.newest.say(golden["resumed.json"]);
    await settle();
    assert.equal(FakeSocket.newest.all("describe").length, 1);
  });

  test("a_server_that_is_busy_does_not_end_a_living_session", async () => {
    const connection = await connected();
    FakeSocket.newest.break();
    passes(300, connection);
    FakeSocket.newest.accept();
    FakeSocket.newest.say({ type: "error", code: "server-restarting", reason: "" });
    assert.equal(connection.status.state, "connected");
    passes(600, connection);
    FakeSocket.newest.accept();
    assert.equal(FakeSocket.newest.all("resume").length, 1);
  });

  for (const code of ["robot-restarted", "agent-restarting", "robot-left"] as const) {
    test(`after_${code}_the_robot_is_joined_anew_and_waited_for`, async () => {
      const connection = await connected({ wait: false });
      const socket = FakeSocket.newest;
      const before = FakePeerConnection.newest;
      socket.say({ type: "closed", sessionId: SESSION, code, reason: "" });
      assert.equal(connection.status.state, "reconnecting");
      assert.ok(before.closed);
      time.advance(300);
      assert.equal(socket.all("join").length, 2);
      assert.equal(socket.all("join")[1]?.wait, true);
      socket.say({ ...golden["joined.json"], sessionId: "s-2" });
      await settle();
      assert.notEqual(FakePeerConnection.newest, before);
      FakePeerConnection.newest.openChannels();
      assert.equal(connection.status.state, "connected");
      assert.deepEqual(sessions, ["opened", "ended", "opened"]);
    });
  }

  test("a_session_that_the_server_no_longer_knows_is_joined_anew", async () => {
    const connection = await connected();
    FakeSocket.newest.break();
    passes(300, connection);
    FakeSocket.newest.accept();
    FakeSocket.newest.say({ type: "error", code: "resume-expired", reason: "" });
    assert.equal(connection.status.state, "reconnecting");
    time.advance(300);
    FakeSocket.newest.accept();
    assert.equal(FakeSocket.newest.all("join").length, 1);
  });

  for (const code of [
    "token-expired",
    "token-missing",
    "bad-robot-id",
    "ended-by-owner",
  ] as const) {
    test(`${code}_is_final`, async () => {
      const connection = await connected();
      FakeSocket.newest.say({ type: "error", code, reason: "why" });
      assert.deepEqual(connection.status, { state: "closed", code, reason: "why", retryAt: null });
      assert.ok(FakePeerConnection.newest.closed);
      assert.equal(time.waiting, 0);
    });
  }

  test("who_does_not_wait_is_told_of_the_first_failure", () => {
    connect({ wait: false });
    FakeSocket.newest.break();
    assert.deepEqual(states, ["closed server-unreachable"]);
    assert.equal(time.waiting, 0);
  });

  test("who_waits_is_shown_what_is_missing", () => {
    const connection = connect({ wait: true });
    FakeSocket.newest.break();
    assert.equal(connection.status.code, "server-unreachable");
    assert.ok((connection.status.retryAt ?? 0) <= time.now() + 300);
    time.advance(300);
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["waiting.json"]);
    FakeSocket.newest.say({ type: "error", code: "wait-expired", reason: "" });
    time.advance(300);
    FakeSocket.newest.accept();
    assert.equal(FakeSocket.newest.all("join").length, 1);
    assert.deepEqual(states, [
      "connecting server-unreachable",
      "waiting robot-away",
      "connecting wait-expired",
    ]);
  });

  test("an_answer_that_is_rubbish_ends_the_session_and_not_the_page", async () => {
    const connection = connect();
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["joined.json"]);
    await settle();
    FakeSocket.newest.say(answer(1, "rubbish"));
    await settle();
    assert.equal(FakeSocket.newest.all("leave")[0]?.code, "peer-failed");
    assert.equal(connection.status.state, "connecting");
    time.advance(300);
    assert.equal(FakeSocket.newest.all("join").length, 2);
  });

  test("a_session_that_finds_no_path_in_time_is_left_and_joined_anew", async () => {
    connect();
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["joined.json"]);
    await settle();
    FakeSocket.newest.say(answer(1));
    time.advance(15_000);
    assert.equal(FakeSocket.newest.all("leave")[0]?.code, "peer-failed");
    time.advance(300);
    assert.equal(FakeSocket.newest.all("join").length, 2);
  });

  test("pings_are_answered_and_silence_is_taken_for_the_end", async () => {
    const connection = await connected();
    const socket = FakeSocket.newest;
    socket.say({ type: "ping" });
    assert.equal(socket.all("pong").length, 1);
    passes(24_900, connection);
    assert.deepEqual(notices, []);
    passes(100, connection);
    assert.deepEqual(notices, ["server-lost"]);
    assert.equal(socket.readyState, FakeSocket.CLOSED);
  });

  test("a_path_that_falls_silent_has_the_server_asked_for_a_sign_of_life", async () => {
    const connection = await connected();
    const socket = FakeSocket.newest;
    time.advance(600);
    assert.deepEqual(states.at(-1), "reconnecting path-silent");
    assert.equal(socket.all("ping").length, 1);
    socket.say({ type: "pong" });
    passes(5000, connection);
    assert.equal(FakeSocket.all.length, 1, "it answered");
    time.advance(600);
    assert.equal(socket.all("ping").length, 2);
    // What still comes in says nothing of what goes out.
    socket.say({ type: "presence", sessionId: SESSION, present: true });
    time.advance(600);
    assert.equal(socket.readyState, FakeSocket.CLOSED, "it did not");
  });

  test("socket_and_path_that_went_together_are_joined_anew_at_once", async () => {
    await connected();
    time.advance(1100);
    assert.equal(FakeSocket.all.length, 2, "no crowd to wait for");
    const socket = FakeSocket.newest;
    socket.accept();
    assert.equal(socket.all("resume").length, 1);
    socket.say(golden["resumed.json"]);
    time.advance(0);
    await settle();
    assert.equal(socket.all("leave").length, 1);
    assert.equal(socket.all("join").length, 1);
    assert.equal(socket.all("describe").length, 0, "no new search on the old connection");
    assert.equal(states.at(-1), "reconnecting path-silent");
  });

  test("a_path_that_is_back_before_the_socket_keeps_its_session", async () => {
    const connection = await connected();
    time.advance(1100);
    connection.heard();
    FakeSocket.newest.accept();
    FakeSocket.newest.say(golden["resumed.json"]);
    await settle();
    assert.equal(FakeSocket.newest.all("join").length, 0);
    assert.equal(FakeSocket.newest.all("describe").length, 1, "a new search");
  });

  test("a_robot_that_has_moved_is_joined_anew_without_waiting", async () => {
    await connected();
    const socket = FakeSocket.newest;
    socket.say({ type: "closed", sessionId: SESSION, code: "robot-moved", reason: "" });
    time.advance(0);
    assert.equal(socket.all("join").length, 2);
  });

  test("a_server_that_restarts_spreads_its_return_over_the_time_it_named", async () => {
    const connection = await connected();
    FakeSocket.newest.say({ type: "restarting", withinMillis: 60_000 });
    FakeSocket.newest.break();
    passes(53_900, connection);
    assert.equal(FakeSocket.all.length, 1);
    passes(200, connection);
    assert.equal(FakeSocket.all.length, 2);
  });

  test("messages_of_a_newer_server_and_rubbish_do_no_harm", async () => {
    const connection = await connected();
    const socket = FakeSocket.newest;
    for (const data of ["{", "null", "[]", '"text"', "{}", '{"type":"tomorrow"}']) {
      socket.onmessage?.({ data });
    }
    socket.say({ ...golden["closed.json"], sessionId: "someone-elses" });
    assert.equal(connection.status.state, "connected");
  });
});
