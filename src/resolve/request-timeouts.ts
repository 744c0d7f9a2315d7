import { Failure } from "../common/failure.ts";
import {
  parseDuration,
  resolveTimeoutOrigins,
  resolveTimeouts,
  type Settings,
  type TimeoutOrigin,
  type TimeoutOrigins,
  type Timeouts,
} from "../settings/index.ts";
import type { RequestBlock, Span } from "../syntax/index.ts";
import type { Locate } from "./places.ts";

/** A limit of the request itself. */
export interface RequestLimit {
  readonly milliseconds: number;
  readonly origin: TimeoutOrigin;
}

export interface RequestTimeouts {
  readonly total: RequestLimit | undefined;
  readonly connect: RequestLimit | undefined;
}

/**
 * `@timeout` and `@connection-timeout`, else what a cURL command has as `--max-time` and `--connect-timeout`. Besides
 * the settings' form (`5s`) they take what other dialects write: a blank before the unit, and a bare number of seconds.
 * @throws {Failure} `parse.error`
 */
export function requestTimeouts(block: RequestBlock, locate: Locate): RequestTimeouts {
  const limit = (name: string, subject: string, value: Span): RequestLimit => ({
    milliseconds: readDuration(`The ${subject} ${name}`, value, locate),
    origin: { name, location: locate(value.range), kind: "request" },
  });
  const read = (name: string) => {
    const directive = block.directives.findLast((candidate) => candidate.name.text === name);
    return directive && limit(`@${name}`, "directive", directive.value);
  };
  const option = (name: string, value: Span | undefined) => value && limit(name, "option", value);
  const curl = block.request?.curl;
  return {
    total: read("timeout") ?? option("--max-time", curl?.maxTime),
    connect: read("connection-timeout") ?? option("--connect-timeout", curl?.connectTimeout),
  };
}

/**
 * The limits for a host, and who set each. `@timeout` bounds the whole exchange; a phase may take as long, so a shorter
 * default does not cut it off.
 */
export function requestLimits(
  settings: Settings,
  url: URL,
  environmentName: string,
  { total, connect }: RequestTimeouts,
): { readonly timeouts: Timeouts; readonly timeoutOrigins: TimeoutOrigins } {
  const base = resolveTimeouts(settings, url, environmentName);
  const baseOrigins = resolveTimeoutOrigins(settings, url, environmentName);
  const phases = { connect, total, response: longer(total, base.response), idle: longer(total, base.idle) };
  const own = Object.entries(phases).flatMap(([phase, limit]) => (limit ? [[phase, limit] as const] : []));
  return {
    timeouts: { ...base, ...Object.fromEntries(own.map(([phase, { milliseconds }]) => [phase, milliseconds])) },
    timeoutOrigins: { ...baseOrigins, ...Object.fromEntries(own.map(([phase, { origin }]) => [phase, origin])) },
  };
}

function longer(limit: RequestLimit | undefined, base: number): RequestLimit | undefined {
  return limit && limit.milliseconds > base ? limit : undefined;
}

function readDuration(subject: string, { text, range }: Span, locate: Locate): number {
  const number = /^(\d+(?:\.\d+)?)[ \t]*(ms|s|m|h)?$/.exec(text);
  const duration = number && parseDuration(`${number[1]}${number[2] ?? "s"}`);
  if (duration) return duration;
  throw new Failure({
    code: "parse.error",
    title: `"${text}" is not a duration`,
    detail: `${subject} has the value "${text}".`,
    fix: 'Write a number with a unit, such as "500ms", "5s" or "2m".',
    location: locate(range),
  });
}
