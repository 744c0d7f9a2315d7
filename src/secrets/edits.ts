/** Something found in a text. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** What takes its place; undefined if it stays as it is, whatever lies within it. */
  readonly shown: string | undefined;
}

/** What lies between the two places is to be replaced. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Joins matches that overlap, so that nothing of two secrets that share letters remains. Matches come in the order of
 * their starts, longer ones first; those within another one change nothing.
 */
export class EditMaker {
  /** To here the text is decided. */
  #until = 0;
  #last: string | undefined;

  *of(matches: Iterable<Match>): Iterable<Edit> {
    for (const { start, end, shown } of matches) {
      if (end <= this.#until) continue;
      const overlaps = start < this.#until;
      const isSame = overlaps && shown === this.#last;
      if (shown !== undefined) yield { start: Math.max(start, this.#until), end, text: isSame ? "" : shown };
      this.#until = end;
      this.#last = shown;
    }
  }
}
