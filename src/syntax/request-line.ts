import type { TextRange } from "../common/range.ts";
import { isComment } from "./annotations.ts";
import { code, findControlCharacter, isBlank, isToken, isTokenChar } from "./characters.ts";
import { isKnownMethod, protocolMethods } from "./methods.ts";
import type { Span, UrlNode } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { hasScheme, looksLikeTarget } from "./request-target.ts";
import type { Source } from "./source.ts";

export interface RequestLine {
  readonly method: Span | undefined;
  readonly url: UrlNode;
  readonly version: Span | undefined;
  readonly lineRange: TextRange;
  /** The numbers of the comment lines between the continuation lines. */
  readonly commentLines: readonly number[];
  /** The first line behind the request line and its continuation lines. */
  readonly next: number;
}

/** True for a line that a request can start with: it has a known method or what is surely a URL. */
export function isRequestLine(source: Source, line: number): boolean {
  return readStart(source, line) !== undefined;
}

/** `[METHOD] url [HTTP/x]` with its continuation lines, for a line that `isRequestLine`. */
export function readRequestLine(source: Source, line: number, to: number, problems: ProblemLog): RequestLine {
  const start = readStart(source, line) ?? { method: undefined, target: source.line(line) };
  const parts = new TargetParts(source, problems);
  parts.add(start.target);
  let end = source.line(line).range.end;
  const commentLines: number[] = [];
  let next = line + 1;
  // Comments count as part of the request line only when another continuation line follows them.
  for (let current = next; current < to; current++) {
    if (isComment(source, current)) {
      commentLines.push(current);
    } else if (isContinuation(source, current, parts.isEmpty)) {
      const piece = source.line(current);
      parts.add(piece);
      end = piece.range.end;
      next = current + 1;
    } else break;
  }
  const url = parts.url(start.method ? start.method.range.end : end);
  const lineRange = { start: source.first(line), end };
  reportTarget(source, start.method, url, lineRange, problems);
  return {
    method: start.method,
    url,
    version: parts.version,
    lineRange,
    commentLines: commentLines.filter((comment) => comment < next),
    next,
  };
}

/** The request line's own line: the method, if there is one, and what is left. */
function readStart(source: Source, line: number): { method: Span | undefined; target: Span } | undefined {
  const whole = source.line(line);
  const { start, end } = whole.range;
  const wordEnd = endOfWord(whole.text);
  const word = source.span(start, start + wordEnd);
  const target = source.trimmed(word.range.end, end);
  if (isKnownMethod(word.text) || protocolMethods.has(word.text.toUpperCase())) return { method: word, target };
  const urlText = source.text.slice(target.range.start, endBeforeVersion(target));
  if (urlText !== "") {
    const isReference = word.text.startsWith("{{") && word.text.endsWith("}}");
    if ((isToken(word.text) || isReference) && looksLikeTarget(unquoted(urlText))) return { method: word, target };
  }
  if (looksLikeTarget(unquoted(whole.text.slice(0, endBeforeVersion(whole) - start)))) {
    return { method: undefined, target: whole };
  }
  return undefined;
}

/** Where the first word ends; references at its start may hold blanks. */
function endOfWord(text: string): number {
  let offset = 0;
  while (text.startsWith("{{", offset)) {
    const close = text.indexOf("}}", offset);
    if (close < 0) break;
    offset = close + 2;
  }
  while (offset < text.length && !isBlank(text.charCodeAt(offset))) offset++;
  return offset;
}

/**
 * Directly below the request line (comments between): a line that starts with `?`, `&` or `/`, or an indented one that
 * is no header. Where the URL is still missing, a host with a port is no header either.
 */
function isContinuation(source: Source, line: number, urlIsMissing: boolean): boolean {
  const first = source.first(line);
  if (first === source.end(line)) return false;
  const char = source.text.charCodeAt(first);
  if (char === code.question) return source.text.charCodeAt(first + 1) !== code.question;
  if (char === code.ampersand || char === code.slash) return true;
  if (!source.isIndented(line) || char === code.at || char === code.less || char === code.greater) return false;
  const { text } = source.line(line);
  return !looksLikeHeader(text) || (urlIsMissing && looksLikeTarget(text));
}

