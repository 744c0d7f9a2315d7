import type { Position } from "../common/range.ts";
import { Source } from "./source.ts";

/** Translates between offsets and 0-based positions, for a text with any mix of line ends. */
export interface LineMap {
  readonly lineCount: number;
  /** Offsets outside the text are clamped into it; one inside a line end gives the end of that line. */
  positionAt(offset: number): Position;
  /** Positions outside the text are clamped into it. */
  offsetAt(position: Position): number;
  /** A line without its line end; "" for a line that does not exist. */
  lineText(line: number): string;
}

export function createLineMap(text: string): LineMap {
  return new SourceLineMap(new Source(text), text.charCodeAt(0) === 0xfeff ? 1 : 0);
}

/** The byte order mark counts as the first character of line 0, as it does in an editor that shows it. */
class SourceLineMap implements LineMap {
  readonly #source: Source;
  readonly #markLength: number;

  constructor(source: Source, markLength: number) {
    this.#source = source;
    this.#markLength = markLength;
  }

  get lineCount(): number {
    return this.#source.lineCount;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#source.text.length));
    const line = this.#source.lineAt(clamped);
    return { line, character: Math.min(clamped, this.#source.end(line)) - this.#start(line) };
  }

  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.lineCount) return this.#source.text.length;
    const start = this.#start(position.line);
    return Math.min(start + Math.max(0, position.character), this.#source.end(position.line));
  }

  lineText(line: number): string {
    if (line < 0 || line >= this.lineCount) return "";
    return this.#source.text.slice(this.#start(line), this.#source.end(line));
  }

  #start(line: number): number {
    return this.#source.start(line) - (line === 0 ? this.#markLength : 0);
  }
}
