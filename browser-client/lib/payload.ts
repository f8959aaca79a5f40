/**
 * The user's own messages on the channel `default`: one text frame each. Objects go as JSON,
 * strings as they are. Who receives tries JSON first and falls back to the text; so a string that
 * would read as JSON goes in quotes, and arrives as the same string.
 */
export function encodePayload(payload: unknown): string {
  if (typeof payload === "string" && !isJson(payload)) {
    return payload;
  }
  const text = JSON.stringify(payload) as string | undefined;
  if (text === undefined) {
    throw new TypeError("Only strings and what JSON can hold may be sent.");
  }
  return text;
}

/** JSON if it reads as JSON, else the text itself. */
export function decodePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
