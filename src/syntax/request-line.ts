import type { TextRange } from "../common/range.ts";
import { isComment } from "./annotations.ts";
import { append, none } from "./append.ts";
import { code, endOfBlanks, endOfToken, findControlCharacter, isBlank, isToken, isWordChar } from "./characters.ts";
import { isKnownMethod, knownMethodAt, protocolOf } from "./methods.ts";
import type { Span, UrlNode } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { hasScheme, looksLikeTarget } from "./request-target.ts";
import type { Source } from "./source.ts";
import { endBeforeVersion, TargetParts } from "./target-parts.ts";

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

/** `[METHOD] url [HTTP/x]` with its continuation lines; `start` is what `readStart` gave for the line. */
export function readRequestLine(
  source: Source,
  line: number,
  to: number,
  start: RequestStart,
  problems: ProblemLog,
): RequestLine {
  const parts = new TargetParts(source, problems);
  parts.add(start.target);
  let end = source.last(line);
  let commentLines: readonly number[] = none;
  let next = line + 1;
  // Comments count as part of the request line only when another continuation line follows them.
  for (let current = next; current < to; current++) {
    if (isComment(source, current) && !isFragment(source, current, to)) {
      commentLines = append(commentLines, current);
    } else if (isContinuation(source, current, parts.isEmpty)) {
      const piece = source.line(current);
      parts.add(piece);
      end = piece.range.end;
      next = current + 1;
    } else break;
  }
  parts.unquote();
  const url = parts.url(start.method ? start.method.range.end : end);
  const lineRange = { start: source.first(line), end };
  reportTarget(source, start.method, url, lineRange, problems);
  return {
    method: start.method,
    url,
    version: parts.version,
    lineRange,
    commentLines: commentLines.length === 0 ? none : commentLines.filter((comment) => comment < next),
    next,
  };
}

/** The request line's own line: the method, if there is one, and what is left. */
export interface RequestStart {
  readonly method: Span | undefined;
  readonly target: Span;
}

/** Undefined for a line that no request can start with: it has neither a known method nor what is surely a URL. */
export function readStart(source: Source, line: number): RequestStart | undefined {
  const { text } = source;
  const start = source.first(line);
  const end = source.last(line);
  const wordEnd = endOfWord(text, start, end);
  const target = source.trimmed(wordEnd, end);
  const known = knownMethodAt(text, start, wordEnd);
  if (known !== undefined) return { method: { text: known, range: { start, end: wordEnd } }, target };
  const word = source.span(start, wordEnd);
  if (isKnownMethod(word.text) || protocolOf(word.text)) return { method: word, target };
  const urlText = text.slice(target.range.start, endBeforeVersion(text, target.range.start, end));
  if (urlText !== "") {
    const isReference = word.text.startsWith("{{") && word.text.endsWith("}}");
    if ((isToken(word.text) || isReference) && looksLikeTarget(unquoted(urlText))) return { method: word, target };
  }
  if (looksLikeTarget(unquoted(text.slice(start, endBeforeVersion(text, start, end))))) {
    return { method: undefined, target: source.span(start, end) };
  }
  return undefined;
}

/** Where the first word ends; references at its start may hold blanks. */
function endOfWord(text: string, start: number, end: number): number {
  let offset = start;
  while (text.charCodeAt(offset) === code.openBrace && text.charCodeAt(offset + 1) === code.openBrace) {
    const close = text.slice(offset, end).indexOf("}}");
    if (close < 0) break;
    offset += close + 2;
  }
  while (offset < end && !isBlank(text.charCodeAt(offset))) offset++;
  return offset;
}

/**
 * `#fragment` on an indented line of its own, below all query lines. It is never sent, so that taking a comment of one
 * word for it does no harm; with a blank behind the `#` it is a comment.
 */
function isFragment(source: Source, line: number, to: number): boolean {
  if (!source.isIndented(line)) return false;
  const { text } = source.line(line);
  if (!/^#[^\s#&?@:=]+(?:[ \t]+HTTP\/[\d.]+)?$/i.test(text)) return false;
  return line + 1 >= to || !(isComment(source, line + 1) || isContinuation(source, line + 1, false));
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
  if (!source.isIndented(line)) return urlIsMissing && hasScheme(source.line(line).text);
  if (char === code.at || char === code.less || char === code.greater) return false;
  const { text } = source.line(line);
  return !looksLikeHeader(text) || (urlIsMissing && looksLikeTarget(text));
}

/** A token and a colon, but no URL. */
function looksLikeHeader(text: string): boolean {
  if (hasScheme(text)) return false;
  const nameEnd = endOfToken(text, 0, text.length);
  return nameEnd > 0 && text.charCodeAt(endOfBlanks(text, nameEnd, text.length)) === code.colon;
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
  const protocol = method && !isKnownMethod(method.text) && protocolOf(method.text);
  if (method && protocol) {
    problems.add("unsupportedForm", method.range, `A ${protocol} request`, "Padlock sends HTTP requests.");
  } else if (url.text === "") {
    problems.add("urlMissing", lineRange, method?.text ?? "GET");
  }
  for (const piece of url.pieces) {
    if (isPlain(source.text, piece.range)) continue;
    reportControlCharacter(source, piece, problems);
    reportTextBehindUrl(source, piece, problems);
  }
  if (url.pieces.length < 2) return;
  reportJoints(url, problems);
  reportQueryBehindFragment(url, problems);
}

/** Holds neither blanks nor control characters: one look instead of several. */
function isPlain(text: string, { start, end }: TextRange): boolean {
  for (let offset = start; offset < end; offset++) {
    const char = text.charCodeAt(offset);
    if (char <= code.space || char === 127) return false;
  }
  return true;
}

/** Pieces are joined without anything between them: nothing shows that this was meant where two words meet. */
function reportJoints({ pieces }: UrlNode, problems: ProblemLog): void {
  for (let index = 1; index < pieces.length; index++) {
    const piece = pieces[index];
    const above = pieces[index - 1];
    if (!piece || !above) continue;
    const isWord = isWordChar(piece.text.charCodeAt(0)) && isWordChar(above.text.charCodeAt(above.text.length - 1));
    if (isWord) problems.add("urlJoint", piece.range, piece.text);
  }
}

function reportQueryBehindFragment({ pieces }: UrlNode, problems: ProblemLog): void {
  let hasFragment = false;
  let isFirst = true;
  for (const { text, range } of pieces) {
    const char = text.charCodeAt(0);
    if (!isFirst && (char === code.question || char === code.ampersand)) {
      if (hasFragment) problems.add("queryAfterFragment", range);
      return;
    }
    hasFragment ||= text.includes("#");
    isFirst = false;
  }
}

/** What looks like a comment, or stands behind an HTTP version, would be sent as part of the URL. */
function reportTextBehindUrl(source: Source, { text, range }: Span, problems: ProblemLog): void {
  const found = /[ \t](?:HTTP\/\d(?:\.\d)?[ \t]|#+[ \t]|\/\/[ \t])/i.exec(text);
  if (!found) return;
  const behind = source.trimmed(range.start + found.index, range.end);
  problems.add("textBehindUrl", behind.range, behind.text);
}

/** Reports the first control character of a span that goes into the request's head. */
export function reportControlCharacter(source: Source, { range }: Span, problems: ProblemLog): void {
  const offset = findControlCharacter(source.text, range.start, range.end);
  if (offset < 0) return;
  const hex = source.text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
  problems.add("controlCharacter", { start: offset, end: offset + 1 }, `U+${hex}`);
}
