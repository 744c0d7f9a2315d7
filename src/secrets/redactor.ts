import type { Note } from "../common/note.ts";
import { type Edit, EditMaker } from "./edits.ts";
import { type Needle, needlesOf, referenceNeedle } from "./needles.ts";
import { replaceInBytes, replaceInText } from "./replace.ts";
import { type Found, ValueFinder } from "./value-finder.ts";
import { isWeak } from "./weak-value.ts";

/** Replaces secret values by the reference they came from. */
export interface Redactor {
  /**
   * From now on `value` and its encoded forms are replaced by `shown`, which is `{{$env.NAME}}` unless given. A value
   * that two names have is shown under the first.
   */
  add(name: string, value: string, shown?: string): void;
  /** As `add`, for a value that is private without being a secret of its own: it is made of those that are named. */
  hide(value: string, shown: string, madeOf?: readonly string[]): void;
  /** Takes over all that another redactor knows. */
  include(other: Redactor): void;
  /** The names of the secrets that occur, in whatever encoding, in the text, or that something in it is made of. */
  namesIn(text: string): readonly string[];
  /** Does it hold a value that was hidden without a name, such as one of a private environment file? */
  holdsUnnamed(text: string): boolean;
  /** The text with every known secret value, in whatever encoding, replaced; see `encoded-forms.ts` and `reading.ts`. */
  redact(text: string): string;
  /** As `redact`, for the bytes of a text in UTF-8 or another superset of ASCII, or of anything else. */
  redactBytes(bytes: Uint8Array): Uint8Array;
  /**
   * Of a text that is cut off: where what may be the beginning of a value begins; its length where there is none.
   * `goesOn`: the rest is shown later, so that a single letter counts too.
   */
  openTail(bytes: Uint8Array, goesOn?: boolean): number;
  /** What is replaced only where it is a whole field, and why. Names secrets, never says anything of their values. */
  warnings(): readonly Note[];
  /** True when nothing is to be redacted. */
  readonly isEmpty: boolean;
  /** What is known now, for a text that comes in parts. */
  snapshot(): RedactorSnapshot;
}

/** Stays as it is, whatever the redactor learns. */
export interface RedactorSnapshot {
  readonly finder: Pick<ValueFinder, "partSize" | "context" | "find">;
  readonly shownOf: (needle: number) => string | undefined;
}

export function createRedactor(): Redactor {
  return new NeedleRedactor();
}

interface KnownNeedle extends Needle {
  /** Of the secrets that it is a form of, or is made of. */
  readonly names: readonly string[];
  /** What takes its place; undefined for our own references, which stay as they are. */
  readonly shown: string | undefined;
}

class NeedleRedactor implements Redactor {
  readonly #needles = new Map<string, KnownNeedle>();
  /** What each weak value is shown as: one warning a value, however many names it has. */
  readonly #weak = new Map<string, string>();
  /** Built at the first use after the last `add`. */
  #compiled: { readonly finder: ValueFinder; readonly needles: readonly KnownNeedle[] } | undefined;

  get isEmpty(): boolean {
    return this.#needles.size === 0;
  }

  add(name: string, value: string, shown = `{{$env.${name}}}`): void {
    if (value !== "" && isWeak(value) && !this.#weak.has(value)) this.#weak.set(value, shown);
    this.hide(value, shown, [name]);
  }

  hide(value: string, shown: string, madeOf: readonly string[] = []): void {
    if (value === "") return;
    // A reference that an earlier pass or the request file itself has put there: a secret "env" must not break it.
    for (const text of ["{{$env.", `\${env:`, shown])
      this.#put({ ...referenceNeedle(text), names: [], shown: undefined });
    for (const needle of needlesOf(value)) this.#put({ ...needle, names: madeOf, shown });
  }

  include(other: Redactor): void {
    if (!(other instanceof NeedleRedactor)) throw new TypeError("not a redactor of createRedactor");
    for (const needle of other.#needles.values()) this.#put(needle);
    for (const [value, shown] of other.#weak) if (!this.#weak.has(value)) this.#weak.set(value, shown);
  }

  warnings(): readonly Note[] {
    return [...new Set(this.#weak.values())].map((reference) => ({
      level: "warning",
      text: `The value of ${reference} is too short, or uses too few different characters, to be hidden wherever it stands: it is hidden only where it is a whole field, such as a header, a JSON value or a line. Use a longer value.`,
    }));
  }

  holdsUnnamed(text: string): boolean {
    if (this.isEmpty || text === "") return false;
    const { needles } = this.#compile();
    return this.#find(Buffer.from(text, "utf8")).some(({ needle }) => {
      const found = needles[needle];
      return found?.shown !== undefined && found.names.length === 0;
    });
  }

  namesIn(text: string): readonly string[] {
    if (this.isEmpty || text === "") return [];
    const { needles } = this.#compile();
    const names = new Set<string>();
    for (const { needle } of this.#find(Buffer.from(text, "utf8"))) {
      for (const name of needles[needle]?.names ?? []) names.add(name);
    }
    return [...names];
  }

  redact(text: string): string {
    if (this.isEmpty || text === "") return text;
    const bytes = Buffer.from(text, "utf8");
    return replaceInText(text, bytes, this.#edits(bytes));
  }

  redactBytes(bytes: Uint8Array): Uint8Array {
    return this.isEmpty ? bytes : replaceInBytes(bytes, this.#edits(bytes));
  }

  openTail(bytes: Uint8Array, goesOn = false): number {
    return this.isEmpty ? bytes.length : this.#compile().finder.openTail(bytes, goesOn);
  }

  snapshot(): RedactorSnapshot {
    const { finder, needles } = this.#compile();
    return { finder, shownOf: (needle) => needles[needle]?.shown };
  }

  #edits(bytes: Uint8Array): Edit[] {
    const { needles } = this.#compile();
    const matches = this.#find(bytes).map(({ start, end, needle }) => ({ start, end, shown: needles[needle]?.shown }));
    return [...new EditMaker().of(matches)];
  }

  #find(bytes: Uint8Array): Found[] {
    const { finder } = this.#compile();
    const all: Found[] = [];
    let size = finder.partSize;
    for (let from = 0; from < bytes.length; ) {
      const isEnd = bytes.length - from <= size * 1.5;
      const { found, next } = finder.find(bytes, from, isEnd ? bytes.length : from + size, isEnd);
      for (const one of found) all.push(one);
      size = next === from ? size * 2 : finder.partSize;
      from = next;
    }
    return all;
  }

  #compile(): { readonly finder: ValueFinder; readonly needles: readonly KnownNeedle[] } {
    if (!this.#compiled) {
      const needles = [...this.#needles.values()];
      this.#compiled = { finder: new ValueFinder(needles), needles };
    }
    return this.#compiled;
  }

  #put(needle: KnownNeedle): void {
    const { inText, inReadings, place, gaps, bytes } = needle;
    const key = `${place}${inText ? "t" : ""}${inReadings ? "r" : ""}${gaps.size > 0 ? [...gaps] : ""} ${bytes}`;
    if (this.#needles.has(key)) return;
    this.#needles.set(key, needle);
    this.#compiled = undefined;
  }
}
