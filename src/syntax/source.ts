import type { TextRange } from "../common/range.ts";
import { code, isBlank } from "./characters.ts";
import type { Span } from "./nodes.ts";

/**
 * A text cut into lines at CR, LF and CRLF, mixed as they come. Lines are numbered from 0; offsets are UTF-16 code
 * units of the whole text. A byte order mark at the very beginning belongs to no line, so it never hides a `###`.
 */
export class Source {
  readonly text: string;
  readonly lineCount: number;
  /** Of each line in turn where it starts, and where its text ends. Outside of the garbage collector's heap. */
  readonly #bounds: Uint32Array;

  constructor(text: string) {
    this.text = text;
    const start = text.charCodeAt(0) === code.byteOrderMark ? 1 : 0;
    const lines = new LineBounds(start, text.length);
    // The engine's own search is faster than a loop, but finds one character only.
    if (text.includes("\r")) addLines(text, start, lines);
    else for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) lines.add(end, end + 1);
    lines.add(text.length, text.length);
    this.lineCount = lines.count;
    this.#bounds = lines.bounds;
  }

  /** The first offset of a line; for `lineCount` the end of the text. */
  start(line: number): number {
    return line < this.lineCount ? (this.#bounds[2 * line] ?? 0) : this.text.length;
  }

  /** The end of a line's text, before its line end. */
  end(line: number): number {
    return line < this.lineCount ? (this.#bounds[2 * line + 1] ?? 0) : this.text.length;
  }

  /** The offset of a line's first character that is not blank; its end for a blank line. */
  first(line: number): number {
    const end = this.end(line);
    let offset = this.start(line);
    while (offset < end && isBlank(this.#at(offset))) offset++;
    return offset;
  }

  /** The offset behind a line's last character that is not blank; its start for a blank line. */
  last(line: number): number {
    const start = this.start(line);
    let offset = this.end(line);
    while (offset > start && isBlank(this.#at(offset - 1))) offset--;
    return offset;
  }

  /** The code of a line's first character that is not blank; -1 for a blank line. */
  char(line: number): number {
    const first = this.first(line);
    return first < this.end(line) ? this.#at(first) : -1;
  }

  /** A blank line is empty or holds only spaces and tabs. */
  isBlank(line: number): boolean {
    return this.first(line) === this.end(line);
  }

  isIndented(line: number): boolean {
    return isBlank(this.#at(this.start(line)));
  }

  span(start: number, end: number): Span {
    return { text: this.text.slice(start, end), range: { start, end } };
  }

  /** The text between two offsets without blanks around it. An empty one stands at `start`. */
  trimmed(start: number, end: number): Span {
    let from = start;
    let to = end;
    while (from < to && isBlank(this.#at(from))) from++;
    if (from === to) return this.span(start, start);
    while (to > from && isBlank(this.#at(to - 1))) to--;
    return this.span(from, to);
  }

  /** A line's text without blanks around it. */
  line(line: number): Span {
    return this.trimmed(this.start(line), this.end(line));
  }

  /** The range of `line`, for those who need no text: cutting it off costs. */
  rangeOf(line: number): TextRange {
    const end = this.last(line);
    return { start: Math.min(this.first(line), end), end };
  }

  /** The line that holds an offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #at(offset: number): number {
    return this.text.charCodeAt(offset);
  }
}

function addLines(text: string, from: number, lines: LineBounds): void {
  for (let i = from; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char > code.carriageReturn) continue;
    const end = i;
    if (char === code.carriageReturn && text.charCodeAt(i + 1) === code.lineFeed) i++;
    else if (char !== code.lineFeed && char !== code.carriageReturn) continue;
    lines.add(end, i + 1);
  }
}

/** A growing list of the lines' starts and ends. */
class LineBounds {
  bounds: Uint32Array<ArrayBuffer>;
  count = 0;

  constructor(first: number, length: number) {
    this.bounds = new Uint32Array((length >> 3) + 4);
    this.bounds[0] = first;
  }

  /** Ends the open line at `end`; the next starts at `next`. */
  add(end: number, next: number): void {
    if (2 * this.count + 2 >= this.bounds.length) {
      const larger = new Uint32Array(this.bounds.length * 2);
      larger.set(this.bounds);
      this.bounds = larger;
    }
    this.bounds[2 * this.count + 1] = end;
    this.bounds[2 * ++this.count] = next;
  }
}
