import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { carriedBy } from "./carried.ts";
import type { Carried } from "./prepared-request.ts";
import { fill, type Template } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

export interface HeaderTemplate {
  readonly name: string;
  readonly value: Template;
  readonly location: SourceLocation;
}

export interface SentHeader {
  readonly field: readonly [name: string, value: string];
  readonly carried: Carried;
}

/** A field name is a token (RFC 9110 §5.6.2). */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What a field value cannot hold: controls but the tab (RFC 9110 §5.5), and halves of characters. */
const notInValue = /(?!\t)\p{Cc}|\p{Cs}/u;

/** Headers that belong to the connection. Each says why the value cannot be sent, or undefined where it can. */
const managed: Readonly<Record<string, (value: string) => string | undefined>> = {
  "transfer-encoding": () => "Padlock frames the body itself. Remove this header.",
  "keep-alive": () => "Padlock keeps connections open itself. Remove this header.",
  upgrade: () => "Padlock does not change the protocol of a connection. Remove this header.",
  expect: (value) =>
    /^100-continue$/i.test(value) ? undefined : 'Only "100-continue" can be expected. Remove or change this header.',
  connection: (value) =>
    /^(?:close|keep-alive)$/i.test(value)
      ? undefined
      : 'Only "close" and "keep-alive" can be sent. Remove or change this header.',
};

/** `X-Request-Type: GraphQL` says how the body is written; it is for the client alone. */
function isClientHeader(name: string, value: string): boolean {
  return name === "x-request-type" && value.toLowerCase() === "graphql";
}

/**
 * Names in their order and case, values filled in: characters beyond ASCII go out as UTF-8 (obs-text of RFC 9110 §5.5).
 * `Content-Length` is dropped, as HTTP framing writes the true one, and so is `X-Request-Type: GraphQL`.
 * @throws {Failure} `value.bad-header`, `value.header-injection`, and those of reading a secret
 */
export function buildHeaders(templates: readonly HeaderTemplate[], values: ValueReader): SentHeader[] {
  reportSecondHost(templates);
  return templates.flatMap((template): SentHeader[] => {
    const { name, location } = template;
    if (!token.test(name)) {
      const fix = 'Use letters, digits and hyphens, as in "Content-Type: text/plain".';
      throw badHeader(
        `"${name}" is not a header name`,
        "A header name has no blanks, braces or other signs.",
        fix,
        location,
      );
    }
    const value = fill(template.value, (piece) => values.readForHead(piece, `the header ${name}`));
    reportCharacters(template, value);
    const key = name.toLowerCase();
    if (isClientHeader(key, value)) return [];
    const refusal = Object.hasOwn(managed, key) ? managed[key]?.(value) : undefined;
    if (refusal !== undefined) {
      throw badHeader(
        `The header ${name} cannot be set`,
        `${name} is about the connection, not the request.`,
        refusal,
        location,
      );
    }
    return key === "content-length" ? [] : [{ field: [name, value], carried: carriedBy([template.value]) }];
  });
}

function reportSecondHost(templates: readonly HeaderTemplate[]): void {
  const second = templates.filter(({ name }) => name.toLowerCase() === "host")[1];
  if (!second) return;
  const fix = "Remove all but one.";
  throw badHeader("There are two Host headers", "A request has exactly one Host header.", fix, second.location);
}

function reportCharacters({ name, location }: HeaderTemplate, value: string): void {
  const character = notInValue.exec(value)?.[0];
  if (character === undefined) return;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const what = /\p{Cc}/u.test(character) ? "a control character" : "half of a character";
  throw badHeader(
    `The header ${name} holds ${what}`,
    `Its value holds ${code}; headers are text without controls.`,
    "Remove it from the value.",
    location,
  );
}

function badHeader(title: string, detail: string, fix: string, location: SourceLocation): Failure {
  return new Failure({ code: "value.bad-header", title, detail, fix, location });
}
