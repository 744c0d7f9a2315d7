import type { OnHit } from "./matcher.ts";

interface FieldNeedle {
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** Finds byte strings that may be too short to skip anything for them. */
export class FieldMatcher {
  readonly longest: number;
  readonly #byFirst: readonly (readonly FieldNeedle[] | undefined)[];
  readonly #isEmpty: boolean;

  constructor(needles: readonly FieldNeedle[]) {
    this.longest = needles.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
    this.#isEmpty = needles.length === 0;
    const byFirst: (FieldNeedle[] | undefined)[] = Array.from({ length: 256 });
    for (const needle of needles) {
      const first = needle.bytes[0];
      if (first === undefined) continue;
      byFirst[first] ??= [];
      byFirst[first].push(needle);
    }
    this.#byFirst = byFirst;
  }

  scan(text: Uint8Array, from: number, to: number, onHit: OnHit): void {
    if (this.#isEmpty) return;
    for (let at = from; at < to; at++) {
      const needles = this.#byFirst[text[at] ?? 0];
      if (!needles) continue;
      for (const { index, bytes } of needles) {
        if (at + bytes.length <= to && startsAt(text, at, bytes)) onHit(at, at + bytes.length, index);
      }
    }
  }
}

function startsAt(text: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if (text[at + index] !== bytes[index]) return false;
  return true;
}
