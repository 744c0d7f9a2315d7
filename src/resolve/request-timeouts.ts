import { Failure } from "../common/failure.ts";
import { parseDuration, type Timeouts } from "../settings/index.ts";
import type { RequestBlock, Span } from "../syntax/index.ts";
import type { Locate } from "./places.ts";

/**
 * `@timeout` and `@connection-timeout`, else what a cURL command has as `--max-time` and `--connect-timeout`. Besides the settings' form (`5s`) they take what other dialects write: a blank
 * before the unit, and a bare number of seconds.
 * @throws {Failure} `parse.error`
 */
export function requestTimeouts(
  block: RequestBlock,
  locate: Locate,
): { total: number | undefined; connect: number | undefined } {
  const read = (name: string) => {
    const directive = block.directives.findLast((candidate) => candidate.name.text === name);
    return directive && readDuration(`The directive @${name}`, directive.value, locate);
  };
  const option = (name: string, value: Span | undefined) => value && readDuration(`The option ${name}`, value, locate);
  const curl = block.request?.curl;
  return {
    total: read("timeout") ?? option("--max-time", curl?.maxTime),
    connect: read("connection-timeout") ?? option("--connect-timeout", curl?.connectTimeout),
  };
}

/** `@timeout` bounds the whole exchange; a phase may take as long, so a shorter default does not cut it off. */
export function withRequestTimeouts(
  base: Timeouts,
  own: { total: number | undefined; connect: number | undefined },
): Timeouts {
  const { total, connect } = own;
  return {
    ...base,
    ...(total !== undefined && { total, response: Math.max(base.response, total), idle: Math.max(base.idle, total) }),
    ...(connect !== undefined && { connect }),
  };
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
