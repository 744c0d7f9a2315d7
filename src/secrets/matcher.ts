/** Takes a match and says whether it counts; if not, a shorter one that ends at the same place is offered. */
export type OnMatch = (start: number, end: number, needle: number) => boolean;

const root = 0;
const none = -1;

/**
 * Finds many texts in one pass over another (Aho and Corasick, 1975): no regular expression is built from a secret,
 * and the time does not grow with their number. Characters are UTF-16 code units.
 */
export class Matcher {
  /** Most of a text leaves the root at once, so the root's children are looked up by code unit. */
  readonly #fromRoot = new Int32Array(0x10000);
  readonly #unit: number[] = [0];
  readonly #child: number[] = [none];
  readonly #sibling: number[] = [none];
  readonly #fail: number[] = [root];
  /** The needle that ends in a state, and the next shorter state in which another one ends. */
  readonly #needle: number[] = [none];
  readonly #shorter: number[] = [none];
  readonly #lengths: readonly number[];

  /** Of equal needles the first one is reported. */
  constructor(needles: readonly string[]) {
    this.#lengths = needles.map((needle) => needle.length);
    for (const [index, needle] of needles.entries()) this.#insert(needle, index);
    this.#link();
  }

  /** For each place where needles end, offers them from the longest on until one counts. */
  scan(text: string, onMatch: OnMatch): void {
    let state = root;
    for (let index = 0; index < text.length; index++) {
      state = this.#step(state, text.charCodeAt(index));
      if (state === root) continue;
      for (let at = state; at !== none; at = this.#shorter[at] ?? none) {
        const needle = this.#needle[at] ?? none;
        if (needle === none) continue;
        const end = index + 1;
        if (onMatch(end - (this.#lengths[needle] ?? 0), end, needle)) break;
      }
    }
  }

  #step(from: number, unit: number): number {
    for (let state = from; state !== root; state = this.#fail[state] ?? root) {
      const next = this.#childOf(state, unit);
      if (next !== none) return next;
    }
    return this.#fromRoot[unit] ?? root;
  }

  #childOf(state: number, unit: number): number {
    let child = this.#child[state] ?? none;
    while (child !== none && this.#unit[child] !== unit) child = this.#sibling[child] ?? none;
    return child;
  }

  #insert(needle: string, index: number): void {
    let state = root;
    for (let at = 0; at < needle.length; at++) {
      const unit = needle.charCodeAt(at);
      const known = state === root ? this.#fromRoot[unit] || none : this.#childOf(state, unit);
      state = known === none ? this.#add(state, unit) : known;
    }
    if (state !== root && this.#needle[state] === none) this.#needle[state] = index;
  }

  #add(parent: number, unit: number): number {
    const state = this.#unit.length;
    this.#unit.push(unit);
    this.#child.push(none);
    this.#sibling.push(this.#child[parent] ?? none);
    this.#fail.push(root);
    this.#needle.push(none);
    this.#shorter.push(none);
    this.#child[parent] = state;
    if (parent === root) this.#fromRoot[unit] = state;
    return state;
  }

  /** Breadth first: a state's failure link leads to the longest proper suffix of what it stands for. */
  #link(): void {
    const queue = [root];
    for (const parent of queue) {
      for (let state = this.#child[parent] ?? none; state !== none; state = this.#sibling[state] ?? none) {
        const fail = parent === root ? root : this.#step(this.#fail[parent] ?? root, this.#unit[state] ?? 0);
        this.#fail[state] = fail;
        this.#shorter[state] = this.#needle[fail] === none ? (this.#shorter[fail] ?? none) : fail;
        queue.push(state);
      }
    }
  }
}
