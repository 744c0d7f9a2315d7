interface Source {
  readonly start: number;
  readonly end: number;
  readonly gap: number;
  /** Of what one escape was read as, or one of the bytes as they are. */
  readonly isFirst: boolean;
}

/** Where bytes came from, in runs: of bytes that stand in the source as they are, or that one escape was read as. */
export class RunMap {
  /** As the end of a run: its bytes stand in the source as they are. */
  static readonly asIs = 0;
  /** As the end of a run: it stands for nothing in the source, and what follows it is from further on. */
  static readonly outside = -1;
  readonly #first: number[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #gap: number[] = [];

  clear(): void {
    for (const list of [this.#first, this.#start, this.#end, this.#gap]) list.length = 0;
  }

  /** A run begins with the byte `first`. `start` and, of an escape, `end` are places in the source. */
  add(first: number, start: number, end: number, gap: number): void {
    this.#first.push(first);
    this.#start.push(start);
    this.#end.push(end);
    this.#gap.push(gap);
  }

  sourceOf(index: number): Source {
    const run = this.#last((each) => (this.#first[each] ?? 0) <= index);
    const [first = 0, start = 0, end = 0] = [this.#first[run], this.#start[run], this.#end[run]];
    const gap = index === first ? (this.#gap[run] ?? 0) : 0;
    if (end > 0) return { start, end, gap, isFirst: index === first };
    const at = start + index - first;
    return { start: at, end: at + 1, gap, isFirst: true };
  }

  /**
   * The last place, up to `place`, that is not within an escape. Both are in the text: `textOf` says where a place of
   * the source is there. @returns undefined for a place that none of the runs is about
   */
  boundaryAt(place: number, textOf: (source: number) => number): number | undefined {
    const run = this.#last((each) => textOf(this.#start[each] ?? 0) <= place);
    const [first = 0, start = 0, end = 0] = [this.#first[run], this.#start[run], this.#end[run]];
    if (run < 0 || end === RunMap.outside || textOf(start) > place) return undefined;
    if (end !== RunMap.asIs) return textOf(start);
    let from = start;
    let to = start + (this.#first[run + 1] ?? first + 1) - first - 1;
    while (from < to) {
      const middle = Math.ceil((from + to) / 2);
      if (textOf(middle) <= place) from = middle;
      else to = middle - 1;
    }
    return textOf(from);
  }

  /** The last run that it holds for, where it holds for all before that one; -1 if there is none. */
  #last(holds: (run: number) => boolean): number {
    let low = -1;
    let high = this.#first.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
