import { gap, gapOf, hole, isSign, mostBytesOfEscape, putEscape, type Reading, type Trace } from "./reading.ts";
import { RunMap } from "./run-map.ts";
import { longestEscape, type readEscape, sizeOf } from "./unescape.ts";

/** More line breaks in a row are no folded line. */
const mostLeftOut = 64;

/** A reading of what another reading has: escapes of escapes. Only what lies around the places given is read. */
export class Rereading implements Reading {
  bytes = new Uint8Array(0);
  length = 0;
  isCut = false;
  /** Where an escape was read as a sign that may begin another one. */
  readonly signs: number[] = [];
  readonly #runs = new RunMap();
  #other: Reading | undefined;
  #leftOut = 0;
  #gap: number = gap.none;

  /**
   * Reads the escapes at the given places of the other reading (ascending), and as many bytes around each as a value
   * with this escape can have.
   */
  read(
    other: Reading,
    places: readonly number[],
    reachOf: (place: number) => number,
    readOne: typeof readEscape,
  ): void {
    this.#begin(other);
    let at = 0;
    /** To here the window around the last place reaches; -1 before the first. */
    let until = -1;
    for (const place of places) {
      if (place < at) continue;
      if (other.isCut && place + longestEscape > other.length) break;
      const decoded = readOne(other.bytes, place, other.length);
      if (decoded === 0) continue;
      const reach = reachOf(place);
      if (place - reach > until) {
        if (until >= 0) this.#closeWindow(other, at, until);
        at = Math.max(at, until, place - reach);
      }
      if (place > at) this.#copy(other.bytes, at, place);
      at = place + sizeOf(decoded);
      this.#put(decoded, place, at);
      until = Math.max(until, at + reach);
    }
    if (until < 0) return;
    const end = other.isCut ? Math.max(at, other.length - longestEscape) : other.length;
    this.isCut = other.isCut && until > end;
    this.#closeWindow(other, at, Math.min(until, end));
  }

  trace(from: number, to: number): Trace {
    const trace = {
      starts: new Int32Array(to - from),
      ends: new Int32Array(to - from),
      gaps: new Uint8Array(to - from),
    };
    const first = this.#runs.sourceOf(from).start;
    const source = this.#other?.trace(first, this.#runs.sourceOf(to - 1).end);
    for (let index = from; index < to; index++) {
      const { start, end, gap: left, isFirst } = this.#runs.sourceOf(index);
      trace.starts[index - from] = source?.starts[start - first] ?? 0;
      trace.ends[index - from] = source?.ends[end - 1 - first] ?? 0;
      trace.gaps[index - from] = left | (isFirst ? (source?.gaps[start - first] ?? 0) : 0);
    }
    return trace;
  }

  boundaryAt(place: number): number {
    const startOf = (at: number) => this.#other?.trace(at, at + 1).starts[0] ?? 0;
    return this.#runs.boundaryAt(place, startOf) ?? place;
  }

  #begin(other: Reading): void {
    this.#other = other;
    // Between two holes there is at least the escape that the one window, or what is left out, begins with.
    const size = 2 * other.length + mostBytesOfEscape + 1;
    if (this.bytes.length < size) this.bytes = new Uint8Array(size);
    this.length = 0;
    this.isCut = false;
    this.#runs.clear();
    this.signs.length = 0;
    this.#leftOut = 0;
    this.#gap = gap.none;
  }

  #copy(from: Uint8Array, start: number, end: number): void {
    this.#open(start, RunMap.asIs);
    for (let at = start; at < end; at++) this.bytes[this.length++] = from[at] ?? 0;
  }

  #open(start: number, end: number): void {
    this.#runs.add(this.length, start, end, this.#gap);
    this.#gap = gap.none;
    this.#leftOut = 0;
  }

  #put(decoded: number, start: number, end: number): void {
    const leaves = gapOf(decoded);
    if (leaves !== gap.none) {
      this.#leaveOut(leaves, start, end);
      return;
    }
    this.#open(start, end);
    if (isSign(decoded)) this.signs.push(this.length);
    this.length = putEscape(this.bytes, this.length, decoded);
  }

  #leaveOut(leaves: number, start: number, end: number): void {
    this.#gap |= leaves;
    if (++this.#leftOut < mostLeftOut) return;
    this.#open(start, end);
    this.bytes[this.length++] = hole;
  }

  /** The rest of a window, and a hole behind it. */
  #closeWindow(other: Reading, from: number, to: number): void {
    if (to > from) this.#copy(other.bytes, from, to);
    this.#runs.add(this.length, to, RunMap.outside, gap.none);
    this.bytes[this.length++] = hole;
    this.#gap = gap.none;
    this.#leftOut = 0;
  }
}
