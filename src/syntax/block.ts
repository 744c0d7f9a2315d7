import { AnnotationReader } from "./annotation-reader.ts";
import { isComment, isDefinitionLike } from "./annotations.ts";
import { findStart } from "./block-tail.ts";
import { noBody, readBody } from "./body/reader.ts";
import { type BodyLanguage, bodyLanguage } from "./body/reports.ts";
import { code } from "./characters.ts";
import { isCurlLine, readCurl } from "./curl/command.ts";
import { foreignFormAbove, foreignFormInBody, mayStartForm } from "./foreign/forms.ts";
import { ForeignReader } from "./foreign/reader.ts";
import { readHeaders } from "./headers.ts";
import { importWord } from "./imports.ts";
import { nextRequestStart } from "./missing-separator.ts";
import type { HeaderField, RequestBlock, RequestNode, Separator, UrlNode } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { type RequestStart, readRequestLine, readStart } from "./request-line.ts";
import type { Source } from "./source.ts";

/** The lines of one block: a lead of annotations, the `###` line (absent in the first block), and what follows it. */
export interface BlockLines {
  readonly lead: number;
  readonly separator: number | undefined;
  readonly content: number;
  /** Exclusive. */
  readonly end: number;
}

/** Reads the blocks of a file one after the other. */
export class BlockReader {
  readonly #source: Source;
  readonly #problems: ProblemLog;
  readonly #annotations: AnnotationReader;
  readonly #foreign: ForeignReader;
  /** The start of the request line that the prelude ended at; undefined at a cURL command. */
  #start: RequestStart | undefined;
  /** No end of a block comment follows in this block: it is not looked for again. */
  #commentNeverEnds = false;
  /** The line where the block ends: lowered when another request is found in it. */
  #to = 0;
  /** Of the request read last: the next one's is often the same. */
  #language: BodyLanguage | undefined;

  constructor(source: Source, problems: ProblemLog) {
    this.#source = source;
    this.#problems = problems;
    this.#annotations = new AnnotationReader(source, problems);
    this.#foreign = new ForeignReader(source, problems);
  }

  /** The line behind the block: its `end`, or where another request starts without a `###` above it. */
  get next(): number {
    return this.#to;
  }

