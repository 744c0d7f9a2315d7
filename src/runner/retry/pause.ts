import type { ReceivedResponse } from "../../transport/index.ts";

/** In milliseconds; a first pause that is longer stays as long. */
const longestPause = 30_000;

/** A part of the pause that chance adds or takes away, so that many clients do not come back at the same moment. */
const jitter = 0.1;

/**
 * Milliseconds before attempt `attempt` (2 is the first that is made again): the first pause, doubled each time.
 * @param random gives 0 to 1
 */
export function pauseBefore(attempt: number, firstPause: number, random: () => number): number {
  const pause = Math.min(firstPause * 2 ** (attempt - 2), Math.max(firstPause, longestPause));
  return Math.round(pause * (1 + jitter * (2 * random() - 1)));
}

/** Milliseconds that a server asks to wait (RFC 9110 §10.2.3): a number of seconds, or a date. */
export function retryAfter({ headers }: Pick<ReceivedResponse, "headers">, now: number): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1].trim();
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = /^[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
