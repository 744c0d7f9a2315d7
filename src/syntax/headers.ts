import type { AnnotationReader } from "./annotation-reader.ts";
import { isComment, isDefinitionLike } from "./annotations.ts";
import { code, isToken } from "./characters.ts";
import { endOfForm, foreignFormAmongHeaders, isFileLine, reportForm } from "./foreign-forms.ts";
import type { HeaderField } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { scanReferences } from "./references.ts";
import { reportControlCharacter } from "./request-line.ts";
import type { Source } from "./source.ts";

export interface HeaderBlock {
  readonly headers: readonly HeaderField[];
  /** The first line behind the blank line that ends the headers, or the end of the block. */
  readonly next: number;
}

/** `Name: value` lines up to the first blank line. Every other line but comments is a problem; none becomes body. */
export function readHeaders(
  source: Source,
  from: number,
  to: number,
  annotations: AnnotationReader,
  problems: ProblemLog,
): HeaderBlock {
  const headers: HeaderField[] = [];
  let line = from;
  while (line < to && !source.isBlank(line)) {
    const form = foreignFormAmongHeaders(source, line);
    if (form) {
      reportForm(source, line, form, problems);
      const after = endOfForm(source, line, to, form);
      if (after === undefined) problems.add("unclosedScript", source.line(line).range, form.until);
      line = after ?? to;
      continue;
    }
    if (isComment(source, line)) {
      annotations.readLateComment(line);
    } else {
      const header = readHeader(source, line, problems);
      if (header) headers.push(header);
    }
    line++;
  }
  return { headers, next: Math.min(line + 1, to) };
}

function readHeader(source: Source, line: number, problems: ProblemLog): HeaderField | undefined {
  const whole = source.line(line);
  if (isDefinitionLike(source, line)) {
    problems.add("variableAmongHeaders", whole.range, whole.text);
    return undefined;
  }
  const colon = findColon(whole.text);
  if (colon < 0) {
    problems.add("headerWithoutColon", whole.range, whole.text, adviceForLineWithoutColon(whole.text));
    return undefined;
  }
  const { start, end } = whole.range;
  const name = source.trimmed(start, start + colon);
  if (!isHeaderName(name.text)) {
    problems.add("headerName", whole.range, name.text === "" ? whole.text : name.text);
    return undefined;
  }
  const header: HeaderField = { range: whole.range, name, value: source.trimmed(start + colon + 1, end) };
  if (name.text.toLowerCase() === "x-request-type" && header.value.text.toLowerCase() === "graphql") {
    problems.add("unsupportedForm", whole.range, "A GraphQL request");
  }
  reportControlCharacter(source, header.value, problems);
  return header;
}

/** The first colon outside of references. */
function findColon(text: string): number {
  let colon = text.indexOf(":");
  if (colon < 0 || !text.slice(0, colon).includes("{{")) return colon;
  for (const { range } of scanReferences(text)) {
    if (colon < range.start) return colon;
    if (colon < range.end) colon = text.indexOf(":", range.end);
    if (colon < 0) return -1;
  }
  return colon;
}

/** A token (RFC 9110 section 5.1), in which references may stand for parts. */
function isHeaderName(text: string): boolean {
  let from = 0;
  for (const { range } of scanReferences(text)) {
    if (range.start > from && !isToken(text.slice(from, range.start))) return false;
    from = range.end;
  }
  return from > 0 && from === text.length ? true : isToken(text.slice(from));
}

function adviceForLineWithoutColon(text: string): string {
  const char = text.charCodeAt(0);
  const startsBody = char === code.openBrace || char === code.less || text.startsWith("[") || isFileLine(text);
  if (startsBody) return "Put a blank line above it to make it the start of the body.";
  const word = text.split(/[ \t]/, 1)[0] ?? "";
  const example = isToken(word) ? `"${word.slice(0, 40)}: value"` : '"Name: value"';
  return `Write ${example}, or put a blank line above it if the body starts here.`;
}
