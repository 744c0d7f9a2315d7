import type { Connection } from "./connection.ts";
import type { Timings } from "./report.ts";

/** When things happened, `performance.now()` milliseconds; absent what did not happen. */
interface Moments {
  readonly start: number;
  readonly connection?: Connection | undefined;
  readonly reused: boolean;
  readonly sendStart?: number;
  readonly sendEnd?: number;
  readonly firstByte?: number;
  readonly end?: number;
}

export function readTimings(state: Moments): Timings {
  const times = state.reused ? undefined : state.connection?.times;
  const end = state.end ?? performance.now();
  const span = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? null : Math.max(0, to - from);
  return {
    blocked: span(state.start, times?.dnsStart ?? times?.connectStart ?? state.sendStart),
    dns: span(times?.dnsStart, times?.dnsEnd),
    connect: span(times?.dnsEnd ?? times?.connectStart, times?.connectEnd),
    ssl: span(times?.connectEnd, times?.secureEnd),
    send: span(state.sendStart, state.sendEnd),
    wait: span(state.sendEnd, state.firstByte),
    receive: span(state.firstByte, state.end),
    total: end - state.start,
  };
}
