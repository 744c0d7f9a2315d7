import type { TextRange } from "../../common/range.ts";
import type { RequestNode } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import type { OffsetEdit } from "./fix.ts";

/** The line end that the file uses first. */
export function lineEndOf({ text }: LanguageDocument): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** Where the line of an offset starts; a byte order mark stays in front of it. */
function lineStart({ lines, text }: LanguageDocument, offset: number): number {
  const start = lines.offsetAt({ line: lines.positionAt(offset).line, character: 0 });
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

/** The whole lines of a range, with the line end of the last. */
function wholeLines(document: LanguageDocument, { start, end }: TextRange): TextRange {
  const { lines } = document;
  const next = lines.offsetAt({ line: lines.positionAt(end).line + 1, character: 0 });
  return { start: lineStart(document, start), end: Math.max(next, end) };
}

export function removeLines(document: LanguageDocument, range: TextRange): OffsetEdit {
  return { range: wholeLines(document, range), newText: "" };
}

/** Lines of their own above the line of an offset. */
export function insertAbove(document: LanguageDocument, offset: number, newLines: readonly string[]): OffsetEdit {
  const start = lineStart(document, offset);
  const end = lineEndOf(document);
  return { range: { start, end: start }, newText: newLines.map((line) => line + end).join("") };
}

export function insertAboveRequest(
  document: LanguageDocument,
  request: RequestNode,
  newLines: readonly string[],
): OffsetEdit {
  return insertAbove(document, request.lineRange.start, newLines);
}

export function insertAt(offset: number, newText: string): OffsetEdit {
  return { range: { start: offset, end: offset }, newText };
}
