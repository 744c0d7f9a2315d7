import { encodedForms } from "./encoded-forms.ts";
import { Matcher } from "./matcher.ts";
import { unescapeAll } from "./unescape.ts";

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
  /** The text with every known secret value (plain, percent-, form-, JSON-, base64-, hex-encoded) replaced. */
  redact(text: string): string;
  /** True when nothing is to be redacted. */
  readonly isEmpty: boolean;
}

/**
 * Values, and encoded forms, of fewer characters than this are replaced only where they stand as a whole word:
 * everything else would turn each "a" of a response into a reference and give the secret away by that.
 */
const shortestAnywhere = 4;

export function createRedactor(): Redactor {
  return new NeedleRedactor();
}

interface Needle {
  readonly text: string;
  /** Of the secrets that it is a form of, or is made of. */
  readonly names: readonly string[];
  /** What takes its place; undefined for our own references, which stay as they are. */
  readonly shown: string | undefined;
  readonly wholeWord: boolean;
}

interface Match {
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly shown: string | undefined;
}

class NeedleRedactor implements Redactor {
  readonly #needles = new Map<string, Needle>();
  /** Built at the first use after the last `add`. */
  #matcher: { readonly matcher: Matcher; readonly needles: readonly Needle[] } | undefined;

  get isEmpty(): boolean {
    return this.#needles.size === 0;
  }

  add(name: string, value: string, shown = `{{$env.${name}}}`): void {
    this.hide(value, shown, [name]);
  }

  hide(value: string, shown: string, madeOf: readonly string[] = []): void {
    if (value === "") return;
    // A reference that an earlier pass or the request file itself has put there: a secret "env" must not break it.
    for (const text of ["{{$env.", `\${env:`, shown]) {
      this.#put({ text, names: [], shown: undefined, wholeWord: false });
    }
    const isShort = value.length < shortestAnywhere;
    for (const text of encodedForms(value)) {
      // Three characters of base64 are everywhere, whatever stands around them.
      if (text.length < shortestAnywhere && text !== value) continue;
      this.#put({ text, names: madeOf, shown, wholeWord: isShort });
    }
    this.#matcher = undefined;
  }

  include(other: Redactor): void {
    if (!(other instanceof NeedleRedactor)) throw new TypeError("not a redactor of createRedactor");
    for (const needle of other.#needles.values()) this.#put(needle);
    this.#matcher = undefined;
  }

  namesIn(text: string): readonly string[] {
    if (this.isEmpty || text === "") return [];
    const unescaped = unescapeAll(text);
    const matches = [...this.#find(text), ...(unescaped ? this.#find(unescaped.out) : [])];
    return [...new Set(matches.flatMap(({ names }) => names))];
  }

  redact(text: string): string {
    if (this.isEmpty || text === "") return text;
    const unescaped = unescapeAll(text);
    if (!unescaped) return replace(text, this.#find(text));
    const { out, offsets } = unescaped;
    const hidden = this.#find(out).map((match) => ({
      ...match,
      start: offsets[match.start] ?? 0,
      end: offsets[match.end] ?? text.length,
    }));
    return replace(text, [...this.#find(text), ...hidden]);
  }

  /** All matches, in the order of their ends; of those that end at one place, the longest that counts. */
  #find(text: string): Match[] {
    const { matcher, needles } = this.#compiled();
    const matches: Match[] = [];
    matcher.scan(text, (start, end, index) => {
      const needle = needles[index];
      if (!needle || (needle.wholeWord && !isWholeWord(text, start, end))) return false;
      matches.push({ start, end, names: needle.names, shown: needle.shown });
      return true;
    });
    return matches;
  }

  #compiled(): { readonly matcher: Matcher; readonly needles: readonly Needle[] } {
    if (!this.#matcher) {
      const needles = [...this.#needles.values()];
      this.#matcher = { matcher: new Matcher(needles.map((needle) => needle.text)), needles };
    }
    return this.#matcher;
  }

  #put(needle: Needle): void {
    if (!this.#needles.has(needle.text)) this.#needles.set(needle.text, needle);
  }
}

/**
 * Matches that overlap are replaced together, so that nothing of two secrets that share letters remains. What is put
 * in is never looked at again.
 */
function replace(text: string, matches: readonly Match[]): string {
  const outermost = withoutInner(matches);
  let result = "";
  let shownUntil = 0;
  let lastShown: string | undefined;
  for (const { start, end, shown } of outermost) {
    const overlaps = start < shownUntil;
    if (!overlaps) result += text.slice(shownUntil, start);
    const replacement = shown ?? text.slice(Math.max(start, shownUntil), end);
    if (!overlaps || replacement !== lastShown) result += replacement;
    lastShown = replacement;
    shownUntil = end;
  }
  return result + text.slice(shownUntil);
}

/** In the order of their starts, without those that lie within another one. */
function withoutInner(matches: readonly Match[]): Match[] {
  const sorted = [...matches].sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = 0;
  return sorted.filter(({ end }) => {
    const isOuter = end > reach;
    if (isOuter) reach = end;
    return isOuter;
  });
}

const wordCharacter = /[\p{L}\p{N}_]/u;

function isWholeWord(text: string, start: number, end: number): boolean {
  return !wordCharacter.test(text[start - 1] ?? "") && !wordCharacter.test(text[end] ?? "");
}
