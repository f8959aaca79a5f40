import { connectRobot, type Robot, type Status, type Timings } from "/lib/farhand.js";
import { offerArm } from "./arm.js";
import { Curtain, sentence } from "./curtain.js";
import { followFullScreen } from "./fullscreen.js";
import { clientId, keepRecent, joinWith, robotOfPage, tokenIn, tokenOfPage } from "./identity.js";
import { GamepadStick } from "./gamepad.js";
import { Instruments } from "./instruments.js";
import { Kept } from "./kept.js";
import { Keys } from "./keys.js";
import { Lease } from "./lease.js";
import { followPage } from "./leaving.js";
import { Log } from "./log.js";
import { showMotion } from "./motion.js";
import { capital, element, write } from "./page.js";
import { showPath } from "./path.js";
import { Picture } from "./picture.js";
import { Pilot } from "./pilot.js";
import { Plain } from "./plain.js";
import { Stick } from "./stick.js";
import { Stop } from "./stop.js";

const robotId = robotOfPage();
const robot = connectRobot(robotId, {
  token: tokenOfPage(robotId) ?? undefined,
  wait: true,
  client: clientId(),
});

document.title = `${robotId} · Farhand`;
write(element("robot-name"), robotId);
const log = new Log(element("log"));
const plain = new Plain(robot, (text) => log.note(text));
const lease = new Lease(
  robot,
  (text) => log.note(text),
  () => showDriving(robot),
);
const { letGo, stop } = steer(robot);
followPage(robot, letGo);
followFullScreen(letGo, () => {
  if (!robot.plain) {
    log.note("Full screen was left other than by its button: that is STOP.");
    stop();
  }
});
const picture = new Picture(robot.video, {
  // An RTCBot program may have no camera: its picture is expected once it has come.
  expected: (seen) =>
    robot.state === "connected" &&
    (robot.plain ? seen : robot.media.some(({ kind }) => kind === "video")),
  letGo,
  seen: () => showDriving(robot),
  changed: () => showDriving(robot),
});
show(robot);
showPath(robot, (text) => log.note(text));
talk(robot);

/** Keys, stick, gamepad and STOP; the results let go of everything, and press STOP. */
function steer(robot: Robot): { letGo: () => void; stop: () => void } {
  const pressed = new Stop(robot, (text) => log.note(text), new Kept(() => sessionStorage));
  const pilot = new Pilot(
    (motion) => {
      if (!robot.plain) {
        robot.drive(motion);
      }
    },
    () => picture.trouble === null,
  );
  const stop = () => {
    release();
    pressed.press();
  };
  const keys = new Keys(
    (held, directions) => {
      pilot.hold("keys", held);
      for (const key of element("keys").children) {
        key.classList.toggle("held", directions.has(key.getAttribute("data-key") as never));
      }
    },
    stop,
    () => !robot.plain,
  );
  const stick = new Stick(element("stick"), element("knob"), (held) => pilot.hold("stick", held));
  const gamepad = new GamepadStick(
    (held) => pilot.hold("gamepad", held),
    stop,
    () => !robot.plain,
    // Unlike a keyboard, a gamepad is also heard by a page that is only in sight.
    () => document.hasFocus(),
    (text) => log.note(text),
  );
  const release = () => {
    keys.release();
    stick.release();
    gamepad.release();
    plain.release();
  };
  // At the press already, not when the finger leaves.
  element("stop").addEventListener("pointerdown", stop);
  element("stop").addEventListener("click", (event) => {
    if (event.detail === 0) {
      stop();
    }
  });
  offerArm(robot);
  return { letGo: release, stop };
}

/** What the robot and the connection say. */
function show(robot: Robot): void {
  const instruments = new Instruments();
  const curtain = new Curtain(
    robot,
    (link) => {
      const token = tokenIn(link);
      if (token === null) {
        curtain.wrongLink();
      } else {
        joinWith(token);
      }
    },
    () => location.reload(),
  );
  const showStatus = (status: Status) => {
    document.documentElement.dataset["connection"] = status.state;
    write(element("state"), capital(status.state));
    curtain.show(status);
    showDriving(robot);
    // In both directions: what was pressed meanwhile must not move the robot when it is back.
    letGo();
    if (status.state === "connected") {
      keepRecent(robot.id);
      picture.attach();
    } else {
      picture.reset();
    }
  };
  let logged = "";
  let timed: Timings | null = null;
  showStatus(robot.status);
  robot.onState((state, status) => {
    showStatus(status);
    let line = capital(state);
    if (state === "connected" && robot.timings !== timed) {
      timed = robot.timings;
      line += parts(timed);
    } else if (status.reason !== "") {
      line += `: ${sentence(status, robot.plain)}`;
    }
    if (line !== logged) {
      log.note(line);
    }
    logged = line;
  });
  robot.onMotion(() => showDriving(robot));
  robot.onNotice(({ text }) => log.note(text));
  robot.telemetry.subscribe((values) => instruments.show(values));
}

/** What moves the robot, and why it cannot be moved. */
function showDriving(robot: Robot): void {
  showMotion(robot, { role: robot.role, trouble: picture.told, refused: lease.refused });
  lease.show();
  plain.show(picture.seen);
}

/** Messages to and from the robot's program. */
function talk(robot: Robot): void {
  const field = element<HTMLInputElement>("message");
  robot.subscribe((message) => {
    log.received(typeof message === "string" ? message : JSON.stringify(message));
  });
  element("say").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value;
    if (text !== "") {
      robot.send(jsonOrText(text)).then(
        () => {
          log.sent(text);
          field.value = "";
        },
        (error: Error) => log.note(error.message),
      );
    }
  });
}

/** An object or array if the text is one in JSON, else the text. */
function jsonOrText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** How long joining took, and where the time went. */
function parts(timings: Timings): string {
  const whole = timings.channelsOpen;
  if (whole === undefined) {
    return "";
  }
  const names: [string, number | undefined][] = [
    ["server", timings.socketOpen],
    ["session", timings.joined],
    ["offer", timings.offerSent],
    ["answer", timings.answered],
    ["path", timings.pathFound],
    ["channels", whole],
  ];
  const marks = names
    .filter((part): part is [string, number] => part[1] !== undefined)
    .map(([name, millis]) => `${name} ${Math.round(millis)}`);
  return ` in ${Math.round(whole)} ms (${marks.join(", ")})`;
}
