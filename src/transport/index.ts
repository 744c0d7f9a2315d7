import type { Failure } from "../common/failure.ts";
import { reportConnection } from "./connection-report.ts";
import { type ExchangeState, exchange } from "./exchange.ts";
import { explain } from "./explain.ts";
import { NotProcessed } from "./http/http2-failure.ts";
import { loadIdentity } from "./identity.ts";
import type { InspectionResult } from "./inspect/report.ts";
import type { InspectionRequest } from "./inspect/request.ts";
import { Pool } from "./pool.ts";
import type { ConnectionReport } from "./report.ts";
import type { TransportProgress, TransportRequest, TransportResult } from "./request.ts";
import type { ReceivedResponse } from "./response.ts";
import { loadRoute } from "./route.ts";
import { readTimings } from "./timings.ts";
import { reportChain } from "./tls-report.ts";

export { http1Fields, http2Fields } from "./http/fields.ts";
export type { InspectionResult, VersionProbe } from "./inspect/report.ts";
export type { InspectionRequest } from "./inspect/request.ts";
export type { CertificateReport, ConnectionReport, Finding, Timings, TlsReport } from "./report.ts";
export type { BodyStore, StoredBody, TransportProgress, TransportRequest, TransportResult } from "./request.ts";
export type { ReceivedResponse } from "./response.ts";

export interface Transport {
  /** Sends one request and waits for the whole response. Never rejects. */
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult>;
  /** Looks at a server's TLS, and sends nothing. Never rejects. */
  inspect(request: InspectionRequest, signal: AbortSignal): Promise<InspectionResult>;
  /** Closes every connection, idle or not. */
  close(): Promise<void>;
}

export function createTransport(): Transport {
  const pool = new Pool();
  return {
    send: (request, signal) => send(pool, request, signal),
    inspect: async (request, signal) => (await import("./inspect/inspect.ts")).inspect(request, signal),
    close: () => pool.close(),
  };
}

/** RFC 9110 §9.2.2: sending these again does no harm. */
const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

async function send(pool: Pool, request: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
  const first = await attempt(pool, request, signal);
  const result = wasStale(first, request.method) ? await attempt(pool, request, signal) : first;
  const { state: _state, ...rest } = result;
  return rest;
}

/**
 * A kept-alive connection can end just as it is used again (RFC 9112 §9.3.1): one more try on a new one, unless the
 * server may have acted on a request that must not be repeated. HTTP/2 tells when it has not (RFC 9113 §8.7).
 */
function wasStale({ outcome, state }: TransportResult & { state: ExchangeState }, method: string): boolean {
  if (outcome.kind === "response" || !state.reused || state.firstByte !== undefined) return false;
  const { code, cause } = outcome.failure;
  return cause instanceof NotProcessed || (code === "network.reset" && idempotentMethods.has(method));
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
  const received = response ? undefined : await state.receiver?.abandon();
  const connection = state.connection && reportIfUseful(state, failure);
  const timings = readTimings(state);
  const notes = state.connection?.identity?.notes;
  if (response) return { outcome: { kind: "response", response }, connection, timings, notes, state };
  const outcome = {
    kind: "failure",
    failure: failure as Failure,
    requestSent: state.sendStart !== undefined,
    ...(received && { received }),
  } as const;
  return { outcome, connection, timings, notes, state };
}

async function onLane(
  pool: Pool,
  request: TransportRequest,
  state: ExchangeState,
  signal: AbortSignal,
): Promise<ReceivedResponse> {
  const identity = request.url.protocol === "https:" ? await loadIdentity(request.profile) : undefined;
  const { socket, proxy } = request.profile;
  const route = socket || proxy ? await loadRoute(request.profile) : undefined;
  const lane = pool.acquire({
    url: request.url,
    identity,
    route,
    http2: identity !== undefined && (request.http2 ?? request.profile.http2 ?? false),
    expects: request.headers.some(([name]) => name.toLowerCase() === "expect"),
  });
  try {
    const response = await exchange(lane, request, state, signal, (piece) =>
      request.onProgress?.(() => progressOf(state), piece),
    );
    await pool.release(lane);
    return response;
  } catch (error) {
    await pool.discard(lane, error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** Asked for while the response is coming in. */
function progressOf(state: ExchangeState): TransportProgress {
  const response = state.receiver?.soFar();
  if (!response) throw new Error("no response has begun");
  return { response, connection: reportIfUseful(state, undefined), timings: readTimings(state) };
}

function failureOf(error: unknown, request: TransportRequest, state: ExchangeState): Failure {
  const { url } = request;
  return explain(error instanceof Error ? error : new Error(String(error)), {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    connection: state.connection,
    chain: state.connection ? reportChain(state.connection) : [],
    responseStarted: state.firstByte !== undefined,
    timeoutOrigins: request.timeoutOrigins,
  });
}

/** A connection that never was has nothing to report. */
function reportIfUseful(state: ExchangeState, failure: Failure | undefined): ConnectionReport | undefined {
  const { connection } = state;
  // A proxy that answered may have opened no tunnel.
  const reached =
    connection?.times.connectEnd !== undefined || (connection?.proxy && connection.remoteAddress !== null);
  if (!connection || !reached) return undefined;
  return reportConnection(connection, state.reused, failure);
}