/** A token and a colon, but no URL. */
function looksLikeHeader(text: string): boolean {
  if (hasScheme(text)) return false;
  let offset = 0;
  while (offset < text.length && isTokenChar(text.charCodeAt(offset))) offset++;
  while (offset < text.length && isBlank(text.charCodeAt(offset))) offset++;
  return offset > 0 && text.charCodeAt(offset) === code.colon;
}

/** Takes the pieces of the target one after the other and takes the HTTP version off the end of each. */
class TargetParts {
  readonly #source: Source;
  readonly #problems: ProblemLog;
  readonly #pieces: Span[] = [];
  #version: Span | undefined;

  constructor(source: Source, problems: ProblemLog) {
    this.#source = source;
    this.#problems = problems;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  get version(): Span | undefined {
    return this.#version;
  }

  add(piece: Span): void {
    let rest = piece;
    for (let start = versionStart(rest); start >= 0; start = versionStart(rest)) {
      this.#takeVersion(this.#source.span(start, rest.range.end));
      rest = this.#source.trimmed(rest.range.start, start);
    }
    if (rest.text !== "") this.#pieces.push(rest);
  }

  /** `fallback` is where an absent URL would stand. */
  url(fallback: number): UrlNode {
    const first = this.#pieces[0];
    const last = this.#pieces.at(-1);
    return {
      range: { start: first?.range.start ?? fallback, end: last?.range.end ?? fallback },
      text: this.#pieces.map((piece) => piece.text).join(""),
      pieces: this.#pieces,
    };
  }

  #takeVersion(version: Span): void {
    if (this.#version) this.#problems.add("httpVersionTwice", version.range, version.text);
    else reportVersion(version, this.#problems);
    this.#version = version;
  }
}

/** Where the last word starts if it is `HTTP/…`, else -1. */
function versionStart(piece: Span): number {
  const { text } = piece;
  let start = text.length;
  while (start > 0 && !isBlank(text.charCodeAt(start - 1))) start--;
  return /^HTTP\//i.test(text.slice(start, start + 5)) ? piece.range.start + start : -1;
}

function endBeforeVersion(piece: Span): number {
  const start = versionStart(piece);
  return start < 0 ? piece.range.end : start;
}

function reportVersion(version: Span, problems: ProblemLog): void {
  const number = version.text.slice(5);
  if (number === "1.1") return;
  if (number === "1.0" || /^[23](?:\.0)?$/.test(number)) {
    problems.add("unsupportedForm", version.range, version.text, 'Write "HTTP/1.1" or leave it out.');
  } else {
    problems.add("httpVersion", version.range, version.text);
  }
}

function unquoted(text: string): string {
  const quote = text[0];
  return quote === '"' || quote === "'" ? text.slice(1) : text;
}

function reportTarget(
  source: Source,
  method: Span | undefined,
  url: UrlNode,
  lineRange: TextRange,
  problems: ProblemLog,
): void {
  const protocol = method && protocolMethods.get(method.text.toUpperCase());
  if (method && protocol) {
    problems.add("unsupportedForm", method.range, `A ${protocol} request`);
  } else if (url.text === "") {
    problems.add("urlMissing", lineRange, method?.text ?? "GET");
  }
  if (url.text !== unquoted(url.text)) problems.add("urlQuoted", url.range);
  for (const piece of url.pieces) reportControlCharacter(source, piece, problems);
  const query = url.pieces.findIndex((piece, index) => index > 0 && /^[?&]/.test(piece.text));
  const piece = url.pieces[query];
  if (piece && url.pieces.slice(0, query).some(({ text }) => text.includes("#"))) {
    problems.add("queryAfterFragment", piece.range);
  }
}

/** Reports the first control character of a span that goes into the request's head. */
export function reportControlCharacter(source: Source, span: Span, problems: ProblemLog): void {
  const offset = findControlCharacter(span.text);
  if (offset < 0) return;
  const hex = span.text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
  const start = span.range.start + offset;
  problems.add("controlCharacter", source.span(start, start + 1).range, `U+${hex}`);
}
