import type { LanguageDocument } from "../document.ts";

/** The lines of a document with their places. A byte order mark belongs to none. */
export class FileLines {
  readonly #document: LanguageDocument;
  readonly #markLength: number;

  constructor(document: LanguageDocument) {
    this.#document = document;
    this.#markLength = document.text.startsWith("\uFEFF") ? 1 : 0;
  }

  get count(): number {
    return this.#document.lines.lineCount;
  }

  /** For `count` the end of the text. */
  start(line: number): number {
    return line === 0 ? this.#markLength : this.#document.lines.offsetAt({ line, character: 0 });
  }

  end(line: number): number {
    return this.start(line) + this.text(line).length;
  }

  at(offset: number): number {
    return this.#document.lines.positionAt(offset).line;
  }

  /** Without the line end. */
  text(line: number): string {
    const text = this.#document.lines.lineText(line);
    return line === 0 ? text.slice(this.#markLength) : text;
  }

  /** The line end behind a line; "" for the last one. */
  lineEnd(line: number): string {
    return this.#document.text.slice(this.end(line), this.start(line + 1));
  }

  /** Nothing but spaces and tabs. */
  isBlank(line: number): boolean {
    return /^[ \t]*$/.test(this.text(line));
  }
}
