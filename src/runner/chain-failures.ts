import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";

/**
 * A request that has to be sent first got no response. The code is that of the cause, so that it counts and is handled
 * as what it is; the place is that of the line that asked for it.
 */
export function notSentBecause(name: string, cause: Failure, location: SourceLocation): Failure {
  const place = cause.location ? ` (${cause.location.file}:${cause.location.line})` : "";
  return new Failure({
    code: cause.code,
    title: `Not sent, because ${name} failed: ${lowerFirst(cause.title)}`,
    detail: `This request needs ${name} to be answered first${place}. ${cause.detail}`,
    fix: cause.fix,
    setting: cause.setting,
    location,
  });
}

export function tooManyRequests(limit: number, location: SourceLocation): Failure {
  return new Failure({
    code: "parse.error",
    title: `More than ${limit} requests would be sent`,
    detail: `The lines @ref, @force-ref and run of this request and of those it names lead to more than ${limit} requests. The rest was not sent.`,
    fix: "Use @ref in place of @force-ref, or run fewer requests at once.",
    location,
  });
}

export function noSuchBlock(): Failure {
  return new Failure({
    code: "parse.error",
    title: "There is no such request",
    detail: "The file has fewer requests than that; it was changed meanwhile.",
    fix: "Send a request that is in the file.",
  });
}

/** A defect of ours: said as one. Only the error's class is told: its message could hold anything, a secret too. */
export function unexpected(cause: unknown): Failure {
  return new Failure({
    code: "internal",
    title: "Padlock failed",
    detail: `This is a defect in Padlock, not in your request (${cause instanceof Error ? cause.name : typeof cause}). Nothing more was sent.`,
    fix: "Please report it with the request file, without its secrets.",
    cause,
  });
}

/** One failure stops the request; the text says when there are more, so that nobody mends them one send at a time. */
export function firstOf(failures: readonly Failure[]): Failure {
  const [first, ...others] = failures;
  if (!first) throw new TypeError("a failed result holds a failure");
  if (others.length === 0) return first;
  const more = others.map(({ detail, location }) => `${location ? `line ${location.line}: ` : ""}${detail}`).join(" ");
  const { code, title, detail, fix, location, setting, cause } = first;
  return new Failure({ code, title, detail: `${detail} Also: ${more}`, fix, location, setting, cause });
}

/** Inside a sentence; an abbreviation such as TLS keeps its capitals. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
