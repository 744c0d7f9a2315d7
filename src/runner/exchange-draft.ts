import type { Failure } from "../common/failure.ts";
import type { PreparedRequest } from "../resolve/index.ts";
import type { Redactor } from "../secrets/index.ts";
import type { Timings } from "../transport/index.ts";
import type { Exchange } from "./exchange.ts";
import type { Followed } from "./redirects/follow.ts";

/** An exchange that has begun and ends in one of two ways. */
export interface Draft {
  failed(failure: Failure, redactor: Redactor): Exchange;
  sent(followed: Followed, sentHeaders: Exchange["sentHeaders"], redactor: Redactor): Exchange;
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
      notes: redactor.warnings(),
    }),
    sent: ({ request, result: { outcome, connection, timings }, redirects, notes }, sentHeaders, redactor) => ({
      ...base,
      redactor,
      request,
      sentHeaders,
      outcome: locate(outcome, request),
      connection,
      timings,
      redirects,
      notes: [...request.notes, ...notes, ...redactor.warnings()],
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
