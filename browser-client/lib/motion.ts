import type { Operator, State } from "#protocol";

/** A wanted motion. */
export interface WantedMotion {
  /** Forward, -1 to 1 of the robot's limit. */
  readonly linear: number;
  /** To the left, counter-clockwise seen from above (REP 103), -1 to 1. */
  readonly angular: number;
}

/** Whether the robot moves, why, and who drives. */
export interface MotionState {
  readonly state: State["motion"];
  /** Why it is so; stable, to decide by. */
  readonly cause: State["cause"];
  /** One sentence for a person: why, and what to do. */
  readonly reason: string;
  /** Who holds the right to drive, if anyone. */
  readonly driver: Operator | null;
  /** Whether that is this session. */
  readonly you: boolean;
  /** False while a pressed STOP holds the robot; {@link Robot.arm} ends that. */
  readonly armed: boolean;
}

/** As the protocol has it. */
export function motionState({ motion, cause, reason, driver, you, armed }: State): MotionState {
  return { state: motion, cause, reason, driver, you, armed };
}
