import { FieldMatcher } from "./field-matcher.ts";
import { FirstReading } from "./first-reading.ts";
import { Matcher, type OnHit, shortestNeedle } from "./matcher.ts";
import type { Needle } from "./needles.ts";
import { gap, longestGap, type Reading } from "./reading.ts";
import { Rereading } from "./rereading.ts";
import { introducers, longestEscape, readEscape, readQuotedPrintable, softBreak } from "./unescape.ts";
import { endsBasicCredentials, fieldContext, isWholeField } from "./whole-field.ts";

/** A needle that stands in a text; places are of bytes. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** Its index among the needles. */
  readonly needle: number;
}

export interface FoundPart {
  /** In the order of their starts, longer ones first, then in the order of the needles. */
  readonly found: readonly Found[];
  /** All that begin before this place were found; the next part begins here. */
  readonly next: number;
}

/**
 * Readings take memory for each byte of a part: one set serves all, since a search never waits. Escapes of escapes are
 * read four times over; deeper ones nobody writes.
 */
const firstReading = new FirstReading();
const deeperReadings = [new Rereading(), new Rereading(), new Rereading(), new Rereading()] as const;
const quotedReading = new Rereading();
const smallestPart = 64 * 1024;

/** Finds needles in the bytes of a text, in what its escapes say, and in what its folded lines say. */
export class ValueFinder {
  /** How many bytes to give at once, at least, where there are more. */
  readonly partSize: number;
  /** How many bytes before a part, at most, are looked at too. */
  readonly context: number;
  readonly #needles: readonly Needle[];
  readonly #anywhere: IndexedMatcher;
  readonly #references: IndexedMatcher;
  readonly #fields: FieldMatcher;
  /** Bytes of the longest needle but references. */
  readonly #longest: number;
  /** Of the longest that is not encoded data, in which quoted-printable escapes nothing. */
  readonly #longestText: number;

  constructor(needles: readonly Needle[]) {
    this.#needles = needles;
    const isShort = ({ bytes }: Needle) => bytes.length < shortestNeedle;
    this.#anywhere = indexedMatcher(needles, (needle) => needle.place === "anywhere" && !isShort(needle));
    this.#references = indexedMatcher(needles, (needle) => needle.place === "reference" && !isShort(needle));
    const fields = needles.map(({ bytes }, index) => ({ index, bytes: Buffer.from(bytes, "latin1") }));
    this.#fields = new FieldMatcher(
      fields.filter(({ index }) => needles[index]?.place === "whole-field" || needles[index]?.place === "basic-end"),
    );
    this.#longest = Math.max(this.#anywhere.matcher.longest, this.#fields.longest);
    this.#longestText = needles.reduce((most, { isData, bytes }) => (isData ? most : Math.max(most, bytes.length)), 0);
    this.context = Math.max(fieldContext, this.#references.matcher.longest);
    this.partSize = Math.max(smallestPart, 8 * (this.#longest + this.context));
  }

  /**
   * Searches the bytes between `from`, which is 0 or the last part's `next`, and `to`. A little of what is before and
   * behind them is looked at too. `isEnd`: the text ends at `to`; otherwise `next` may be `from`: more is needed then.
   */
  find(text: Uint8Array, from: number, to: number, isEnd: boolean): FoundPart {
    const found: Found[] = [];
    this.#search(text, from, to, (start, end, needle) => {
      if (this.#needles[needle]?.inText) this.#take(text, start, end, needle, found);
    });
    const used = this.#read(text, from, to, isEnd);
    for (const reading of used) {
      this.#search(reading.bytes, 0, reading.length, (start, end, needle) => {
        if (!this.#needles[needle]?.inReadings) return;
        const { starts, ends, gaps } = reading.trace(start, end);
        if (this.#isAsWritten(gaps, needle)) this.#take(text, starts[0] ?? 0, ends.at(-1) ?? 0, needle, found);
      });
    }
    const next = isEnd ? to : this.#nextPart(text, from, to, used);
    const complete = isEnd ? found : found.filter(({ start }) => start < next);
    const all = [...complete, ...complete.flatMap((one) => this.#referencesNear(text, one))];
    return { found: all.sort((a, b) => a.start - b.start || b.end - a.end || a.needle - b.needle), next };
  }

  /**
   * Where the last bytes begin that may be the beginning of a needle whose rest is missing; the length of the text where
   * there are none. A few letters alone are none, but where the text goes on.
   */
  openTail(text: Uint8Array, goesOn: boolean): number {
    const from = Math.max(0, text.length - this.partSize);
    const part = text.subarray(from);
    const sign = lastIntroducer(part);
    // An escape that is cut off too hides the letter that it stands for.
    const wholes = sign === undefined ? [part] : [part, part.subarray(0, sign)];
    const fewest = goesOn ? 1 : fewestBegun;
    const end = goesOn ? (sign ?? part.length) : part.length;
    return from + Math.min(end, ...wholes.flatMap((whole) => this.#begun(whole, fewest)));
  }

  /** Where the beginnings of needles begin that the text ends with. */
  #begun(text: Uint8Array, fewest: number): number[] {
    const inText = this.#needles
      .filter((needle) => needle.inText)
      .map(({ bytes }) => begunLength(bytes, text, text.length, fewest))
      .filter((begun) => begun > 0)
      .map((begun) => text.length - begun);
    const inReadings = this.#read(text, 0, text.length, true).flatMap((reading) =>
      this.#needles
        .filter((needle) => needle.inReadings)
        .map(({ bytes }) => begunLength(bytes, reading.bytes, reading.length, fewest))
        .filter((begun) => begun > 0)
        .map((begun) => reading.trace(reading.length - begun, reading.length).starts[0] ?? 0),
    );
    return [...inText, ...inReadings];
  }

  #read(text: Uint8Array, from: number, to: number, isEnd: boolean): readonly Reading[] {
    const used: Reading[] = [firstReading];
    firstReading.read(text, from, to, isEnd);
    let last: FirstReading | Rereading = firstReading;
    for (const deeper of deeperReadings) {
      if (last.signs.length === 0) break;
      deeper.read(last, last.signs, () => this.#longest, readEscape);
      used.push(deeper);
      last = deeper;
    }
    const { quoted, softBreaks } = firstReading;
    if (quoted.length === 0) return used;
    const readQuoted: typeof readEscape = (bytes, at, end) =>
      softBreaks.has(at) ? softBreak : readQuotedPrintable(bytes, at, end);
    const reachOf = (place: number) => (softBreaks.has(place) ? this.#longest : this.#longestText);
    quotedReading.read(firstReading, quoted, reachOf, readQuoted);
    return [...used, quotedReading];
  }

  #search(bytes: Uint8Array, from: number, to: number, onHit: OnHit): void {
    const { matcher, indexes } = this.#anywhere;
    matcher.scan(bytes, from, to, (start, end, at) => onHit(start, end, indexes[at] ?? 0));
    this.#fields.scan(bytes, from, to, onHit);
  }

  #referencesNear(text: Uint8Array, { start, end }: Found): Found[] {
    const { matcher, indexes } = this.#references;
    const found: Found[] = [];
    const [from, to] = [Math.max(0, start - matcher.longest), Math.min(text.length, end + matcher.longest)];
    matcher.scan(text, from, to, (first, behind, at) => {
      if (first < end && behind > start) found.push({ start: first, end: behind, needle: indexes[at] ?? 0 });
    });
    return found;
  }

  #take(text: Uint8Array, start: number, end: number, needle: number, found: Found[]): void {
    const place = this.#needles[needle]?.place;
    if (place === "whole-field" && !isWholeField(text, start, end)) return;
    if (place === "basic-end" && !endsBasicCredentials(text, start, end)) return;
    found.push({ needle, start: characterStart(text, start), end: characterEnd(text, end) });
  }

  /** Is what was left out of the reading left out of the needle too, or something that folding or UTF-16 adds? */
  #isAsWritten(gaps: Uint8Array, index: number): boolean {
    const needle = this.#needles[index];
    if (!needle) return false;
    return gaps.every((left, at) => {
      if (at === 0) return true;
      const isOwn = needle.gaps.has(at);
      if (left === gap.none) return !isOwn;
      if (left >= gap.tooLong) return false;
      return isOwn || (needle.place === "anywhere" && (needle.isData || left !== gap.blank));
    });
  }

