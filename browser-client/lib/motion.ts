import type { Operator, State } from "#protocol";

/** A wanted motion. */
export interface WantedMotion {
  /** Forward, -1 to 1 of the robot's limit. */
  readonly linear: number;
  /** To the left, counter-clockwise seen from above (REP 103), -1 to 1. */
  readonly angular: number;
}

/** Somebody who asks to drive while another does. */
export interface LeaseRequest {
  /** Who asks. The name is whatever its owner chose: show it as text, never as HTML. */
  readonly operator: Operator;
  /** When the driver's silence grants it: ms, on the clock of `performance.now()`. */
  readonly grantAt: number;
  /** Whether that is the operator of this session. */
  readonly you: boolean;
}

/** Whether the robot moves, why, who drives, and who would like to. */
export interface MotionState {
  readonly state: State["motion"];
  /** Why it is so; stable, to decide by. */
  readonly cause: State["cause"];
  /** One sentence for a person: why, and what to do. */
  readonly reason: string;
  /** Who holds the right to drive, if anyone. The name is text, never HTML. */
  readonly driver: Operator | null;
  /** Whether that is this session. */
  readonly you: boolean;
  /** False while a pressed STOP holds the robot; {@link Robot.arm} ends that. */
  readonly armed: boolean;
  /** Grows with each press of STOP; {@link Robot.arm} says which of them were seen. */
  readonly stops: number;
  /** Who asks to drive, the oldest request first. */
  readonly requests: readonly LeaseRequest[];
}

/** As the protocol has it; `now` is when it came. */
export function motionState(state: State, now: number): MotionState {
  const { motion, cause, reason, driver, you, armed, stops } = state;
  // A robot of an older version names none.
  const requests = ((state.requests as State["requests"] | undefined) ?? []).map((asking) => ({
    operator: asking.operator,
    grantAt: now + asking.millisLeft,
    you: asking.you,
  }));
  return { state: motion, cause, reason, driver, you, armed, stops, requests };
}
