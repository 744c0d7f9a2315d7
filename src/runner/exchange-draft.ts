import type { Failure } from "../common/failure.ts";
import type { PreparedRequest } from "../resolve/index.ts";
import type { Redactor } from "../secrets/index.ts";
import type { Timings } from "../transport/index.ts";
import type { Exchange } from "./exchange.ts";
import type { Followed, Receiving } from "./redirects/follow.ts";
import { wireHeaders } from "./wire-headers.ts";

/** An exchange that has begun and ends in one of two ways. */
export interface Draft {
  failed(failure: Failure, redactor: Redactor): Exchange;
  /** Its response is still coming in. */
  receiving(receiving: Receiving, redactor: Redactor): Exchange;
  sent(followed: Followed, sentHeaders: Exchange["sentHeaders"], redactor: Redactor): Exchange;
}

let lastId = 0;

/** In bytes: as much of a body as the panel shows. It is redacted anew ten times a second. */
const shownWhileReceiving = 256 * 1024;

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
    receiving: ({ request, redirects, read }, redactor) => {
      const { response, connection, timings } = read();
      const body = response.body.subarray(0, shownWhileReceiving);
      return {
        ...base,
        redactor,
        request,
        sentHeaders: wireHeaders(request, connection),
        outcome: { kind: "response", response: { ...response, body } },
        connection,
        timings,
        redirects,
        notes: [],
        receiving: true,
      };
    },
    sent: ({ request, result, redirects, notes, cookies }, sentHeaders, redactor) => ({
      ...base,
      redactor,
      request,
      sentHeaders,
      outcome: locate(result.outcome, request),
      connection: result.connection,
      timings: result.timings,
      redirects,
      cookies,
      notes: [...request.notes, ...(result.notes ?? []), ...notes, ...redactor.warnings()],
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
