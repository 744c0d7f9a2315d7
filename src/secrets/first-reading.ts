import {
  gap,
  gapOf,
  isSign,
  kinds,
  longestGap,
  mostBytesOfEscape,
  putEscape,
  type Reading,
  type Trace,
} from "./reading.ts";
import { isSoftBreak, longestEscape, quotedIntroducer, readEscape, readQuotedPrintable, sizeOf } from "./unescape.ts";

/** A trace reads at most this many bytes of the text again that it is not asked for. */
const stretch = 256;

/** 1 for a byte that stays, 0 for one that is left out, `mayEscape` for what may begin an escape. */
const mayEscape = 2;
const steps = Uint8Array.from(kinds, (kind) => (kind === 0 ? 1 : kind > 0 ? 0 : mayEscape));
steps[quotedIntroducer] = mayEscape;

/** 1 for what follows a `=` that means something in quoted-printable. */
const afterEquals = new Uint8Array(256);
for (const character of "0123456789ABCDEF\\\r\n") afterEquals[character.charCodeAt(0)] = 1;

/**
 * For each two bytes (the first one in the low bits): those that stay in the low 16 bits, how many they are above;
 * negative if one may begin an escape. Made at the first use.
 */
const pairs = new Int32Array(0x10000);
let hasPairs = false;

function makePairs(): void {
  if (hasPairs) return;
  hasPairs = true;
  for (let second = 0; second < 256; second++) {
    for (let first = 0; first < 256; first++) {
      const [one, two] = [steps[first] ?? 0, steps[second] ?? 0];
      const both = (one === 1 ? first : 0) | (two === 1 ? second << (8 * one) : 0);
      pairs[first | (second << 8)] = one === mayEscape || two === mayEscape ? -1 : both | ((one + two) << 16);
    }
  }
}

/**
 * Copies what stays, up to what may begin an escape. Every byte of every text passes here: two at once, without a
 * decision for each, and `| 0` says that no number is large.
 *
 * @returns the bytes that were read, above 16 bits with those that were written
 */
function copyPairs(from: DataView, start: number, end: number, to: DataView, first: number): number {
  const table = pairs;
  let at = start;
  let length = first;
  while (at < end) {
    const pair = table[from.getUint16(at, true)] as number;
    if (pair < 0) break;
    to.setUint16(length, pair, true);
    length = (length + (pair >>> 16)) | 0;
    at = (at + 2) | 0;
  }
  return ((at - start) << 16) | (length - first);
}

/** The reading of the text itself. It keeps little: what a match needs to know is read again when there is one. */
export class FirstReading implements Reading {
  bytes = new Uint8Array(0);
  length = 0;
  isCut = false;
  /** Where an escape was read as a sign that may begin another one. */
  readonly signs: number[] = [];
  /** Where an escape of quoted-printable stands, or the `=` of a soft line break: it was left as it is. */
  readonly quoted: number[] = [];
  readonly softBreaks = new Set<number>();
  #pairs = new DataView(this.bytes.buffer);
  #text: Uint8Array = this.bytes;
  #to = 0;
  #limit = 0;
  /** Of each stretch of the text: where it begins there, and here. */
  #textPlaces = new Int32Array(16);
  #places = new Int32Array(16);
  #stretches = 0;

  /** Reads the text between `from`, where no escape is open, and `to`. */
  read(text: Uint8Array, from: number, to: number, isEnd: boolean): void {
    this.#begin(text, from, to, isEnd);
    const { bytes } = this;
    const limit = this.#limit;
    const inPairs = new DataView(text.buffer, text.byteOffset, text.byteLength);
    const toPairs = this.#pairs;
    let at = from;
    let length = 0;
    for (let index = 0; at < limit; index++) {
      this.#textPlaces[index] = at;
      this.#places[index] = length;
      this.#stretches = index + 1;
      const stretchEnd = Math.min(limit, at + stretch);
      while (at < stretchEnd) {
        const copied = copyPairs(inPairs, at, stretchEnd - 1, toPairs, length);
        at += copied >>> 16;
        length += copied & 0xffff;
        if (at >= stretchEnd) break;
        const byte = text[at] ?? 0;
        const step = steps[byte] ?? 0;
        const decoded = step === mayEscape ? readEscape(text, at, to) : 0;
        if (decoded !== 0) {
          if (isSign(decoded)) this.signs.push(length);
          if (gapOf(decoded) === gap.none) length = putEscape(bytes, length, decoded);
          at += sizeOf(decoded);
          continue;
        }
        if (byte === quotedIntroducer) this.#noteQuoted(text, at, to, length);
        bytes[length] = byte;
        if (step !== 0) length++;
        at++;
      }
    }
    this.length = length;
  }

