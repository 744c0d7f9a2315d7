import { code, isBlank, isLineEnd } from "./characters.ts";
import type { RequestNode, Span } from "./nodes.ts";

/** Whether a request's body is a GraphQL query: `GRAPHQL` as the method, or a header `X-Request-Type: GraphQL`. */
export function isGraphql({ method, headers }: RequestNode): boolean {
  if (method?.text.toUpperCase() === "GRAPHQL") return true;
  return headers.some(
    ({ name, value }) => name.text.toLowerCase() === "x-request-type" && value.text.toLowerCase() === "graphql",
  );
}

export interface GraphqlParts {
  /** Without the blank lines around it. */
  readonly query: Span;
  /** The JSON object below the query. */
  readonly variables: Span | undefined;
  /** Of the first operation that has a name. */
  readonly operationName: string | undefined;
}

/**
 * Parts a GraphQL body: variables are the last `{…}` that starts a line once the query is complete, and that nothing
 * follows. Blank lines in the query, braces in strings and comments, and references anywhere are the query's own.
 */
export function splitGraphql(content: Span): GraphqlParts {
  const blocks = topLevelBlocks(content.text);
  const last = blocks.at(-1);
  const isVariables =
    last?.startsLine === true &&
    content.text.slice(last.end).trim() === "" &&
    content.text.slice(0, last.start).trim() !== "" &&
    blocks.length > 1;
  const query = slice(content, 0, isVariables ? last.start : content.text.length);
  const variables = isVariables ? slice(content, last.start, last.end) : undefined;
  return { query, variables, operationName: operationNameIn(query.text) };
}

interface Block {
  readonly start: number;
  readonly end: number;
  /** Only blanks stand before it on its line. */
  readonly startsLine: boolean;
}

/** The `{…}` that stand in no others, in order; one that is not closed ends with the text. */
function topLevelBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const skipped = endOfOpaque(text, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    const char = text.charCodeAt(at);
    if (char === code.openBrace && depth++ === 0) start = at;
    else if (char === code.closeBrace && depth > 0 && --depth === 0) {
      blocks.push({ start, end: at + 1, startsLine: startsLine(text, start) });
    }
  }
  if (depth > 0) blocks.push({ start, end: text.length, startsLine: false });
  return blocks;
}

/** Behind the string, block string, comment or reference that starts here; `at` itself where none does. */
function endOfOpaque(text: string, at: number): number {
  const char = text.charCodeAt(at);
  if (char === code.quote) {
    if (text.startsWith('"""', at)) return endOfBlockString(text, at);
    let end = at + 1;
    while (end < text.length && text.charCodeAt(end) !== code.quote && !isLineEnd(text.charCodeAt(end))) {
      end += text.charCodeAt(end) === code.backslash ? 2 : 1;
    }
    return end + 1;
  }
  if (char === code.hash) {
    let end = at;
    while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
    return end;
  }
  // A reference; `{{` of nested selections holds a blank line end or another brace before it closes.
  const isReference = char === code.openBrace && text.charCodeAt(at + 1) === code.openBrace;
  if (!isReference) return at;
  const [reference = ""] = /^\{\{[^{}\r\n]+\}\}/.exec(text.slice(at, at + 400)) ?? [];
  return at + reference.length;
}

/** GraphQL specification, section 2.9.4: only `\"""` is an escape. */
function endOfBlockString(text: string, at: number): number {
  let end = text.indexOf('"""', at + 3);
  while (end > 0 && text.charCodeAt(end - 1) === code.backslash) end = text.indexOf('"""', end + 3);
  return end < 0 ? text.length : end + 3;
}

function startsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  return before < 0 || isLineEnd(text.charCodeAt(before));
}

function operationNameIn(query: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < query.length; at++) {
    const skipped = endOfOpaque(query, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    const char = query.charCodeAt(at);
    if (char === code.openBrace || char === 40) depth++;
    else if (char === code.closeBrace || char === 41) depth--;
    else if (depth === 0 && isNameStart(char)) {
      const [word = ""] = /^\w+/.exec(query.slice(at, at + 200)) ?? [];
      const [, name] = /^(?:query|mutation|subscription)[ \t\r\n,]+(\w+)/.exec(query.slice(at, at + 400)) ?? [];
      if (name !== undefined) return name;
      at += word.length - 1;
    }
  }
  return undefined;
}

function isNameStart(char: number): boolean {
  const lower = char | 32;
  return (lower >= 97 && lower <= 122) || char === 95;
}

function slice({ text, range }: Span, from: number, to: number): Span {
  const part = text.slice(from, to);
  const start = from + (part.length - part.trimStart().length);
  const trimmed = part.trim();
  return { text: trimmed, range: { start: range.start + start, end: range.start + start + trimmed.length } };
}
