import type { TextRange } from "../common/range.ts";
import { findDynamicValue } from "./dynamic-values.ts";

/**
 * `literal`: `text` is the argument, without its quotes. `reference`: `text` is what could stand alone between `{{` and
 * `}}`: the name of a variable, `$env.NAME`, `$secret.NAME`, `$dotenv.NAME`.
 */
export interface DynamicArgument {
  readonly kind: "literal" | "reference";
  readonly text: string;
  /** Where it stands, with its quotes; offsets count in the text that was scanned. */
  readonly range: TextRange;
}

export interface ScannedArguments {
  readonly arguments: readonly DynamicArgument[];
  /** Why the text cannot be read as a list of arguments. */
  readonly problem: "open-quote" | "open-parenthesis" | "empty-argument" | "text-behind-quote" | undefined;
}

type Problem = ScannedArguments["problem"];

const number = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * The arguments behind the name of a dynamic value: separated by blanks, `1 6`, or in parentheses, `(1, 6)`. In quotes
 * of either kind a backslash before the same quote stands for the quote; it is kept before anything else.
 */
export function scanDynamicArguments(name: string, rest: string): ScannedArguments {
  const start = rest.length - rest.trimStart().length;
  const end = rest.trimEnd().length;
  if (rest[start] !== "(") return scanList(name, rest, start, end, "");
  if (rest[end - 1] !== ")" || end - start < 2) return { arguments: [], problem: "open-parenthesis" };
  return scanList(name, rest, start + 1, end - 1, ",");
}

/** `separator` is "" for blanks. */
function scanList(name: string, rest: string, start: number, end: number, separator: "" | ","): ScannedArguments {
  const found: DynamicArgument[] = [];
  const literals = findDynamicValue(name)?.literals;
  let at = skipBlanks(rest, start, end);
  while (at < end) {
    const stop = endOfArgument(rest, at, end, separator);
    if (typeof stop === "string") return { arguments: found, problem: stop };
    const last = at + rest.slice(at, stop).trimEnd().length;
    if (last === at) return { arguments: found, problem: "empty-argument" };
    found.push(readArgument(rest, { start: at, end: last }, literals));
    at = skipBlanks(rest, stop, end);
    if (separator === "," && at < end) {
      at = skipBlanks(rest, at + 1, end);
      if (at >= end) return { arguments: found, problem: "empty-argument" };
    }
  }
  return { arguments: found, problem: undefined };
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text[at])) at++;
  return at;
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t";
}

/** Quotes hold together what stands in them, also in the middle of a word: `name="Alice B"`. */
function endOfArgument(text: string, from: number, end: number, separator: "" | ","): number | NonNullable<Problem> {
  const isEnd = (char: string | undefined) => (separator === "" ? isBlank(char) : char === separator);
  for (let at = from; at < end; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      const close = endOfQuote(text, at, end);
      if (close === undefined) return "open-quote";
      const isOver = close >= end || isEnd(text[close]) || isBlank(text[close]);
      if (at === from && !isOver) return "text-behind-quote";
      at = close - 1;
    } else if (isEnd(char)) return at;
  }
  return end;
}

/** Behind the closing quote; undefined without one. */
function endOfQuote(text: string, open: number, end: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < end; at++) {
    if (text[at] === "\\" && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at + 1;
  }
  return undefined;
}

function readArgument(source: string, range: TextRange, literals: RegExp | undefined): DynamicArgument {
  const text = source.slice(range.start, range.end);
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    return { kind: "literal", text: text.slice(1, -1).replaceAll(`\\${quote}`, quote), range };
  }
  const isLiteral = number.test(text) || literals?.test(text) === true;
  return { kind: isLiteral ? "literal" : "reference", text, range };
}
