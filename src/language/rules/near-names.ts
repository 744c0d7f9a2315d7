import { nearName } from "../../common/near-name.ts";

/** More comparisons than a person's slips need; a file of thousands of unknown names must not hold up the editor. */
const mostComparisons = 5_000;

/** What was most likely meant by several wrong names, each looked up once. */
export class NearNames {
  readonly #candidates: () => Iterable<string>;
  readonly #found = new Map<string, string | undefined>();
  #byLength: ReadonlyMap<number, readonly string[]> | undefined;
  #left = mostComparisons;

  /** `candidates` is asked at the first wrong name: most files have none. */
  constructor(candidates: () => Iterable<string>) {
    this.#candidates = candidates;
  }

  find(written: string): string | undefined {
    if (!this.#found.has(written)) this.#found.set(written, this.#look(written));
    return this.#found.get(written);
  }

  #look(written: string): string | undefined {
    this.#byLength ??= Map.groupBy(new Set(this.#candidates()), ({ length }) => length);
    // No more than a third of a candidate's letters may differ.
    const shortest = Math.min(written.length - 1, Math.floor((written.length * 3) / 4));
    const longest = Math.max(written.length + 1, Math.ceil((written.length * 3) / 2));
    const candidates: string[] = [];
    for (let length = shortest; length <= longest && length - shortest < 200; length++) {
      for (const name of this.#byLength.get(length) ?? []) {
        if (this.#left-- <= 0) return undefined;
        candidates.push(name);
      }
    }
    return nearName(written, candidates);
  }
}