  /** `start` is where the block's range begins. */
  read(lines: BlockLines, start: number): RequestBlock {
    const annotations = this.#annotations;
    annotations.startBlock();
    this.#foreign.startBlock();
    this.#start = undefined;
    this.#commentNeverEnds = false;
    this.#to = lines.end;
    if (lines.separator !== undefined) {
      for (let line = lines.lead; line < lines.separator; line++) annotations.readAbove(line);
    }
    const separator = lines.separator === undefined ? undefined : readSeparator(this.#source, lines.separator);
    const requestLine = this.#readPrelude(lines.content);
    const request = requestLine < this.#to ? this.#readRequest(requestLine) : undefined;
    const { directives, comments, variables, imports, runs } = annotations;
    const name = annotations.valueOf("name") ?? annotations.valueOf("title") ?? separator?.title;
    const range = { start, end: this.#source.start(this.#to) };
    const { nodes: foreign, outputs } = this.#foreign;
    return { range, separator, directives, comments, variables, imports, runs, outputs, foreign, request, name };
  }

  /** Reads what stands above the request line; returns the request line's number, or the end. */
  #readPrelude(from: number): number {
    const source = this.#source;
    let line = from;
    while (line < this.#to) {
      if (source.isBlank(line) || this.#annotations.readAbove(line)) {
        line++;
        continue;
      }
      const commentEnd = this.#blockCommentEnd(line);
      if (commentEnd !== undefined) {
        for (; line <= commentEnd; line++) if (!source.isBlank(line)) this.#annotations.readCommented(line);
        continue;
      }
      const form = mayStartForm(source.text, source.first(line)) ? foreignFormAbove(source, line) : undefined;
      if (!form) {
        if (isCurlLine(source, line)) return line;
        this.#start = readStart(source, line);
        if (this.#start) return line;
        line = this.#skipUnreadable(line);
        continue;
      }
      line = this.#foreign.read(line, this.#to, form, false);
      if (form.kind === "recorded-response" && line < this.#to) this.#cutAt(line, line);
    }
    return this.#to;
  }

  /** `/*` and its end, each alone on a line: undefined where no such comment starts. */
  #blockCommentEnd(line: number): number | undefined {
    const source = this.#source;
    if (this.#commentNeverEnds || !isAlone(source, line, "/*")) return undefined;
    for (let end = line + 1; end < this.#to; end++) if (isAlone(source, end, "*/")) return end;
    this.#commentNeverEnds = true;
    return undefined;
  }

  /** Neighbouring lines that nothing can be made of are one problem. */
  #skipUnreadable(from: number): number {
    const source = this.#source;
    let next = from + 1;
    while (next < this.#to && this.#isUnreadable(next)) next++;
    const { text, range } = source.line(from);
    this.#problems.add("requestLine", { start: range.start, end: source.line(next - 1).range.end }, text);
    return next;
  }

  #isUnreadable(line: number): boolean {
    const source = this.#source;
    return !(
      source.isBlank(line) ||
      isComment(source, line) ||
      isDefinitionLike(source, line) ||
      foreignFormAbove(source, line) ||
      importWord(source, line) ||
      readStart(source, line) ||
      isCurlLine(source, line)
    );
  }

  #readRequest(line: number): RequestNode {
    const source = this.#source;
    if (!this.#start) return this.#readCurl(line);
    const problems = this.#problems;
    const head = readRequestLine(source, line, this.#to, this.#start, problems);
    const { method, url, version, lineRange } = head;
    for (const comment of head.commentLines) this.#annotations.readLateComment(comment);
    const { headers, next, startsBody } = readHeaders(
      source,
      head.next,
      this.#to,
      this.#annotations,
      this.#foreign,
      problems,
    );
    const headEnd = headers[headers.length - 1]?.range.end ?? lineRange.end;
    reportMissingHost(url, headers, problems);
    if (next >= this.#to) {
      const range = headEnd === lineRange.end ? lineRange : { start: lineRange.start, end: headEnd };
      return { dialect: "http", range, method, url, version, lineRange, headers, body: noBody, curl: undefined };
    }
    this.#language = bodyLanguage(headers, method?.text, this.#language);
    const language = this.#language;
    const other = startsBody ? nextRequestStart(source, next, this.#to, language.isText) : next;
    if (other !== undefined) this.#cutAt(other, next, line);
    const { body, annotations } = readBody(
      source,
      Math.min(next, this.#to),
      this.#to,
      language,
      this.#foreign,
      problems,
    );
    for (const below of annotations) this.#annotations.readBelow(below);
    const range = { start: lineRange.start, end: body.kind === "none" ? headEnd : body.range.end };
    return { dialect: "http", range, method, url, version, lineRange, headers, body, curl: undefined };
  }

  #readCurl(line: number): RequestNode {
    const source = this.#source;
    const { request, next, commentLines } = readCurl(source, line, this.#to, this.#problems);
    for (const comment of commentLines) this.#annotations.readLateComment(comment);
    const other = nextRequestStart(source, next, this.#to, false);
    if (other !== undefined) this.#cutAt(other, next, line);
    for (let below = next; below < this.#to; ) {
      const form = foreignFormInBody(source, below);
      if (form) {
        below = this.#foreign.read(below, this.#to, form, true);
        continue;
      }
      if (isComment(source, below) || isDefinitionLike(source, below)) this.#annotations.readBelow(below);
      else if (!source.isBlank(below)) this.#problems.add("textBehindCurl", source.line(below).range);
      below++;
    }
    return request;
  }

  /** Ends the block above the request whose request line is at `line`, and reports the missing `###` on both sides. */
  #cutAt(line: number, from: number, requestLine?: number): void {
    const source = this.#source;
    const { text, range } = source.line(line);
    this.#to = findStart(source, from, line);
    if (requestLine !== undefined) this.#problems.add("separatorMissingBelow", source.line(requestLine).range, text);
    this.#problems.add("missingSeparator", range, text);
  }
}

function isAlone(source: Source, line: number, mark: string): boolean {
  const first = source.first(line);
  return source.end(line) === first + mark.length && source.text.startsWith(mark, first);
}

function readSeparator(source: Source, line: number): Separator {
  const range = source.rangeOf(line);
  let text = range.start;
  while (source.text.charCodeAt(text) === code.hash) text++;
  return { range, title: text === range.end ? undefined : source.trimmed(text, range.end) };
}

/** Targets in origin form or asterisk form (RFC 9112 section 3.2) need a `Host` field. */
function reportMissingHost(url: UrlNode, headers: readonly HeaderField[], problems: ProblemLog): void {
  if (url.text.charCodeAt(0) !== code.slash && url.text !== "*") return;
  const hasHost = headers.some(({ name, value }) => name.text.toLowerCase() === "host" && value.text !== "");
  if (!hasHost) problems.add("hostMissing", url.range, url.text);
}
