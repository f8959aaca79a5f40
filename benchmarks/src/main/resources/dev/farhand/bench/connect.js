// Runs in a page of Farhand's server: connects to one contender after the other, each time anew.
import { joinRobot } from "/lib/farhand.js";

const CHANNEL = "default";
const PAUSE_MILLIS = 10; // between messages: an agent ends sessions that send 200 a second
const STEER_MILLIS = 50;

/** Farhand: everything goes through its library. */
export async function join(robotId) {
  const robot = await joinRobot(robotId);
  return {
    stream: () => robot.video,
    send: (text) => robot.send(text),
    listen: (callback) => robot.subscribe(callback),
    steer: (linear) => robot.drive({ linear, angular: 0 }),
    parts: () => robot.timings,
    close: () => robot.close(),
  };
}

/** As RTCBot's pages do it: a complete offer by POST, a complete answer in the response. */
export async function post(url) {
  const began = performance.now();
  const parts = {};
  const mark = (part) => (parts[part] = performance.now() - began);
  const peer = new RTCPeerConnection();
  const stream = new MediaStream();
  peer.ontrack = ({ track }) => stream.addTrack(track);
  const channel = peer.createDataChannel(CHANNEL);
  const opened = new Promise((done) => (channel.onopen = done));
  peer.addTransceiver("video", { direction: "recvonly" });
  await peer.setLocalDescription();
  await gathered(peer);
  mark("gathered");
  const body = JSON.stringify(peer.localDescription);
  const response = await fetch(url, { method: "POST", cache: "no-cache", body });
  const answer = await response.json();
  mark("answered");
  await peer.setRemoteDescription(answer);
  await opened;
  mark("channelOpen");
  return {
    stream: () => stream,
    send: (text) => channel.send(text),
    listen: (callback) => (channel.onmessage = ({ data }) => callback(parsed(data))),
    steer: (linear) => channel.send(JSON.stringify({ linear, angular: 0 })),
    parts: () => parts,
    close: () => peer.close(),
  };
}

/** One connection, from the click on: how long it took, and its echoes while video plays. */
export async function measure(open, echoes) {
  const clicked = performance.now();
  const connection = await open();
  const connect = performance.now() - clicked;
  try {
    const picture = await playing(connection.stream());
    const before = picture.getVideoPlaybackQuality().totalVideoFrames;
    const echo = await roundTrips(connection, echoes);
    const pictures = picture.getVideoPlaybackQuality().totalVideoFrames - before;
    const size = `${picture.videoWidth}x${picture.videoHeight}`;
    return { connect, echo, pictures, size, parts: { ...connection.parts() } };
  } finally {
    connection.close();
    await pause(200);
  }
}

/** One connection, with motion asked for twenty times a second while video plays. */
export async function drive(open, millis) {
  const connection = await open();
  try {
    const picture = await playing(connection.stream());
    connection.steer(0);
    await pause(500); // neutral first
    const before = picture.getVideoPlaybackQuality().totalVideoFrames;
    const end = performance.now() + millis;
    while (performance.now() < end) {
      connection.steer(0.3);
      await pause(STEER_MILLIS);
    }
    connection.steer(0);
    const pictures = picture.getVideoPlaybackQuality().totalVideoFrames - before;
    return { pictures, size: `${picture.videoWidth}x${picture.videoHeight}` };
  } finally {
    connection.close();
  }
}

async function roundTrips(connection, count) {
  const times = [];
  let arrived = () => {};
  connection.listen((message) => arrived(message));
  for (let number = 0; number < count; number++) {
    const text = `echo ${number}`;
    const back = new Promise((done) => (arrived = (message) => message === text && done()));
    const sent = performance.now();
    connection.send(text);
    await within(back, "an echo");
    times.push(performance.now() - sent);
    await pause(PAUSE_MILLIS);
  }
  return times;
}

/** The page's video, showing this; resolves at its third picture. */
async function playing(stream) {
  const video = document.querySelector("video");
  video.srcObject = stream;
  for (let pictures = 0; pictures < 3; pictures++) {
    await within(new Promise((shown) => video.requestVideoFrameCallback(shown)), "a picture");
  }
  return video;
}

function gathered(peer) {
  return new Promise((done) => {
    const look = () => peer.iceGatheringState === "complete" && done();
    peer.onicegatheringstatechange = look;
    look();
  });
}

function within(promise, what) {
  return Promise.race([
    promise,
    pause(20_000).then(() => {
      throw new Error(`waited 20 s for ${what}`);
    }),
  ]);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pause(millis) {
  return new Promise((done) => setTimeout(done, millis));
}
