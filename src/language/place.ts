import type { RequestBlock, RequestFile } from "../syntax/index.ts";
import type { LanguageDocument } from "./document.ts";

/**
 * The part of a block that a line belongs to. `above`: all lines of a block without a request, and those above its
 * request line. `headers` goes down to the first blank line, that line included: a header typed there is one.
 */
export type Zone = "above" | "request-line" | "headers" | "body" | "curl";

/** A place in a document as an editor sees it: its line, and what the parser made of that. */
export interface Place {
  readonly document: LanguageDocument;
  readonly offset: number;
  /** 0-based. */
  readonly line: number;
  /** The offset at which the line's text starts. */
  readonly lineStart: number;
  /** The line's text up to the place. */
  readonly before: string;
  /** The line's text from the place on. */
  readonly after: string;
  readonly block: RequestBlock | undefined;
  readonly zone: Zone;
}

/** Any offset is clamped into the text; one inside a line end counts as the end of that line. */
export function placeAt(document: LanguageDocument, offset: number): Place {
  const { lines, file } = document;
  const { line, character } = lines.positionAt(offset);
  const text = lines.lineText(line);
  const at = lines.offsetAt({ line, character });
  const block = blockAt(file, at);
  // A byte order mark belongs to no line, though it counts as a character of the first one.
  const mark = line === 0 && text.startsWith("\uFEFF") && character > 0 ? 1 : 0;
  return {
    document,
    offset: at,
    line,
    lineStart: at - character + mark,
    before: text.slice(mark, character),
    after: text.slice(character),
    block,
    zone: zoneOf(document, block, line),
  };
}

/** The block that holds an offset. */
export function blockAt(file: RequestFile, offset: number): RequestBlock | undefined {
  return file.blocks[blockIndexAt(file, offset)];
}

export function blockIndexAt({ blocks }: RequestFile, offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.range.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function zoneOf({ lines }: LanguageDocument, block: RequestBlock | undefined, line: number): Zone {
  const request = block?.request;
  if (!request || line < lines.positionAt(request.lineRange.start).line) return "above";
  if (request.dialect === "curl") return line <= lines.positionAt(request.range.end).line ? "curl" : "above";
  const lastOfRequestLine = lines.positionAt(request.lineRange.end).line;
  if (line <= lastOfRequestLine) return "request-line";
  const lastHeader = request.headers.at(-1);
  const lastOfHead = lastHeader ? lines.positionAt(lastHeader.range.end).line : lastOfRequestLine;
  for (let above = lastOfHead + 1; above < line; above++) {
    if (lines.lineText(above).trim() === "") return "body";
  }
  return "headers";
}

/** `#` or `//` behind any blanks. */
export function isCommentLine(text: string): boolean {
  return /^[ \t]*(?:#|\/\/)/.test(text);
}

/**
 * True for a line below a body in which a directive or a definition may be typed: behind a blank line or others of
 * its kind, with nothing but such lines below it in the block.
 */
export function mayBeTail({ document: { lines }, line, block }: Place): boolean {
  const end = lines.positionAt(block?.range.end ?? 0);
  const afterLast = end.character === 0 ? end.line : end.line + 1;
  for (let below = line + 1; below < afterLast; below++) if (!fitsTail(lines.lineText(below))) return false;
  for (let above = line - 1; above >= 0 && fitsTail(lines.lineText(above)); above--) {
    if (lines.lineText(above).trim() === "") return true;
  }
  return false;
}

function fitsTail(text: string): boolean {
  return text.trim() === "" || isCommentLine(text) || text.startsWith("@");
}
