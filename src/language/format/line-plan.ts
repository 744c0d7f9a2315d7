import type { TextRange } from "../../common/range.ts";

/** What the formatter makes of each line of a file. */
export class LinePlan {
  /** New texts of lines, without their line ends. */
  readonly #texts = new Map<number, string>();
  readonly #kept = new Set<number>();
  readonly #lineAt: (offset: number) => number;

  constructor(lineAt: (offset: number) => number) {
    this.#lineAt = lineAt;
  }

  /** The lines of a range stay as they are, whatever else is asked for. An empty range keeps nothing. */
  keep({ start, end }: TextRange): void {
    if (start >= end) return;
    const last = this.#lineAt(end - 1);
    for (let line = this.#lineAt(start); line <= last; line++) this.#kept.add(line);
  }

  isKept(line: number): boolean {
    return this.#kept.has(line);
  }

  write(line: number, text: string): void {
    this.#texts.set(line, text);
  }

  /** The new text of a line; undefined for one that stays. */
  textOf(line: number): string | undefined {
    return this.#kept.has(line) ? undefined : this.#texts.get(line);
  }
}
