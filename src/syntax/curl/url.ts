import { findControlCharacter } from "../characters.ts";
import type { Span, UrlNode } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import { scanReferences } from "../references.ts";
import type { DataPiece } from "./data.ts";

export interface UrlContext {
  /** Where a missing URL is reported. */
  readonly lineRange: Span["range"];
  /** Without `-g` curl reads `{…}` and `[…]` as lists. */
  readonly mayGlob: boolean;
}

/** The URL; `query` is the data of `-G`, which stands in its query, before any fragment. */
export function readUrl(
  urls: readonly Span[],
  query: readonly DataPiece[],
  { lineRange, mayGlob }: UrlContext,
  problems: ProblemLog,
): UrlNode {
  const [first, ...more] = urls;
  for (const { text, range } of more) problems.add("curlTwoUrls", range, text);
  if (!first) {
    problems.add("urlMissing", lineRange, "curl");
    return { range: { start: lineRange.end, end: lineRange.end }, text: "", pieces: [] };
  }
  checkUrl(first, mayGlob, problems);
  const pieces = [first];
  let hasQuery = first.text.includes("?");
  for (const piece of query) {
    if (piece.kind === "file") {
      problems.add("curlSyntax", piece.range, "", "A file cannot stand in the URL's query. Write its text here.");
      continue;
    }
    const { text, range } = piece.text;
    pieces.push({ text: `${hasQuery ? "&" : "?"}${text}`, range });
    hasQuery = true;
  }
  return joinUrl(pieces);
}

const glob = /\{[^{},]*,[^{}]*\}|\[[0-9a-z]+-[0-9a-z]+(?::\d+)?\]/i;

function checkUrl({ text, range }: Span, mayGlob: boolean, problems: ProblemLog): void {
  if (text === "") problems.add("urlMissing", range, "curl");
  if (findControlCharacter(text) >= 0) {
    problems.add("curlSyntax", range, "", "The URL holds a line break. Write it on one line.");
  }
  if (mayGlob && glob.test(withoutReferences(text))) {
    const advice = 'curl would send several requests for "{…}" or "[…]" in a URL. Write one URL, or encode the braces.';
    problems.add("curlSyntax", range, "", advice);
  }
}

function joinUrl(pieces: readonly Span[]): UrlNode {
  const [first, ...query] = pieces;
  const hash = first && query.length > 0 ? first.text.indexOf("#") : -1;
  const ordered =
    first && hash >= 0
      ? [
          { text: first.text.slice(0, hash), range: first.range },
          ...query,
          { text: first.text.slice(hash), range: first.range },
        ]
      : pieces;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const { range } of pieces) {
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  return { range: { start, end }, text: ordered.map(({ text }) => text).join(""), pieces: ordered };
}

function withoutReferences(text: string): string {
  let plain = "";
  let from = 0;
  for (const { range } of scanReferences(text)) {
    plain += text.slice(from, range.start);
    from = range.end;
  }
  return plain + text.slice(from);
}
