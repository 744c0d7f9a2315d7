/** Where a needle stands in the bytes that were searched. */
export type OnHit = (start: number, end: number, needle: number) => void;

export const shortestNeedle = 4;
/** A longer window skips more at once but fills the table with more of its blocks. */
const longestWindow = 16;
const none = -1;

/**
 * Finds many byte strings at once (Wu and Manber, 1994): a table says for each three bytes how far the next place is
 * at which a needle can end, so that most bytes are never looked at. No regular expression is built from a secret.
 */
export class Matcher {
  readonly longest: number;
  readonly #window: number;
  readonly #hashShift: number;
  readonly #skip: Uint8Array;
  /** The first needle of each slot, and the next one of the same slot. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #starts: Int32Array;

  /** `needles`: one character for each byte (Latin-1); none shorter than `shortestNeedle`. */
  constructor(needles: readonly string[]) {
    this.longest = needles.reduce((most, needle) => Math.max(most, needle.length), 0);
    this.#window = needles.reduce((least, needle) => Math.min(least, needle.length), longestWindow);
    const bits = needles.length > 200 ? 16 : 13;
    this.#hashShift = 32 - bits;
    this.#skip = new Uint8Array(1 << bits).fill(this.#window - 2);
    this.#first = new Int32Array(1 << bits).fill(none);
    this.#next = new Int32Array(needles.length).fill(none);
    this.#starts = new Int32Array(needles.length + 1);
    this.#bytes = Buffer.from(needles.join(""), "latin1");
    let start = 0;
    for (const [index, needle] of needles.entries()) {
      this.#insert(start, index);
      start += needle.length;
      this.#starts[index + 1] = start;
    }
  }

  /** Reports every place, in no order, at which a needle lies within `from` and `to`. */
  scan(text: Uint8Array, from: number, to: number, onHit: OnHit): void {
    const skip = this.#skip;
    const shift = this.#hashShift;
    const toEnd = this.#window - 1;
    // Two places move on side by side, one in each half: neither has to wait for the other's look into the table.
    const middle = ((from + to) >> 1) + toEnd;
    let low = from + toEnd;
    let high = middle;
    while (low < middle && high < to) {
      const lowDistance = skip[slotAt(text, low, shift)] as number;
      const highDistance = skip[slotAt(text, high, shift)] as number;
      if (lowDistance === 0) this.#compare(text, low - toEnd, to, slotAt(text, low, shift), onHit);
      if (highDistance === 0) this.#compare(text, high - toEnd, to, slotAt(text, high, shift), onHit);
      low = (low + (lowDistance || 1)) | 0;
      high = (high + (highDistance || 1)) | 0;
    }
    this.#finish(text, low, Math.min(middle, to), to, onHit);
    this.#finish(text, high, to, to, onHit);
  }

  /** From the window that ends at `last` to that which ends before `limit`. */
  #finish(text: Uint8Array, last: number, limit: number, to: number, onHit: OnHit): void {
    for (let at = last; at < limit; ) {
      const slot = slotAt(text, at, this.#hashShift);
      const distance = this.#skip[slot] as number;
      if (distance === 0) this.#compare(text, at - this.#window + 1, to, slot, onHit);
      at += distance || 1;
    }
  }

  #compare(text: Uint8Array, at: number, to: number, slot: number, onHit: OnHit): void {
    const needles = this.#bytes;
    for (let index = this.#first[slot] ?? none; index !== none; index = this.#next[index] ?? none) {
      const start = this.#starts[index] ?? 0;
      const length = (this.#starts[index + 1] ?? 0) - start;
      if (at + length > to || text[at + length - 1] !== needles[start + length - 1]) continue;
      let same = 0;
      while (same < length && text[at + same] === needles[start + same]) same++;
      if (same === length) onHit(at, at + length, index);
    }
  }

  /** The three bytes that end the window are the needle's slot; those before them say how far they are from there. */
  #insert(start: number, index: number): void {
    let slot = 0;
    for (let end = 2; end < this.#window; end++) {
      const at = start + end;
      slot = slotAt(this.#bytes, at, this.#hashShift);
      this.#skip[slot] = Math.min(this.#skip[slot] ?? 0, this.#window - 1 - end);
    }
    this.#next[index] = this.#first[slot] ?? none;
    this.#first[slot] = index;
  }
}

/** Of the three bytes that end at `last`. */
function slotAt(bytes: Uint8Array, last: number, shift: number): number {
  const block = (bytes[last - 2] as number) | ((bytes[last - 1] as number) << 8) | ((bytes[last] as number) << 16);
  return Math.imul(block, 0x9e3779b1) >>> shift;
}
