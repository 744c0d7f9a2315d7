import { findTail } from "../block-tail.ts";
import { code } from "../characters.ts";
import type { ForeignReader } from "../foreign/reader.ts";
import type { BodyNode, BodyPart } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import type { Source } from "../source.ts";
import { isFileLine, readFileLine } from "./file-line.ts";
import { type BodyLanguage, reportBodyLines } from "./reports.ts";
import { sortLines } from "./sort-lines.ts";

export const noBody = { kind: "none" } as const;

export interface BodyRead {
  readonly body: BodyNode;
  /** Lines below the text that are comments, directives or definitions. */
  readonly annotations: readonly number[];
}

/**
 * The body in the lines behind the headers. Of the blank lines above the text further ones than the one that
 * ended the headers are sent where the language does not tell that they mean nothing; those below it are not, nor are paragraphs of nothing but annotations at its end.
 */
export function readBody(
  source: Source,
  from: number,
  to: number,
  language: BodyLanguage,
  foreign: ForeignReader,
  problems: ProblemLog,
): BodyRead {
  const lines = sortLines(source, from, to, language.isText, foreign);
  const { firstText, behindForm } = lines;
  if (behindForm) {
    const { range, text } = source.line(behindForm.first);
    problems.add("textBehindForm", { start: range.start, end: source.line(behindForm.last).range.end }, text);
  }
  if (firstText < 0) return { body: noBody, annotations: lines.annotations };

  const tail = findTail(source, firstText, lines.lastText + 1, !language.isText);
  let last = tail - 1;
  while (last >= firstText && source.isBlank(last)) last--;
  const isEmpty = last < firstText;
  let { annotations } = lines;
  if (tail <= lines.lastText) {
    annotations = [...linesWithText(source, tail, lines.lastText + 1), ...annotations];
    if (!isEmpty || language.expectsBody) reportTail(source, tail, lines.lastText, problems);
  }
  if (isEmpty) return { body: noBody, annotations };
  const first = source.char(firstText);
  if (first === code.less && firstText === last && isFileLine(source.line(firstText).text)) {
    const { range } = source.line(firstText);
    return { body: { kind: "file", range, ...readFileLine(source, firstText) }, annotations };
  }
  reportBodyLines(source, firstText, last, language, problems);
  const isBehindForm = behindForm !== undefined && firstText >= behindForm.first;
  const start = isBehindForm || language.dropsBlankStart || startsMarkup(first) ? firstText : from;
  const content = source.span(source.start(start), source.end(last));
  const { range } = content;
  if (lines.files.length === 0) return { body: { kind: "inline", range, content }, annotations };
  const files = lines.files.filter((line) => line >= firstText && line <= last);
  if (files.length === 0) return { body: { kind: "inline", range, content }, annotations };
  return { body: { kind: "mixed", range, content, parts: splitParts(source, range, files) }, annotations };
}

/** JSON and markup, whatever the headers say: blank lines above them mean nothing. */
function startsMarkup(char: number): boolean {
  return char === code.openBrace || char === code.openBracket || char === code.less;
}

function reportTail(source: Source, first: number, last: number, problems: ProblemLog): void {
  const range = { start: source.line(first).range.start, end: source.line(last).range.end };
  problems.add("annotationsBelowBody", range);
}

function linesWithText(source: Source, from: number, to: number): number[] {
  const found: number[] = [];
  for (let line = from; line < to; line++) if (!source.isBlank(line)) found.push(line);
  return found;
}

/** Text and files in turn; each file's part is its whole line without the line end. */
function splitParts(source: Source, { start, end }: { start: number; end: number }, files: readonly number[]) {
  const parts: BodyPart[] = [];
  let from = start;
  for (const line of files) {
    const lineStart = source.start(line);
    if (lineStart > from) parts.push({ kind: "text", content: source.span(from, lineStart) });
    from = source.end(line);
    parts.push({ kind: "file", range: { start: lineStart, end: from }, ...readFileLine(source, line) });
  }
  if (end > from) parts.push({ kind: "text", content: source.span(from, end) });
  return parts;
}
