import type { Timings } from "../protocol/exchange-view.ts";

type PhaseKey = Exclude<keyof Timings, "total"> | "redirects";

/** One bar: milliseconds from the start of the exchange. */
export interface Phase {
  readonly key: PhaseKey;
  readonly name: string;
  readonly explanation: string;
  /** null: did not happen. */
  readonly start: number | null;
  readonly took: number | null;
}

/** In the order in which they happen; the names that people know, HAR's in the data. */
const rows: readonly {
  readonly key: Exclude<PhaseKey, "redirects">;
  readonly name: string;
  readonly explanation: string;
}[] = [
  { key: "blocked", name: "Prepare", explanation: "before the connection was tried" },
  { key: "dns", name: "DNS", explanation: "looking up the host name" },
  { key: "connect", name: "Connect", explanation: "opening the TCP connection" },
  { key: "ssl", name: "TLS handshake", explanation: "keys and certificates" },
  { key: "send", name: "Send", explanation: "writing the request" },
  { key: "wait", name: "Wait", explanation: "until the first byte arrives" },
  { key: "receive", name: "Receive", explanation: "reading the response" },
];

/**
 * The phases laid end to end; `redirects`: milliseconds of the requests before, which were answered with a redirect.
 * `blocked` is left out where it did not happen.
 */
export function phases(timings: Timings, redirects = 0): Phase[] {
  let at = redirects;
  const before: Phase = {
    key: "redirects",
    name: "Redirects",
    explanation: "all requests before the last one",
    start: 0,
    took: redirects,
  };
  const own = rows
    .filter(({ key }) => key !== "blocked" || timings.blocked !== null)
    .map(({ key, name, explanation }) => {
      const took = timings[key];
      if (took === null) return { key, name, explanation, start: null, took };
      const start = at;
      at += took;
      return { key, name, explanation, start, took };
    });
  return redirects > 0 ? [before, ...own] : own;
}

/** Round numbers for the scale: at most five steps of 1, 2 or 5 × 10ⁿ up to `longest`. */
export function ticks(longest: number): number[] {
  if (!(longest > 0)) return [0];
  const power = 10 ** Math.floor(Math.log10(longest / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => longest / size <= 5) ?? longest;
  return Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => index * step);
}
