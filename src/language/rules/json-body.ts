import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import type { TextRange } from "../../common/range.ts";
import { isGraphql, scanReferences } from "../../syntax/index.ts";
import type { RuleContext } from "./context.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { Report } from "./rule.ts";

/** Larger bodies are not looked at: diagnostics must keep up with typing. In UTF-16 code units. */
const longestBody = 1_000_000;

/** What the bodies of the last file are: a keystroke changes one of them at most. */
let lastFaults: ReadonlyMap<string, Fault | undefined> = new Map();

/** Bodies that call themselves JSON and would not be, whatever the values of their references are. */
export function checkJsonBodies({ requests }: RuleContext, report: Report): void {
  const faults = new Map<string, Fault | undefined>();
  for (const request of requests) {
    const { body } = request.node;
    if (body.kind !== "inline" || !isJson(request)) continue;
    const { text } = body.content;
    if (!faults.has(text)) faults.set(text, lastFaults.has(text) ? lastFaults.get(text) : findFault(text));
    const found = faults.get(text);
    if (!found) continue;
    const { start } = body.content.range;
    const range = { start: start + found.range.start, end: start + found.range.end };
    const advice = looksLikeGraphql(text)
      ? 'To send a GraphQL query add the header "X-Request-Type: GraphQL".'
      : 'Correct it, or change the "Content-Type" header.';
    report(range, `This body is sent as JSON, but ${found.what} ${advice}`);
  }
  lastFaults = faults;
}

/** Starts with a word of GraphQL, which no JSON text does. */
export function looksLikeGraphql(text: string): boolean {
  return /^\s*(?:query|mutation|subscription|fragment)\b/.test(text);
}

function isJson(request: RequestFacts): boolean {
  const { mediaType, node, block } = request;
  if (mediaType !== "application/json" && !mediaType.endsWith("+json")) return false;
  if (node.dialect === "curl" || isGraphql(node)) return false;
  // Scripts of other tools between the lines of a body are not sent; the parser reports them.
  return !block.foreign.some(({ range }) => range.start >= node.range.start && range.start < node.range.end);
}

interface Fault {
  readonly range: TextRange;
  readonly what: string;
}

/** The first place that is no JSON; undefined also where a reference stands at that place, which may hold anything. */
function findFault(text: string): Fault | undefined {
  if (text.length > longestBody || text.trim() === "") return undefined;
  // Most bodies are right: a quick look is enough for them.
  if (isValid(text.replaceAll(/\{\{[^{}\r\n]*\}\}/g, asNumber))) return undefined;
  const references = scanReferences(text).map(({ range }) => range);
  const json = withValues(text, references).replaceAll(/\\([{}])\\\1/g, "    ");
  if (isValid(json)) return undefined;
  const first = firstError(json);
  if (!first) return undefined;
  const range = { start: first.offset, end: Math.min(text.length, first.offset + Math.max(1, first.length)) };
  if (references.some(({ start, end }) => start <= range.end && end >= range.start)) return undefined;
  return { range, what: explanations[printParseErrorCode(first.error)] ?? "this cannot stand here." };
}

function firstError(json: string): ParseError | undefined {
  const errors: ParseError[] = [];
  try {
    parse(json, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Lists in lists by the thousand: the reader calls itself for each until the call stack is full.
    return undefined;
  }
  return errors.reduce<ParseError | undefined>((a, b) => (a && a.offset <= b.offset ? a : b), undefined);
}

/** Each reference becomes a number of the same length, which can stand as a value as well as inside a string. */
function withValues(text: string, references: readonly TextRange[]): string {
  let json = "";
  let end = 0;
  for (const range of references) {
    json += text.slice(end, range.start) + asNumber(text.slice(range.start, range.end));
    end = range.end;
  }
  return json + text.slice(end);
}

function asNumber(reference: string): string {
  return "1".repeat(reference.length);
}

/** The engine's own reader is many times faster than the one that tells places. */
function isValid(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

const explanations: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is no value. Put text into double quotes.",
  InvalidNumberFormat: "this is not a number.",
  PropertyNameExpected: "a property name in double quotes is expected here.",
  ValueExpected: "a value is expected here.",
  ColonExpected: "a colon is expected here.",
  CommaExpected: "a comma is expected here.",
  CloseBraceExpected: 'the "}" that closes the object is missing here.',
  CloseBracketExpected: 'the "]" that closes the list is missing here.',
  EndOfFileExpected: "something stands behind its end.",
  InvalidCommentToken: "JSON has no comments.",
  UnexpectedEndOfComment: "JSON has no comments.",
  UnexpectedEndOfString: "this string has no closing quote.",
  UnexpectedEndOfNumber: "this number is not complete.",
  InvalidUnicode: "this \\u escape needs four hexadecimal digits.",
  InvalidEscapeCharacter: "this escape does not exist.",
  InvalidCharacter: "a control character stands in a string; write it as an escape.",
};
