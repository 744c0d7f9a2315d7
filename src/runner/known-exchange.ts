import { largestInMemory } from "../common/body-limits.ts";
import { Failure } from "../common/failure.ts";
import { beginningOf, sizeOf } from "../common/request-body.ts";
import { byteSize } from "../common/units.ts";
import { type Carried, nothingCarried, type PreparedRequest } from "../resolve/prepared-request.ts";
import type { KnownExchange } from "../resolve/values/sources.ts";
import type { Exchange } from "./exchange.ts";

/** What later requests may refer to; undefined for a request that got no response. */
export function knownExchange(exchange: Exchange): KnownExchange | undefined {
  const { request, outcome, sentHeaders, source, redactor } = exchange;
  if (!request || outcome.kind === "failure") return undefined;
  const { status, headers, body, bodySize } = outcome.response;
  const name = source.name ?? "the request";
  const sent = keep(
    request.body ? beginningOf(request.body) : new Uint8Array(),
    request.body ? sizeOf(request.body) : 0,
    `The body sent with ${name}`,
  );
  const received = keep(body, bodySize, `The response of ${name}`);
  return {
    redactor,
    request: {
      method: request.method,
      url: request.url.href,
      headers: sentHeaders,
      carried: { url: request.urlSecrets, headers: carriedInHeaders(request), body: request.bodySecrets },
      get body() {
        return sent();
      },
    },
    response: {
      status,
      headers,
      get body() {
        return received();
      },
    },
  };
}

function carriedInHeaders({ headers, headerSecrets, urlSecrets }: PreparedRequest): ReadonlyMap<string, Carried> {
  // A Host header that the file does not write comes from the URL.
  const carried = new Map([["host", urlSecrets]]);
  for (const [index, [name]] of headers.entries()) {
    const key = name.toLowerCase();
    const { secrets, isPrivate } = headerSecrets[index] ?? nothingCarried;
    const before = carried.get(key) ?? nothingCarried;
    carried.set(key, { secrets: [...before.secrets, ...secrets], isPrivate: before.isPrivate || isPrivate });
  }
  return carried;
}

/** A body that is too large to be kept says so where a reference asks for it: the headers are still there. */
function keep(body: Uint8Array, bytes: number, what: string): () => Uint8Array {
  if (bytes <= largestInMemory && bytes === body.length) return () => body;
  const size = byteSize(bytes);
  return () => {
    throw new Failure({
      code: "response.too-large",
      title: `${what} was too large to be kept`,
      detail: `It had ${size}; references can select from bodies of up to ${byteSize(largestInMemory)}. Nothing was sent.`,
      fix: "Ask the server for less, or take the value from a header.",
    });
  };
}
