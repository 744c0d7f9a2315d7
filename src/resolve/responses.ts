import { Failure } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import type { Redactor } from "../secrets/index.ts";
import { type Carried, nothingCarried } from "./prepared-request.ts";
import { decidingBody, selectFromExchange } from "./query/index.ts";
import type { Site } from "./reference-failures.ts";
import type { RequestedValue } from "./template.ts";
import type { KnownExchange, ValueSources } from "./values/sources.ts";

/** Milliseconds that all queries of one request may still take together: nothing else happens meanwhile. */
export interface QueryTime {
  left: number;
}

/**
 * `{{login.response.body.$.token}}`, with the names of the secrets that the selected text holds: a server may send back
 * what it was given, and a request shows what it sent.
 * @throws {Failure} `variable.undefined`, `variable.unset`
 */
export function readResponse(
  name: string,
  rest: string,
  site: Site,
  sources: ValueSources,
  redactor: Redactor,
  time: QueryTime,
): RequestedValue {
  const exchange = sources.exchange(name);
  if (!exchange) {
    throw sources.requestNames.includes(name) ? notSent(name, site) : noSuchRequest(name, site, sources.requestNames);
  }
  redactor.include(exchange.redactor);
  const start = performance.now();
  const selected = select(exchange, rest, site, time);
  time.left -= performance.now() - start;
  if (!selected.ok) {
    throw new Failure({
      code: "variable.unset",
      title: `The last exchange of ${name} has no value for ${site.written}`,
      detail: `${selected.error.detail} Nothing was sent.`,
      fix: selected.error.fix,
      location: site.location,
    });
  }
  return {
    source: "response",
    name,
    text: selected.value,
    ...carriedIn(exchange, rest, selected.value, redactor),
    ...site,
  };
}

const namesInBodies = new WeakMap<Uint8Array, readonly string[]>();

/** What the redactor finds in the selected text, and what the part of the request was made of that it comes from. */
function carriedIn(exchange: KnownExchange, rest: string, selected: string, redactor: Redactor): Carried {
  const body = decidingBody(exchange, rest);
  const found = [...redactor.namesIn(selected), ...(body ? namesInBody(body, exchange.redactor) : [])];
  const { secrets, isPrivate } = sentWith(exchange, rest);
  const holdsOther = found.length === 0 && redactor.redact(selected) !== selected;
  return { secrets: [...new Set([...found, ...secrets])], isPrivate: isPrivate || holdsOther };
}

function sentWith({ request: { carried } }: KnownExchange, rest: string): Carried {
  const [, part = "", name = ""] = /^request\.([^.]*)(?:\.(.*))?$/s.exec(rest) ?? [];
  const known = { url: carried?.url, body: carried?.body, headers: carried?.headers.get(name.toLowerCase()) };
  return (Object.hasOwn(known, part) && known[part as keyof typeof known]) || nothingCarried;
}

/** Each byte as a character: the redactor knows what becomes of a value then, whatever the charset. */
function namesInBody(body: Uint8Array, redactor: Redactor): readonly string[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const names = namesInBodies.get(body) ?? [
    ...redactor.namesIn(bytes.toString("latin1")),
    ...redactor.namesIn(bytes.toString("utf8")),
  ];
  namesInBodies.set(body, names);
  return names;
}

/** A body that was not kept says so without knowing where it is asked for. */
function select(exchange: KnownExchange, rest: string, site: Site, { left }: QueryTime) {
  try {
    return selectFromExchange(exchange, rest, left);
  } catch (error) {
    throw error instanceof Failure ? error.at(site.location) : error;
  }
}

function notSent(name: string, { written, location }: Site): Failure {
  return new Failure({
    code: "variable.unset",
    title: `The request ${name} has no response yet`,
    detail: `${written} takes its value from ${name}, which was not sent yet or got no response. Nothing was sent.`,
    fix: `Send ${name} first, or write "# @ref ${name}" above this request: then it is sent before it by itself.`,
    location,
  });
}

function noSuchRequest(name: string, { written, location }: Site, names: readonly string[]): Failure {
  return new Failure({
    code: "variable.undefined",
    title: `There is no request named ${name}`,
    detail: `${written} takes its value from the request ${name}, but neither this file nor one that it imports has it. Nothing was sent.`,
    fix: `Write "# @name ${name}" above the request that is meant, and "# @ref ${name}" above this one.${didYouMean(name, names)}`,
    location,
  });
}
