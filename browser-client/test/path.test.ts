import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PathTeller, pathIn, type Path } from "../lib/path.js";
import { settle } from "./doubles.js";
import { FakeTime } from "./fake-time.js";

type Entry = Record<string, unknown>;

function report(...entries: Entry[]): RTCStatsReport {
  return new Map(entries.map((entry) => [entry["id"], entry])) as never;
}

const pair = { id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" };
const transport = { id: "T", type: "transport", selectedCandidatePairId: "P" };
const host = { id: "L", candidateType: "host", protocol: "udp" };
const relay = { id: "L", candidateType: "relay", protocol: "udp", relayProtocol: "tcp" };
const remote = { id: "R", candidateType: "srflx", protocol: "udp" };

describe("the path to a robot", () => {
  test("is_direct_if_no_candidate_is_a_relay", () => {
    assert.deepEqual(pathIn(report(transport, pair, host, remote)), {
      relayed: false,
      protocol: "udp",
      local: "host",
      remote: "srflx",
    });
  });

  test("through_our_own_turn_server_has_the_protocol_that_leads_there", () => {
    assert.deepEqual(pathIn(report(transport, pair, relay, remote)), {
      relayed: true,
      protocol: "tcp",
      local: "relay",
      remote: "srflx",
    });
  });

  test("is_relayed_also_by_the_robots_turn_server", () => {
    const theirs = { ...remote, candidateType: "relay" };
    assert.equal(pathIn(report(transport, pair, host, theirs))?.relayed, true);
  });

  test("is_found_where_the_transport_does_not_name_it", () => {
    const other = { ...pair, id: "O", localCandidateId: "X" };
    const path = pathIn(report(other, { ...pair, selected: true }, host, remote));
    assert.equal(path?.local, "host");
  });

  test("is_none_before_there_is_one", () => {
    assert.equal(pathIn(report({ id: "T", type: "transport" }, pair, host, remote)), null);
  });

  test("is_told_once_and_again_when_it_is_another", async () => {
    const time = new FakeTime();
    const told: Path[] = [];
    let now = report(transport, pair, host, remote);
    const teller = new PathTeller(
      time,
      () => Promise.resolve(now),
      (path) => told.push(path),
    );
    teller.look();
    await settle();
    time.advance(2000);
    await settle();
    assert.equal(told.length, 1);
    now = report(transport, pair, relay, remote);
    time.advance(2000);
    await settle();
    assert.deepEqual(
      told.map(({ relayed }) => relayed),
      [false, true],
    );
    teller.close();
    assert.equal(time.waiting, 0);
  });
});
