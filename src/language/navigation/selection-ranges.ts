import type { Position, SelectionRange } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import { type RequestBlock, type RequestNode, type Span, scanReferences } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import { toRange } from "../lsp-range.ts";
import { blockAt } from "../place.ts";
import { bodyElements } from "./body/elements.ts";
import { holds, partOf } from "./places.ts";

/** For each position what "Expand Selection" goes through: from the word to the file. */
export function selectionRanges(document: LanguageDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const offset = document.lines.offsetAt(position);
    const { text, file } = document;
    const block = blockAt(file, offset);
    const ranges = [...(block ? rangesOfBlock(block, document, offset) : []), file.range];
    const nested = nest([...wordsAt(text, offset), ...ranges].filter((range) => holds(range, offset)));
    return (
      nested.reduceRight<SelectionRange | undefined>(
        (parent, range) => ({ range: toRange(document, range), ...(parent && { parent }) }),
        undefined,
      ) ?? { range: toRange(document, file.range) }
    );
  });
}

/** From the smallest on, each that holds the one before and is larger. */
function nest(ranges: readonly TextRange[]): TextRange[] {
  const nested: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    const inner = nested.at(-1);
    const fits = !inner || (range.start <= inner.start && inner.end <= range.end);
    if (fits && range.end - range.start > (inner ? inner.end - inner.start : 0)) nested.push(range);
  }
  return nested;
}

const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;
const nameCharacter = /[\p{L}\p{M}\p{N}_.-]/u;

/** The word, and the name of several words such as `Content-Type`. */
function wordsAt(text: string, offset: number): TextRange[] {
  return [wordCharacter, nameCharacter].map((character) => {
    let [start, end] = [offset, offset];
    while (start > 0 && character.test(text.charAt(start - 1))) start--;
    while (end < text.length && character.test(text.charAt(end))) end++;
    return { start, end };
  });
}

function rangesOfBlock(block: RequestBlock, document: LanguageDocument, offset: number): TextRange[] {
  const { separator, directives, comments, variables, imports, runs, outputs, foreign, request, range } = block;
  const spans: (Span | undefined)[] = [
    separator?.title,
    ...comments.map(({ text }) => text),
    ...[...directives, ...variables].flatMap(({ name, value }) => [name, value]),
    ...[...imports, ...outputs].map(({ path }) => path),
    ...runs.flatMap(({ path, name, variables: set }) => [path, name, ...set.map(({ value }) => value)]),
    ...foreign.map(({ content }) => content),
  ];
  const nodes = [separator, ...directives, ...comments, ...variables, ...imports, ...runs, ...outputs, ...foreign];
  return [
    ...spans.flatMap((span) => (span ? withReferences(span, offset) : [])),
    ...nodes.flatMap((node) => node?.range ?? []),
    ...(request ? rangesOfRequest(request, document, offset) : []),
    range,
  ];
}

function rangesOfRequest(request: RequestNode, { text }: LanguageDocument, offset: number): TextRange[] {
  const { dialect, range, lineRange, headers, url } = request;
  if (dialect === "curl") {
    return [...withReferences({ text: text.slice(range.start, range.end), range }, offset), lineRange, range];
  }
  const first = headers[0];
  return [
    ...[request.method, request.version].flatMap((span) => span?.range ?? []),
    ...url.pieces.flatMap((piece) => [...urlParts(piece, offset), ...withReferences(piece, offset)]),
    url.range,
    lineRange,
    ...headers.flatMap(({ name, value, range: line }) => [name.range, ...withReferences(value, offset), line]),
    ...(first ? [{ start: first.range.start, end: headers.at(-1)?.range.end ?? first.range.end }] : []),
    ...rangesOfBody(request, offset),
    range,
  ];
}

function rangesOfBody({ body }: RequestNode, offset: number): TextRange[] {
  if (body.kind === "none") return [];
  if (body.kind === "file") return [body.path.range, body.range];
  const { content } = body;
  if (!holds(content.range, offset)) return [];
  const { start } = content.range;
  const elements = bodyElements(content.text) ?? [];
  const line = lineAround(content.text, offset - start);
  return [
    ...withReferences(content, offset),
    ...elements.map((element) => ({ start: start + element.start, end: start + element.end })),
    partOf(content, line.start, line.end).range,
    body.range,
  ];
}

function lineAround(text: string, offset: number): TextRange {
  let [start, end] = [offset, offset];
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  return { start, end };
}

/** A span, and the reference in it at the offset with its parts. */
function withReferences(span: Span, offset: number): TextRange[] {
  if (!holds(span.range, offset)) return [];
  const parts = scanReferences(span.text).flatMap(({ range, expression, name }) => [
    range,
    expression.range,
    name.range,
  ]);
  return [...parts.map(({ start, end }) => partOf(span, start, end).range), span.range];
}

/** Between the delimiters of RFC 3986: host, path and query, segments, and the parameters with their names and values. */
function urlParts(piece: Span, offset: number): TextRange[] {
  if (!holds(piece.range, offset)) return [];
  const { text } = piece;
  return [/[/?#&=:@]/, /[/?#&]/, /[?#]/].map((delimiter) => {
    let [start, end] = [offset - piece.range.start, offset - piece.range.start];
    while (start > 0 && !delimiter.test(text.charAt(start - 1))) start--;
    while (end < text.length && !delimiter.test(text.charAt(end))) end++;
    return partOf(piece, start, end).range;
  });
}
