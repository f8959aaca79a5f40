import type { MotionState, Role } from "/lib/farhand.js";
import { nameOf, tame } from "./names.js";
import type { Trouble } from "./picture.js";

/** What a person is told of the robot's motion. */
export interface Words {
  /** Whether it moves. */
  readonly title: string;
  /** Why it is so. */
  readonly why: string;
  /** What to do next; empty if there is nothing to do. */
  readonly next: string;
}

/** Who reads it. */
export interface Reader {
  /** What the token allows; null while it is not known. */
  readonly role: Role | null;
  /** Why the picture is none to drive by. */
  readonly trouble: Trouble | null;
  /** Whether the driver has refused a request of this page a moment ago. */
  readonly refused: boolean;
}

type Said = Omit<Words, "title">;

const LET_GO = "Let go of all keys and the stick once, then drive on.";

const TROUBLES: Readonly<Record<Trouble, Said>> = {
  missing: { why: "No picture has come yet.", next: "You can drive when it is there." },
  frozen: { why: "The picture stands still.", next: "You can drive when it moves again." },
  unseen: { why: "The picture is out of sight.", next: "Scroll to it to drive." },
};

/** Whatever the robot last said, in words for this reader; null if it cannot be reached. */
export function words(motion: MotionState | null, reader: Reader): Words {
  if (motion === null) {
    return {
      title: "Out of reach",
      why: "Without fresh commands a robot stops by itself.",
      next: "",
    };
  }
  return { title: title(motion), ...said(motion, reader) };
}

/** Who has the robot. */
export function whoDrives(motion: MotionState | null): string {
  if (motion === null) {
    return "Driver unknown";
  }
  if (motion.driver === null) {
    return "Nobody drives";
  }
  return motion.you ? "You drive" : `${nameOf(motion.driver)} drives`;
}

function title({ armed, state }: MotionState): string {
  if (!armed) {
    return "Stopped by STOP";
  }
  return state === "moving" ? "Moving" : "Standing";
}

function said(motion: MotionState, reader: Reader): Said {
  switch (motion.cause) {
    case "stop-pressed":
      // The robot alone knows who pressed, and who can arm.
      return { why: tame(motion.reason), next: "" };
    case "driver-down":
      return {
        why: "The robot's motor driver is not running.",
        next: "It is started again by itself. Then let go once and drive on.",
      };
    case "no-driver":
      return { why: "This robot has nothing that moves it.", next: "" };
    case "agent-restarting":
      return { why: "The robot's program restarts.", next: "This page comes back by itself." };
    case "unknown":
      return { why: tame(motion.reason), next: "" };
    default:
      return motion.driver === null || motion.you
        ? own(motion, reader)
        : { why: others(motion, nameOf(motion.driver)), next: whatOthersLeave(motion, reader) };
  }
}

/** This page drives, or nobody does. */
function own({ cause, you }: MotionState, { role, trouble }: Reader): Said {
  if (role === "viewer") {
    return { why: "Nobody drives.", next: "You watch; STOP works for you too." };
  }
  if (trouble !== null) {
    return TROUBLES[trouble];
  }
  switch (cause) {
    case "driven":
      return { why: "It does what you ask.", next: "Let go to stand." };
    case "neutral":
      return { why: "You drive, and ask for no motion.", next: "Hold a direction to go." };
    case "release-first":
      return { why: "It waits until you have let go of everything.", next: LET_GO };
    case "commands-late":
      return { why: "Your commands came too late, or not at all.", next: LET_GO };
    case "session-lost":
      return { why: "The driver's connection was lost.", next: "Hold a direction to begin." };
    default:
      return {
        why: you ? "You drive." : "Nobody drives.",
        next: you ? "Hold a direction to go." : "Hold a direction to begin.",
      };
  }
}

/** Somebody else drives. */
function others({ cause }: MotionState, name: string): string {
  switch (cause) {
    case "neutral":
      return `${name} has it, and asks for no motion.`;
    case "release-first":
      return `${name} has it, and has to let go of all keys once.`;
    case "commands-late":
      return `No fresh command came from ${name}.`;
    case "session-lost":
      return `The connection of ${name} was lost. It is free in a moment.`;
    default:
      return `${name} drives.`;
  }
}

function whatOthersLeave({ requests }: MotionState, { role, refused }: Reader): string {
  if (role === "viewer") {
    return "You watch; STOP works for you too.";
  }
  if (requests.some(({ you }) => you)) {
    return "You have asked. Without an answer you drive when the time is up.";
  }
  const or = role === "owner" ? ", or take over" : "";
  return refused ? `Your request was refused. Ask again later${or}.` : `Ask to drive${or}.`;
}
