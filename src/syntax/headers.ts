import type { AnnotationReader } from "./annotation-reader.ts";
import { append, none } from "./append.ts";
import { isFileLine } from "./body/file-line.ts";
import { code, endOfBlanks, endOfToken, isToken } from "./characters.ts";
import { foreignFormAmongHeaders, mayStartForm } from "./foreign/forms.ts";
import type { ForeignReader } from "./foreign/reader.ts";
import { nextRequestStart } from "./missing-separator.ts";
import type { HeaderField, Span } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { scanReferences } from "./references.ts";
import { reportControlCharacter } from "./request-line.ts";
import type { Source } from "./source.ts";

export interface HeaderBlock {
  readonly headers: readonly HeaderField[];
  /** The first line behind the blank line that ends the headers, or the end of the block. */
  readonly next: number;
  /** False where no blank line ended the headers: another request starts at `next`, or the block ends. */
  readonly startsBody: boolean;
}

/** `Name: value` lines up to the first blank line. Every other line but comments is a problem; none becomes body. */
export function readHeaders(
  source: Source,
  from: number,
  to: number,
  annotations: AnnotationReader,
  foreign: ForeignReader,
  problems: ProblemLog,
): HeaderBlock {
  let headers: readonly HeaderField[] = none;
  let line = from;
  while (line < to) {
    const first = source.first(line);
    if (first === source.end(line)) return { headers, next: line + 1, startsBody: true };
    const char = source.text.charCodeAt(first);
    if (char === code.hash || (char === code.slash && source.text.charCodeAt(first + 1) === code.slash)) {
      annotations.readLateComment(line++);
      continue;
    }
    const form = mayStartForm(source.text, first) ? foreignFormAmongHeaders(source, line) : undefined;
    if (form) {
      line = foreign.read(line, to, form, true);
      continue;
    }
    const header = readHeader(source, line, char, problems);
    if (header === "request") return { headers, next: line, startsBody: false };
    if (header) headers = append(headers, header);
    line++;
  }
  return { headers, next: to, startsBody: false };
}

function readHeader(
  source: Source,
  line: number,
  char: number,
  problems: ProblemLog,
): HeaderField | "request" | undefined {
  const { text } = source;
  const start = source.first(line);
  const end = source.last(line);
  const nameEnd = endOfToken(text, start, end);
  const behindName = endOfBlanks(text, nameEnd, end);
  if (nameEnd > start && behindName < end && text.charCodeAt(behindName) === code.colon) {
    return readField(source, source.span(start, nameEnd), behindName, end, problems);
  }
  const whole = source.span(start, end);
  const colon = findColon(whole.text);
  const name = source.trimmed(start, colon < 0 ? end : start + colon);
  if (char !== code.at && colon >= 0 && isHeaderName(name.text)) {
    return readField(source, name, start + colon, end, problems);
  }
  if (nextRequestStart(source, line, line + 1, false) !== undefined) return "request";
  return readUnclear(whole, name, char, colon, problems);
}

function readField(
  source: Source,
  name: Span,
  colon: number,
  end: number,
  problems: ProblemLog,
): HeaderField | "request" {
  const value = source.trimmed(colon + 1, end);
  const { text } = source;
  const { start } = value.range;
  const isSlashes = text.charCodeAt(start) === code.slash && text.charCodeAt(start + 1) === code.slash;
  if (isSlashes && isWebScheme(name.text)) return "request";
  reportControlCharacter(source, value, problems);
  return { range: { start: name.range.start, end }, name, value };
}

/** `https://…` on a line of its own is another request, not a header named "https". */
function isWebScheme(name: string): boolean {
  return /^(?:https?|wss?)$/i.test(name);
}

/** A line that is no header as it stands. A lone name is kept with an empty value, as it was most likely meant. */
function readUnclear(
  whole: Span,
  name: Span,
  char: number,
  colon: number,
  problems: ProblemLog,
): HeaderField | undefined {
  const { range, text } = whole;
  if (char === code.at) {
    problems.add("variableAmongHeaders", range, text);
  } else if (colon >= 0) {
    problems.add("headerName", range, name.text === "" ? text : name.text);
  } else {
    problems.add("headerWithoutColon", range, text, adviceForLineWithoutColon(text));
    if (isToken(text)) return { range, name, value: { text: "", range: { start: range.end, end: range.end } } };
  }
  return undefined;
}

/** The first colon outside of references. */
export function findColon(text: string): number {
  let colon = text.indexOf(":");
  if (colon < 0) return colon;
  const braces = text.indexOf("{{");
  if (braces < 0 || braces > colon) return colon;
  for (const { range } of scanReferences(text)) {
    if (colon < range.start) return colon;
    if (colon < range.end) colon = text.indexOf(":", range.end);
    if (colon < 0) return -1;
  }
  return colon;
}

/** A token (RFC 9110 section 5.1), in which references may stand for parts. */
export function isHeaderName(text: string): boolean {
  if (isToken(text)) return true;
  if (!text.includes("{{")) return false;
  let from = 0;
  for (const { range } of scanReferences(text)) {
    if (range.start > from && !isToken(text.slice(from, range.start))) return false;
    from = range.end;
  }
  return from > 0 && (from === text.length || isToken(text.slice(from)));
}

function adviceForLineWithoutColon(text: string): string {
  const char = text.charCodeAt(0);
  const startsBody = char === code.openBrace || char === code.less || text.startsWith("[") || isFileLine(text);
  if (startsBody) return "Put a blank line above it to make it the start of the body.";
  const word = text.split(/[ \t]/, 1)[0] ?? "";
  const example = isToken(word) ? `"${word.slice(0, 40)}: value"` : '"Name: value"';
  return `Write ${example}, or put a blank line above it if the body starts here.`;
}