  #nextPart(text: Uint8Array, from: number, to: number, used: readonly Reading[]): number {
    const margin = this.#longest + this.context + longestEscape;
    let next = to - margin;
    for (const reading of used) {
      const at = reading.length - margin;
      if (reading.isCut) next = Math.min(next, at > 0 ? (reading.trace(at, at + 1).starts[0] ?? from) : from);
    }
    // What is left out may go on for ever; a match does not.
    next = Math.max(next, to - margin - this.#longest * (longestGap + longestEscape));
    for (let last = -1; next > from && next !== last; ) {
      last = next;
      next = characterStart(text, next);
      for (const reading of used) next = reading.boundaryAt(next);
    }
    return Math.max(from, next);
  }
}

const fewestBegun = 4;

/** How many of the last bytes are the first of the needle, but not all of it; 0 for fewer than `fewest`. */
function begunLength(needle: string, bytes: Uint8Array, length: number, fewest: number): number {
  const last = bytes[length - 1];
  for (let begun = Math.min(needle.length - 1, length); begun >= fewest; begun--) {
    if (needle.charCodeAt(begun - 1) !== last) continue;
    let same = 0;
    while (same < begun && needle.charCodeAt(same) === bytes[length - begun + same]) same++;
    if (same === begun) return begun;
  }
  return 0;
}

/** Of an escape that may go on behind the end. */
function lastIntroducer(text: Uint8Array): number | undefined {
  for (let at = text.length - 1; at >= 0 && at > text.length - longestEscape; at--) {
    if (introducers.includes(text[at] ?? 0)) return at;
  }
  return undefined;
}

/** Finds some of the needles. */
interface IndexedMatcher {
  readonly matcher: Matcher;
  /** Of its needles among all. */
  readonly indexes: readonly number[];
}

function indexedMatcher(needles: readonly Needle[], isOne: (needle: Needle) => boolean): IndexedMatcher {
  const indexes = [...needles.keys()].filter((index) => needles[index] !== undefined && isOne(needles[index]));
  return { matcher: new Matcher(indexes.map((index) => needles[index]?.bytes ?? "")), indexes };
}

/** A match of Latin-1 or UTF-16 may end in the middle of what UTF-8 takes for one character: it takes it whole. */
function characterStart(text: Uint8Array, place: number): number {
  for (let at = place; at > place - 4 && at >= 0; at--) {
    const byte = text[at] ?? 0;
    if (byte >= 0xc0) return at;
    if (byte < 0x80) return place;
  }
  return place;
}

function characterEnd(text: Uint8Array, place: number): number {
  if ((text[place - 1] ?? 0) < 0x80) return place;
  let at = place;
  while (at < place + 3 && isContinuation(text[at] ?? 0)) at++;
  return at;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
