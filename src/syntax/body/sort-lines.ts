import { isComment, isDefinition } from "../annotations.ts";
import { append, none } from "../append.ts";
import { type ForeignForm, foreignFormInBody, mayStartForm } from "../foreign/forms.ts";
import type { ForeignReader } from "../foreign/reader.ts";
import { readForeign } from "../foreign/reader.ts";
import type { Source } from "../source.ts";
import { isFileLine } from "./file-line.ts";

export interface SortedLines {
  /** The first and last lines that are body text or a file and not blank; -1 without any. */
  readonly firstText: number;
  readonly lastText: number;
  /** The lines between those that name a file. */
  readonly files: readonly number[];
  /** Comments and definitions below a form. */
  readonly annotations: readonly number[];
  /** Text below a form. Where text stands above it, this is no part of the body; else it is all of it. */
  readonly behindForm: { readonly first: number; readonly last: number } | undefined;
}

/** Tells body text from files and from the forms of other tools, which go to `foreign`. `isText`: it may be a message. */
export function sortLines(
  source: Source,
  from: number,
  to: number,
  isText: boolean,
  foreign: ForeignReader,
): SortedLines {
  let firstText = -1;
  let lastText = -1;
  // Most bodies are nothing but text.
  for (let line = from; line < to; line++) {
    if (mayStartForm(source.text, source.start(line))) {
      return new LineSorter(source, to, isText, foreign, firstText, lastText).sort(line);
    }
    if (source.isBlank(line)) continue;
    if (firstText < 0) firstText = line;
    lastText = line;
  }
  return { firstText, lastText, files: none, annotations: none, behindForm: undefined };
}

interface Waiting {
  readonly line: number;
  readonly form: ForeignForm;
}

class LineSorter {
  readonly #source: Source;
  readonly #to: number;
  readonly #isText: boolean;
  readonly #foreign: ForeignReader;
  #files: readonly number[] = none;
  #annotations: readonly number[] = none;
  #firstText: number;
  #lastText: number;
  #behind: { first: number; last: number } | undefined;
  #hasForm = false;
  #hasTextAboveForm = false;
  /** Forms that are text after all when more text follows. */
  #waiting: readonly Waiting[] = none;
  /** A lone `{{` is text; once one is not closed, none below it is. */
  #blocksNeverClose = false;

  /** `firstText` and `lastText` are those of the lines above. */
  constructor(
    source: Source,
    to: number,
    isText: boolean,
    foreign: ForeignReader,
    firstText: number,
    lastText: number,
  ) {
    this.#source = source;
    this.#to = to;
    this.#isText = isText;
    this.#foreign = foreign;
    this.#firstText = firstText;
    this.#lastText = lastText;
  }

  sort(from: number): SortedLines {
    const source = this.#source;
    for (let line = from; line < this.#to; ) {
      const next = mayStartForm(source.text, source.start(line)) ? this.#readForm(line) : undefined;
      if (next === undefined && !source.isBlank(line)) this.#readText(line);
      line = next ?? line + 1;
    }
    for (const { line, form } of this.#waiting) this.#foreign.read(line, this.#to, form, true);
    return {
      firstText: this.#firstText,
      lastText: this.#lastText,
      files: this.#files,
      annotations: this.#annotations,
      behindForm: this.#behind,
    };
  }

  /** The line behind the form; undefined for a line that is text or a file. */
  #readForm(line: number): number | undefined {
    const form = foreignFormInBody(this.#source, line);
    if (!form || (this.#isText && form.kind === "recorded-response")) {
      if (isFileLine(this.#source.line(line).text)) this.#files = append(this.#files, line);
      return undefined;
    }
    if (form.onlyAtEnd) {
      this.#waiting = append(this.#waiting, { line, form });
      return line + 1;
    }
    if (form.until === "}}") {
      if (this.#blocksNeverClose) return undefined;
      this.#blocksNeverClose = readForeign(this.#source, line, this.#to, form) === undefined;
      if (this.#blocksNeverClose) return undefined;
    }
    for (const waiting of this.#waiting) this.#foreign.read(waiting.line, this.#to, waiting.form, true);
    this.#waiting = none;
    if (!this.#hasForm) this.#hasTextAboveForm = this.#firstText >= 0;
    this.#hasForm = true;
    return this.#foreign.read(line, this.#to, form, true);
  }

  #readText(line: number): void {
    const source = this.#source;
    if (this.#hasForm || this.#waiting.length > 0) {
      const isAnnotation = isComment(source, line) || (this.#hasForm && isDefinition(source, line));
      if (isAnnotation && !(this.#behind && !this.#hasTextAboveForm)) {
        if (this.#hasForm || this.#waiting.length > 0) this.#annotations = append(this.#annotations, line);
        return;
      }
    }
    const first = this.#waiting[0]?.line ?? line;
    // What waited is text, and so are the comments between.
    if (this.#waiting.length > 0) this.#annotations = this.#annotations.filter((annotation) => annotation < first);
    this.#waiting = none;
    if (this.#hasForm) {
      this.#behind ??= { first, last: line };
      this.#behind.last = line;
      if (this.#hasTextAboveForm) return;
    }
    if (this.#firstText < 0) this.#firstText = first;
    this.#lastText = line;
  }
}
