import type { Span } from "../../../syntax/index.ts";
import { braced, type Credential } from "./credential.ts";
import type { Found } from "./values.ts";

/**
 * A credential in an argument of a cURL command, whose text is what a shell makes of it: looked up in the argument as it
 * is written. Where it does not stand there in one piece, or twice, the whole argument is marked and nothing is moved.
 */
export function inArgument(source: string, { text, range: argument }: Span, found: Found): Credential {
  const raw = source.slice(argument.start, argument.end);
  const { what, name, value } = found;
  const written = text.slice(found.range.start, found.range.end);
  const replaced = found.replaced ? text.slice(found.replaced.start, found.replaced.end) : written;
  const at = placeOf(raw, replaced, text.slice(0, (found.replaced ?? found.range).start));
  if (at === undefined)
    return withoutHeader(raw, argument.start, found) ?? { range: argument, what, name, move: undefined };
  const start = argument.start + at;
  const credential = start + replaced.indexOf(written);
  const range = { start: credential, end: credential + written.length };
  const write = found.write ? inQuotes(raw, found.write) : braced;
  const move = write && { range: { start, end: start + replaced.length }, value: value ?? written, write };
  return { range, what, name, move };
}

/** `-u user:password`, which the parser gives as the header that it makes. */
function withoutHeader(raw: string, start: number, { what, value }: Found): Credential | undefined {
  if (value === undefined) return undefined;
  const at = placeOf(raw, `:${value}`, "");
  if (at === undefined) return undefined;
  const range = { start: start + at + 1, end: start + at + 1 + value.length };
  return { range, what: what.replace(/ in Base64.*/, ""), name: "password", move: { range, value, write: braced } };
}

/** Where a text stands in the argument; with what stands before it, if it alone stands there twice. */
function placeOf(raw: string, text: string, before: string): number | undefined {
  const only = onlyPlace(raw, text);
  if (only !== undefined || before === "") return only;
  const context = before.slice(-40).replace(/^[\s\S]*[\r\n'"\\ ]/, "");
  const at = onlyPlace(raw, context + text);
  return at === undefined ? undefined : at + context.length;
}

function onlyPlace(raw: string, text: string): number | undefined {
  const at = raw.indexOf(text);
  return at < 0 || raw.includes(text, at + 1) ? undefined : at;
}

/** Quotes within the quotes of the argument must be of the other kind; without any, a blank would end it. */
function inQuotes(raw: string, write: (expression: string) => string): typeof write | undefined {
  if (raw.startsWith("'") && !write("").includes("'")) return write;
  if (!raw.startsWith('"') || write("").includes("'")) return undefined;
  return (expression) => write(expression).replaceAll('"', "'");
}
