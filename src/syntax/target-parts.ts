import { append, none } from "./append.ts";
import { code, isBlank } from "./characters.ts";
import { priorKnowledge, readHttpVersion, versionNumber } from "./http-version.ts";
import type { Span, UrlNode } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import type { Source } from "./source.ts";

/** Takes the pieces of the target one after the other and takes the HTTP version off the end of each. */
export class TargetParts {
  readonly #source: Source;
  readonly #problems: ProblemLog;
  #pieces: readonly Span[] = none;
  #version: Span | undefined;
  /** Pieces came behind the version; reported once. */
  #hasLateQuery = false;

  constructor(source: Source, problems: ProblemLog) {
    this.#source = source;
    this.#problems = problems;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  get version(): Span | undefined {
    return this.#version;
  }

  add(piece: Span): void {
    const { text } = this.#source;
    let rest = piece;
    let { end } = piece.range;
    let start = versionStart(text, piece.range.start, end);
    if (this.#version && start !== piece.range.start && !this.#hasLateQuery) {
      this.#hasLateQuery = true;
      this.#problems.add("versionBeforeQuery", this.#version.range, this.#version.text);
    }
    while (start >= 0) {
      this.#takeVersion(this.#source.span(start, end));
      rest = this.#source.trimmed(piece.range.start, start);
      end = rest.range.end;
      start = versionStart(text, rest.range.start, end);
    }
    if (rest.text !== "") this.#pieces = append(this.#pieces, rest);
  }

  /** Takes away quotes around the whole target. */
  unquote(): void {
    const first = this.#pieces[0];
    const char = first?.text.charCodeAt(0);
    if (char !== code.quote && char !== code.apostrophe) return;
    const last = this.#pieces.at(-1);
    if (!first || !last) return;
    const quote = first.text.charAt(0);
    const range = { start: first.range.start, end: last.range.end };
    const isClosed = range.end - range.start > 1 && last.text.endsWith(quote);
    this.#problems.add(isClosed ? "urlQuoted" : "urlQuoteOpen", range);
    if (!isClosed) return;
    const shrunk = (piece: Span, from: number, to: number) => this.#source.span(piece.range.start + from, to);
    const pieces = [shrunk(first, 1, first.range.end), ...this.#pieces.slice(1)];
    const closing = pieces.at(-1) ?? first;
    this.#pieces = pieces.with(-1, shrunk(closing, 0, closing.range.end - 1));
  }

  /** `fallback` is where an absent URL would stand. */
  url(fallback: number): UrlNode {
    const first = this.#pieces[0];
    if (first && this.#pieces.length === 1) return { range: first.range, text: first.text, pieces: this.#pieces };
    const range = { start: first?.range.start ?? fallback, end: this.#pieces.at(-1)?.range.end ?? fallback };
    let text = "";
    for (const piece of this.#pieces) text += piece.text;
    return { range, text, pieces: this.#pieces };
  }

  #takeVersion(version: Span): void {
    if (this.#version) this.#problems.add("httpVersionTwice", version.range, version.text);
    else reportVersion(version, this.#problems);
    this.#version = version;
  }
}

/** Where the last word between two offsets starts if it is `HTTP/…`, else -1. */
function versionStart(text: string, start: number, end: number): number {
  let word = end;
  if (text.charCodeAt(end - 1) === code.closeParenthesis) {
    word -= priorKnowledge.exec(text.slice(Math.max(start, end - 24), end))?.[0].length ?? 0;
  }
  while (word > start && !isBlank(text.charCodeAt(word - 1))) word--;
  // The "h" in either case.
  const char = text.charCodeAt(word) | 32;
  if (word + 4 >= end || char !== 104 || text.charCodeAt(word + 4) !== code.slash) return -1;
  return text.slice(word, word + 4).toUpperCase() === "HTTP" ? word : -1;
}

/** `end`, or where an HTTP version starts before it. */
export function endBeforeVersion(text: string, start: number, end: number): number {
  const version = versionStart(text, start, end);
  return version < 0 ? end : version;
}

function reportVersion(version: Span, problems: ProblemLog): void {
  const number = versionNumber(version.text);
  if (readHttpVersion(version.text)) return;
  if (/^(?:1\.0|3(?:\.0)?)$/.test(number)) {
    problems.add("unsupportedForm", version.range, version.text, 'Write "HTTP/1.1" or "HTTP/2", or leave it out.');
  } else {
    problems.add("httpVersion", version.range, version.text);
  }
}