  trace(from: number, to: number): Trace {
    const trace = {
      starts: new Int32Array(to - from),
      ends: new Int32Array(to - from),
      gaps: new Uint8Array(to - from),
    };
    this.#again(last(this.#places, this.#stretches, from), (start, end, left, first, behind) => {
      for (let index = Math.max(from, first); index < Math.min(behind, to); index++) {
        trace.starts[index - from] = start;
        trace.ends[index - from] = end;
        trace.gaps[index - from] = index === first ? left : gap.none;
      }
      return behind < to;
    });
    return trace;
  }

  boundaryAt(place: number): number {
    // What was left out may reach back into earlier stretches, of which each is read once.
    let until = Math.min(place + 1, this.#limit);
    for (let index = last(this.#textPlaces, this.#stretches, place); index >= 0; index--) {
      let boundary = -1;
      this.#again(
        index,
        (start) => {
          if (start <= place) boundary = start;
          return start < place;
        },
        until,
      );
      if (boundary >= 0) return boundary;
      until = this.#textPlaces[index] ?? 0;
    }
    return place;
  }

  #begin(text: Uint8Array, from: number, to: number, isEnd: boolean): void {
    const size = to - from + mostBytesOfEscape;
    makePairs();
    if (this.bytes.length < size) {
      this.bytes = new Uint8Array(size);
      this.#pairs = new DataView(this.bytes.buffer);
    }
    if (this.#places.length * stretch < size) {
      this.#places = new Int32Array(Math.ceil(size / stretch));
      this.#textPlaces = new Int32Array(Math.ceil(size / stretch));
    }
    this.#text = text;
    this.#to = to;
    this.#limit = isEnd ? to : to - longestEscape;
    this.#stretches = 0;
    this.length = 0;
    this.isCut = !isEnd;
    this.signs.length = 0;
    this.quoted.length = 0;
    this.softBreaks.clear();
  }

  #noteQuoted(text: Uint8Array, at: number, to: number, place: number): void {
    if (afterEquals[text[at + 1] ?? 0] === 0) return;
    const isSoft = isSoftBreak(text, at, to);
    if (isSoft) this.softBreaks.add(place);
    if (isSoft || readQuotedPrintable(text, at, to) !== 0) this.quoted.push(place);
  }

  /**
   * Reads from the beginning of a stretch on until told to stop, or to the place `until` in the text. Gives, for each byte or escape of the text that is not
   * left out: where it begins and ends there, the gap before it, and the same two places here.
   */
  #again(
    index: number,
    onRead: (start: number, end: number, left: number, first: number, behind: number) => boolean,
    until = this.#limit,
  ): void {
    let at = this.#textPlaces[index] ?? 0;
    let length = this.#places[index] ?? 0;
    let left: number = gap.none;
    let leftFrom = at;
    while (at < until) {
      const kind = kinds[this.#text[at] ?? 0] ?? 0;
      const decoded = kind < 0 ? readEscape(this.#text, at, this.#to) : 0;
      const end = decoded === 0 ? at + 1 : at + sizeOf(decoded);
      const leaves = decoded === 0 ? Math.max(0, kind) : gapOf(decoded);
      if (leaves === gap.none) {
        const behind = decoded === 0 ? length + 1 : putEscape(scratch, 0, decoded) + length;
        if (at - leftFrom > longestGap) left |= gap.tooLong;
        if (!onRead(at, end, left, length, behind)) return;
        length = behind;
        left = gap.none;
        leftFrom = end;
      } else {
        left |= leaves;
      }
      at = end;
    }
  }
}

const scratch = new Uint8Array(mostBytesOfEscape);

/** The index of the last of the ascending places that is not greater; 0 if there is none. */
function last(places: Int32Array, count: number, place: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
