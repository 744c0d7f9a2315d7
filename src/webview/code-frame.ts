import type { SourceLocation } from "../common/range.ts";
import { visible } from "./visible-text.ts";

/** The marked line of a file, cut so that the mark is in sight. */
export interface CodeFrame {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Blanks and carets that stand under `marked` in a fixed-width font. */
  readonly carets: string;
}

const context = 60;
const longestMark = 120;

/** Null where the text of the line is not known. Columns are 1-based UTF-16 units; `endColumn` is exclusive. */
export function codeFrame({ lineText, column, endColumn }: SourceLocation): CodeFrame | null {
  if (lineText === undefined) return null;
  const start = clamp(column - 1, 0, lineText.length);
  const end = clamp(endColumn === undefined ? start + 1 : endColumn - 1, start, lineText.length);
  const head = lineText.slice(0, start);
  const tail = lineText.slice(end);
  const before = shown(head.length > context ? `…${head.slice(-context)}` : head);
  const mark = lineText.slice(start, end);
  const marked = shown(mark.length > longestMark ? `${mark.slice(0, longestMark)}…` : mark);
  const after = shown(tail.length > context ? `${tail.slice(0, context)}…` : tail);
  return { before, marked, after, carets: " ".repeat(before.length) + "^".repeat(Math.max(1, marked.length)) };
}

function shown(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
