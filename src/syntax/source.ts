import { code, isBlank } from "./characters.ts";
import type { Span } from "./nodes.ts";

/**
 * A text cut into lines at CR, LF and CRLF, mixed as they come. Lines are numbered from 0; offsets are UTF-16 code
 * units of the whole text. A byte order mark at the very beginning belongs to no line, so it never hides a `###`.
 */
export class Source {
  readonly text: string;
  readonly lineCount: number;
  /** Where each line starts, and one more entry: the end of the text. Outside of the garbage collector's heap. */
  readonly #starts: Uint32Array;

  constructor(text: string) {
    this.text = text;
    let starts = new Uint32Array((text.length >> 4) + 2);
    let count = 1;
    starts[0] = text.charCodeAt(0) === code.byteOrderMark ? 1 : 0;
    for (let i = starts[0]; i < text.length; i++) {
      const char = text.charCodeAt(i);
      if (char > code.carriageReturn) continue;
      if (char === code.carriageReturn && text.charCodeAt(i + 1) === code.lineFeed) i++;
      else if (char !== code.lineFeed && char !== code.carriageReturn) continue;
      // One more place is kept free for the end of the text.
      if (count + 1 >= starts.length) starts = grown(starts);
      starts[count++] = i + 1;
    }
    this.lineCount = count;
    starts[count] = text.length;
    this.#starts = starts;
  }

  /** The first offset of a line; for `lineCount` the end of the text. */
  start(line: number): number {
    return line <= this.lineCount ? (this.#starts[line] ?? 0) : this.text.length;
  }

  /** The end of a line's text, before its line end. */
  end(line: number): number {
    const start = this.start(line);
    let end = this.start(line + 1);
    if (line + 1 < this.lineCount) {
      end--;
      if (end > start && this.#at(end) === code.lineFeed && this.#at(end - 1) === code.carriageReturn) end--;
    }
    return end;
  }

  /** The offset of a line's first character that is not blank; its end for a blank line. */
  first(line: number): number {
    const end = this.end(line);
    let offset = this.start(line);
    while (offset < end && isBlank(this.#at(offset))) offset++;
    return offset;
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

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
