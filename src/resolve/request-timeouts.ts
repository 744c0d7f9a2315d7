import { Failure } from "../common/failure.ts";
import { parseDuration, type Timeouts } from "../settings/index.ts";
import type { Directive, RequestBlock } from "../syntax/index.ts";
import type { Locate } from "./places.ts";

/**
 * `@timeout` and `@connection-timeout`. Besides the settings' form (`5s`) they take what other dialects write: a blank
 * before the unit, and a bare number of seconds.
 * @throws {Failure} `parse.error`
 */
export function requestTimeouts(
  block: RequestBlock,
  locate: Locate,
): { total: number | undefined; connect: number | undefined } {
  const read = (name: string) => {
    const directive = block.directives.findLast((candidate) => candidate.name.text === name);
    return directive && readDuration(directive, locate);
  };
  return { total: read("timeout"), connect: read("connection-timeout") };
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

function readDuration(directive: Directive, locate: Locate): number {
  const { text, range } = directive.value;
  const number = /^(\d+(?:\.\d+)?)[ \t]*(ms|s|m|h)?$/.exec(text);
  const duration = number && parseDuration(`${number[1]}${number[2] ?? "s"}`);
  if (duration) return duration;
  throw new Failure({
    code: "parse.error",
    title: `"${text}" is not a duration`,
    detail: `The directive @${directive.name.text} has the value "${text}".`,
    fix: 'Write a number with a unit, such as "500ms", "5s" or "2m".',
    location: locate(range),
  });
}
