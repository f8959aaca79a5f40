/** How to join a robot. */
export interface JoinOptions {
  /** From an invitation link. An open server (`--open`) wants none. */
  readonly token?: string | undefined;

  /** The server, such as `https://robots.example.org`. Where this file came from, if absent. */
  readonly server?: string | URL | undefined;

  /**
   * Whether to wait for what is missing at first: the robot, the server, a path between the two.
   * Without it, joining fails at once with a code. A robot that has been joined is always waited
   * for when it goes away, until {@link Robot.close}.
   */
  readonly wait?: boolean | undefined;

  /** Ends the attempt, and later the connection. */
  readonly signal?: AbortSignal | undefined;

  /**
   * Random, kept by the program: 1 to 64 letters, digits, dashes or underscores. With it, a
   * reloaded page gets its right to drive back at once.
   */
  readonly client?: string | undefined;
}

/** Where the server listens for programs. */
export function signalUrl(server: string | URL | undefined): string {
  const url = new URL("/signal", server ?? import.meta.url);
  url.protocol = url.protocol === "https:" || url.protocol === "wss:" ? "wss:" : "ws:";
  return url.href;
}
