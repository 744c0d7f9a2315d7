import type { Failure } from "../common/failure.ts";
import type { PreparedRequest } from "../resolve/index.ts";
import type { Redactor } from "../secrets/index.ts";
import type { Timings, TransportResult } from "../transport/index.ts";
import type { Exchange } from "./exchange.ts";

/** An exchange that has begun and ends in one of two ways. */
export interface Draft {
  failed(failure: Failure, redactor: Redactor): Exchange;
  sent(
    request: PreparedRequest,
    sentHeaders: Exchange["sentHeaders"],
    result: TransportResult,
    redactor: Redactor,
  ): Exchange;
}

let lastId = 0;

export function beginExchange(source: Exchange["source"]): Draft {
  const start = performance.now();
  const base = {
    id: `${process.pid}-${++lastId}`,
    startedAt: new Date().toISOString(),
    source,
  };
  return {
    failed: (failure, redactor) => ({
      ...base,
      redactor,
      request: undefined,
      sentHeaders: [],
      outcome: { kind: "failure", failure, requestSent: false },
      connection: undefined,
      timings: onlyTotal(performance.now() - start),
      redirects: [],
      notes: [],
    }),
    sent: (request, sentHeaders, { outcome, connection, timings }, redactor) => ({
      ...base,
      redactor,
      request,
      sentHeaders,
      outcome: locate(outcome, request),
      connection,
      timings,
      redirects: [],
      notes: request.notes,
    }),
  };
}

/** A failure of the network knows no file: the request line is where to look. */
function locate(outcome: Exchange["outcome"], { location }: PreparedRequest): Exchange["outcome"] {
  if (outcome.kind === "response") return outcome;
  return { ...outcome, failure: outcome.failure.at(location) };
}

function onlyTotal(total: number): Timings {
  return { blocked: null, dns: null, connect: null, ssl: null, send: null, wait: null, receive: null, total };
}
