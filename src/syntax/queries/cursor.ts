import { isBlank } from "../characters.ts";
import type { Span } from "../nodes.ts";

/** Reads a span from left to right; ranges count in the whole file. */
export class Cursor {
  readonly #span: Span;
  #offset = 0;

  constructor(span: Span) {
    this.#span = span;
  }

  get offset(): number {
    return this.#offset;
  }

  set offset(offset: number) {
    this.#offset = offset;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#span.text.length;
  }

  /** What is left. */
  get rest(): string {
    return this.#span.text.slice(this.#offset);
  }

  get text(): string {
    return this.#span.text;
  }

  skipBlanks(): void {
    while (isBlank(this.#span.text.charCodeAt(this.#offset))) this.#offset++;
  }

  /** From an offset to where the cursor stands. */
  span(from: number, to = this.#offset): Span {
    const { start } = this.#span.range;
    return { text: this.#span.text.slice(from, to), range: { start: start + from, end: start + to } };
  }

  /** The next word without the blanks before it; empty at the end. */
  word(): Span {
    this.skipBlanks();
    const from = this.#offset;
    while (!this.isAtEnd && !isBlank(this.#span.text.charCodeAt(this.#offset))) this.#offset++;
    return this.span(from);
  }

  /** The offset behind the closing sign of a text in quotes or slashes that opens here; -1 when it is not closed. */
  endOfQuoted(): number {
    const { text } = this.#span;
    const mark = text[this.#offset];
    for (let at = this.#offset + 1; at < text.length; at++) {
      if (text[at] === "\\") at++;
      else if (text[at] === mark) return at + 1;
    }
    return -1;
  }
}
