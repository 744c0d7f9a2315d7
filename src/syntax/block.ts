import { AnnotationReader } from "./annotation-reader.ts";
import { isComment, isDefinitionLike } from "./annotations.ts";
import { findTail } from "./block-tail.ts";
import { readBody } from "./body.ts";
import { code } from "./characters.ts";
import { endOfForm, foreignFormAbove, reportForm } from "./foreign-forms.ts";
import { readHeaders } from "./headers.ts";
import type { HeaderField, RequestBlock, RequestNode, Separator, UrlNode } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { isRequestLine, readRequestLine } from "./request-line.ts";
import type { Source } from "./source.ts";

/** The lines of one block: a lead of annotations, the `###` line (absent in the first block), and what follows it. */
export interface BlockLines {
  readonly lead: number;
  readonly separator: number | undefined;
  readonly content: number;
  /** Exclusive. */
  readonly end: number;
}

/** Reads one block; `start` is where its range begins. */
export function readBlock(source: Source, lines: BlockLines, start: number, problems: ProblemLog): RequestBlock {
  const annotations = new AnnotationReader(source, problems);
  if (lines.separator !== undefined) {
    for (let line = lines.lead; line < lines.separator; line++) annotations.readAbove(line);
  }
  const separator = lines.separator === undefined ? undefined : readSeparator(source, lines.separator);
  const requestLine = readPrelude(source, lines.content, lines.end, annotations, problems);
  const request =
    requestLine < lines.end ? readRequest(source, requestLine, lines.end, annotations, problems) : undefined;
  const { directives, comments, variables } = annotations;
  const name = annotations.valueOf("name") ?? annotations.valueOf("title") ?? separator?.title;
  return { range: { start, end: source.start(lines.end) }, separator, directives, comments, variables, request, name };
}

function readSeparator(source: Source, line: number): Separator {
  const { range } = source.line(line);
  let text = range.start;
  while (source.text.charCodeAt(text) === code.hash) text++;
  const title = source.trimmed(text, range.end);
  return { range, title: title.text === "" ? undefined : title };
}

/** Reads what stands above the request line; returns the request line's number, or `to`. */
function readPrelude(
  source: Source,
  from: number,
  to: number,
  annotations: AnnotationReader,
  problems: ProblemLog,
): number {
  let line = from;
  while (line < to) {
    if (source.isBlank(line) || annotations.readAbove(line)) {
      line++;
      continue;
    }
    const form = foreignFormAbove(source, line);
    if (form) {
      reportForm(source, line, form, problems);
      const after = form.takesBlock ? findTail(source, line + 1, to) : endOfForm(source, line, to, form);
      if (after === undefined) problems.add("unclosedScript", source.line(line).range, form.until);
      line = after ?? to;
    } else if (isRequestLine(source, line)) {
      return line;
    } else {
      line = skipUnreadable(source, line, to, problems);
    }
  }
  return to;
}

/** Neighbouring lines that nothing can be made of are one problem. */
function skipUnreadable(source: Source, from: number, to: number, problems: ProblemLog): number {
  let next = from + 1;
  while (next < to && isUnreadable(source, next)) next++;
  const { text, range } = source.line(from);
  problems.add("requestLine", { start: range.start, end: source.line(next - 1).range.end }, text);
  return next;
}

function isUnreadable(source: Source, line: number): boolean {
  return !(
    source.isBlank(line) ||
    isComment(source, line) ||
    isDefinitionLike(source, line) ||
    foreignFormAbove(source, line) ||
    isRequestLine(source, line)
  );
}

function readRequest(
  source: Source,
  line: number,
  to: number,
  annotations: AnnotationReader,
  problems: ProblemLog,
): RequestNode {
  const head = readRequestLine(source, line, to, problems);
  for (const comment of head.commentLines) annotations.readLateComment(comment);
  const { headers, next } = readHeaders(source, head.next, to, annotations, problems);
  const tail = findTail(source, next, to);
  const body = readBody(source, next, tail, headers, problems);
  for (let below = tail; below < to; below++) annotations.readBelow(below);
  reportMissingHost(head.url, headers, problems);
  const { method, url, version, lineRange } = head;
  const headEnd = Math.max(lineRange.end, headers.at(-1)?.range.end ?? 0);
  const range = { start: lineRange.start, end: body.kind === "none" ? headEnd : body.range.end };
  return { range, method, url, version, lineRange, headers, body };
}

/** Targets in origin form or asterisk form (RFC 9112 section 3.2) need a `Host` field. */
function reportMissingHost(url: UrlNode, headers: readonly HeaderField[], problems: ProblemLog): void {
  if (!url.text.startsWith("/") && url.text !== "*") return;
  const hasHost = headers.some(({ name, value }) => name.text.toLowerCase() === "host" && value.text !== "");
  if (!hasHost) problems.add("hostMissing", url.range, url.text);
}
