import { Kept } from "./kept.js";

const tab = new Kept(() => sessionStorage);
const browser = new Kept(() => localStorage);

/** Whether this may be a robot's ID. */
export function isRobotId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text);
}

/** The robot that this page's address names. */
export function robotOfPage(): string {
  return decodeURIComponent(location.pathname.split("/")[2] ?? "");
}

/**
 * The token for this robot: from the address's fragment, which is cleared at once so that it is
 * not copied along with the address, or what this tab has kept of an earlier one.
 */
export function tokenOfPage(robotId: string): string | null {
  const fragment = tokenIn(location.hash);
  if (fragment !== null) {
    history.replaceState(null, "", location.pathname + location.search);
    tab.set(tokenKey(robotId), fragment);
  }
  return tab.get(tokenKey(robotId));
}

/** Joins with this token. The page takes it up as from an invitation that is opened in this tab. */
export function joinWith(token: string): void {
  // By way of the address, because a browser that keeps nothing would lose it.
  location.replace(`#token=${encodeURIComponent(token)}`);
}

/** The token in an invitation link, in its fragment, or a bare token. */
export function tokenIn(text: string): string | null {
  const fragment = text.includes("#") ? text.slice(text.indexOf("#") + 1) : null;
  const token = fragment === null ? text.trim() : new URLSearchParams(fragment).get("token");
  return token === null || token === "" ? null : token;
}

/** This browser's ID, random: tells its reloaded page from another operator's. */
export function clientId(): string {
  const kept = browser.get("farhand.client");
  if (kept !== null) {
    return kept;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const made = "c-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  browser.set("farhand.client", made);
  return made;
}

/** Robots that this browser has reached, newest first. */
export function recentRobots(): string[] {
  try {
    const kept: unknown = JSON.parse(browser.get("farhand.recent") ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").filter(isRobotId) : [];
  } catch {
    return [];
  }
}

/** Puts a robot on top of {@link recentRobots}. */
export function keepRecent(robotId: string): void {
  const others = recentRobots().filter((id) => id !== robotId);
  browser.set("farhand.recent", JSON.stringify([robotId, ...others].slice(0, 6)));
}

function tokenKey(robotId: string): string {
  return `farhand.token.${robotId}`;
}
