import type { Failure } from "../common/failure.ts";
import { reportChain, reportConnection } from "./connection-report.ts";
import { type ExchangeState, exchange } from "./exchange.ts";
import { explain } from "./explain.ts";
import { loadIdentity } from "./identity.ts";
import { Pool } from "./pool.ts";
import type { ConnectionReport, Timings } from "./report.ts";
import type { TransportRequest, TransportResult } from "./request.ts";
import type { ReceivedResponse } from "./response.ts";

export type { CertificateReport, ConnectionReport, Finding, Timings, TlsReport } from "./report.ts";
export type { TransportRequest, TransportResult } from "./request.ts";
export type { ReceivedResponse } from "./response.ts";

export interface Transport {
  /** Sends one request and waits for the whole response. Never rejects. */
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult>;
  /** Closes every connection, idle or not. */
  close(): Promise<void>;
}

export function createTransport(): Transport {
  const pool = new Pool();
  return {
    send: (request, signal) => send(pool, request, signal),
    close: () => pool.close(),
  };
}

/** RFC 9110 §9.2.2: sending these again does no harm. */
const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

async function send(pool: Pool, request: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
  const first = await attempt(pool, request, signal);
  const stale =
    first.outcome.kind === "failure" &&
    first.outcome.failure.code === "network.reset" &&
    first.state.reused &&
    first.state.firstByte === undefined;
  // A kept-alive connection can end just as it is used again (RFC 9112 §9.3.1): one more try on a new one.
  const result = stale && idempotentMethods.has(request.method) ? await attempt(pool, request, signal) : first;
  const { state: _state, ...rest } = result;
  return rest;
}

async function attempt(
  pool: Pool,
  request: TransportRequest,
  signal: AbortSignal,
): Promise<TransportResult & { state: ExchangeState }> {
  const state: ExchangeState = { start: performance.now(), connection: undefined, reused: false };
  let response: ReceivedResponse | undefined;
  let failure: Failure | undefined;
  try {
    response = await onLane(pool, request, state, signal);
  } catch (error) {
    failure = failureOf(error, request, state);
  }
  const connection = state.connection && reportIfUseful(state, failure);
  const timings = readTimings(state);
  if (response) return { outcome: { kind: "response", response }, connection, timings, state };
  const outcome = { kind: "failure", failure: failure as Failure, requestSent: state.sendStart !== undefined } as const;
  return { outcome, connection, timings, state };
}

async function onLane(
  pool: Pool,
  request: TransportRequest,
  state: ExchangeState,
  signal: AbortSignal,
): Promise<ReceivedResponse> {
  const identity = request.url.protocol === "https:" ? await loadIdentity(request.profile) : undefined;
  const lane = pool.acquire(request.url.origin, identity);
  try {
    const response = await exchange(lane, request, state, signal);
    await pool.release(lane);
    return response;
  } catch (error) {
    await pool.discard(lane, error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

function failureOf(error: unknown, request: TransportRequest, state: ExchangeState): Failure {
  const { url } = request;
  return explain(error instanceof Error ? error : new Error(String(error)), {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    connection: state.connection,
    chain: state.connection ? reportChain(state.connection) : [],
    responseStarted: state.firstByte !== undefined,
  });
}

/** A connection that never was has nothing to report. */
function reportIfUseful(state: ExchangeState, failure: Failure | undefined): ConnectionReport | undefined {
  const { connection } = state;
  if (!connection || connection.times.connectEnd === undefined) return undefined;
  return reportConnection(connection, state.reused, failure);
}

function readTimings(state: ExchangeState): Timings {
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
