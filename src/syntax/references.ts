import type { TextRange } from "../common/range.ts";
import { code, isBlank } from "./characters.ts";
import type { Span } from "./nodes.ts";

/**
 * What a `{{…}}` asks for:
 * `variable` a name; `encoded` a name to be percent-encoded (`%name`); `environment` an environment variable
 * (`$env.NAME` or `$processEnv NAME`); `dotenv` an entry of `.env` (`$dotenv NAME`); `secret` a stored secret
 * (`$secret NAME`); `dynamic` any other `$…`, such as `$uuid` or `$randomInt 1 6`; `response` a part of an earlier
 * exchange (`login.response.…` or `login.request.…`); `other` anything else, which nothing defines.
 */
export type ReferenceKind =
  | "variable"
  | "encoded"
  | "environment"
  | "dotenv"
  | "secret"
  | "dynamic"
  | "response"
  | "other";

export interface Reference {
  /** From the first `{` to the last `}`. */
  readonly range: TextRange;
  /** Between the braces, trimmed; never empty. */
  readonly expression: Span;
  readonly kind: ReferenceKind;
  /** The name that is asked for: of the variable, the environment variable, the request or, with its `$`, the value. */
  readonly name: Span;
  /**
   * Of `dynamic` what stands behind the name, trimmed: the arguments. Of `response` what stands behind the request's
   * name, without the full stop: `response.body.$.token`. Else empty.
   */
  readonly rest: Span;
}

/**
 * All references of a text in order; offsets count in that text. `{{ name }}` with blanks is a reference. Text are:
 * `{{}}`, a `{{` without `}}` on its line, three or more `{` in a row, and the escapes `\{\{`.
 */
export function scanReferences(text: string): readonly Reference[] {
  const references: Reference[] = [];
  for (const { range, closed } of scanBraces(text)) {
    if (!closed) continue;
    const reference = readReference(text, range);
    if (reference) references.push(reference);
  }
  return references;
}

/** The places of each `{{` that has no `}}` on its line: text, but hardly what was meant in a URL or header. */
export function scanUnclosedBraces(text: string): readonly TextRange[] {
  return scanBraces(text)
    .filter(({ closed }) => !closed)
    .map(({ range }) => range);
}

/** What the escapes `\{\{` and `\}\}` stand for. */
export function unescapeBraces(text: string): string {
  return text.replaceAll("\\{\\{", "{{").replaceAll("\\}\\}", "}}");
}

interface Braces {
  readonly range: TextRange;
  readonly closed: boolean;
}

/** One pass: a later `{{` on the line replaces an open one, so that a lone `{{` never swallows a reference. */
function scanBraces(text: string): readonly Braces[] {
  const found: Braces[] = [];
  let open = -1;
  const abandon = () => {
    if (open >= 0) found.push({ range: { start: open, end: open + 2 }, closed: false });
    open = -1;
  };
  for (let i = text.indexOf("{{"); i >= 0 && i < text.length; ) {
    const char = text.charCodeAt(i);
    if (char === code.openBrace && text.charCodeAt(i + 1) === code.openBrace) {
      const end = endOfRun(text, i);
      abandon();
      if (end === i + 2) open = i;
      i = end;
    } else if (open >= 0 && char === code.closeBrace && text.charCodeAt(i + 1) === code.closeBrace) {
      found.push({ range: { start: open, end: i + 2 }, closed: true });
      open = -1;
      i += 2;
    } else {
      if (char === code.lineFeed || char === code.carriageReturn) abandon();
      i++;
    }
    // Outside of braces the engine's own search is many times faster than this loop.
    if (open < 0) i = text.indexOf("{{", i);
    if (i < 0) break;
  }
  abandon();
  return found;
}

function endOfRun(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) === code.openBrace) end++;
  return end;
}

function readReference(text: string, range: TextRange): Reference | undefined {
  let start = range.start + 2;
  let end = range.end - 2;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (start === end) return undefined;
  const expression: Span = { text: text.slice(start, end), range: { start, end } };
  const { kind, from, to } = classify(expression.text);
  const name: Span = { text: expression.text.slice(from, to), range: { start: start + from, end: start + to } };
  return { range, expression, kind, name, rest: readRest(expression, kind, to) };
}

function readRest(expression: Span, kind: ReferenceKind, nameEnd: number): Span {
  const { text, range } = expression;
  let from = text.length;
  if (kind === "response") from = nameEnd + 1;
  else if (kind === "dynamic") from = text.length - text.slice(nameEnd).trimStart().length;
  return { text: text.slice(from), range: { start: range.start + from, end: range.end } };
}

interface Classified {
  readonly kind: ReferenceKind;
  /** Where the name stands in the expression. */
  readonly from: number;
  readonly to: number;
}

const plainName = /^[^\s{}()"'=$%]+$/u;
const requestPart = /\.(?:response|request)(?:\.|$)/u;

function classify(expression: string): Classified {
  const whole = expression.length;
  if (expression.startsWith("$")) return classifyDynamic(expression);
  if (expression.startsWith("%")) {
    return { kind: plainName.test(expression.slice(1)) ? "encoded" : "other", from: 1, to: whole };
  }
  const part = requestPart.exec(expression);
  if (part && plainName.test(expression.slice(0, part.index))) return { kind: "response", from: 0, to: part.index };
  return { kind: plainName.test(expression) ? "variable" : "other", from: 0, to: whole };
}

function classifyDynamic(expression: string): Classified {
  const [, form = "", named] = /^\$(env\.|(?:processEnv|dotenv|secret)[ \t]+)([^\s{}]+)$/u.exec(expression) ?? [];
  if (named !== undefined) {
    const kind = form.startsWith("dotenv") ? "dotenv" : form.startsWith("secret") ? "secret" : "environment";
    return { kind, from: expression.length - named.length, to: expression.length };
  }
  const word = /^\$[A-Za-z][\w.]*/u.exec(expression);
  return { kind: word ? "dynamic" : "other", from: 0, to: word?.[0].length ?? expression.length };
}
