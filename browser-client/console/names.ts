import type { Operator } from "/lib/farhand.js";

/** What would turn or break the line that a name stands in: controls, and marks of direction. */
const UNRULY = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text that somebody else has chosen, as a part of a sentence. */
export function tame(text: string): string {
  return text.replace(UNRULY, " ");
}

/** An operator's name for people. */
export function nameOf({ name }: Operator): string {
  const tamed = tame(name).trim();
  return tamed === "" ? "Somebody without a name" : tamed;
}
