import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import type { LineMap, RequestBlock, RequestNode } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import { bodyFolds } from "./body/body-folds.ts";

/** Lines, 0-based and inclusive; the first stays visible. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: FoldingRangeKind;
}

/**
 * Blocks, runs of comments and of imports, header groups, bodies by their nesting, scripts of other dialects and cURL
 * commands. An editor folds a line once: of two folds that start there the longer counts.
 */
export function foldingRanges({ file, lines }: LanguageDocument): FoldingRange[] {
  const byLine = new Map<number, Fold>();
  for (const fold of file.blocks.flatMap((block) => foldsOf(block, lines))) {
    const other = byLine.get(fold.startLine);
    if (fold.endLine > fold.startLine && (!other || other.endLine < fold.endLine)) byLine.set(fold.startLine, fold);
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine).map((fold) => ({ ...fold }));
}

function foldsOf(block: RequestBlock, lines: LineMap): Fold[] {
  const { comments, directives, imports, foreign, request } = block;
  return [
    ...blockFold(block, lines),
    ...runsOf([...comments, ...directives], lines, FoldingRangeKind.Comment),
    ...runsOf(
      imports.filter(({ range }) => !directives.some((directive) => directive.range.start === range.start)),
      lines,
      FoldingRangeKind.Imports,
    ),
    ...foreign.map(({ range }) => linesOf(range, lines)),
    ...(request ? requestFolds(request, lines) : []),
  ];
}

function blockFold(block: RequestBlock, lines: LineMap): Fold[] {
  const first = block.separator ?? block.request;
  if (!first) return [];
  const { startLine, endLine } = linesOf({ start: first.range.start, end: block.range.end }, lines);
  let last = endLine;
  while (last > startLine && lines.lineText(last).trim() === "") last--;
  return [{ startLine, endLine: last, kind: FoldingRangeKind.Region }];
}

/** What stands on neighbouring lines folds as one. */
function runsOf(nodes: readonly { readonly range: TextRange }[], lines: LineMap, kind: FoldingRangeKind): Fold[] {
  const nodeLines = nodes.map(({ range }) => lines.positionAt(range.start).line).sort((a, b) => a - b);
  const runs: { startLine: number; endLine: number; kind: FoldingRangeKind }[] = [];
  for (const line of nodeLines) {
    const run = runs.at(-1);
    if (run && run.endLine === line - 1) run.endLine = line;
    else runs.push({ startLine: line, endLine: line, kind });
  }
  return runs;
}

function requestFolds({ dialect, range, headers, body }: RequestNode, lines: LineMap): Fold[] {
  if (dialect === "curl") return [linesOf(range, lines)];
  const first = headers[0];
  const group = first ? [linesOf({ start: first.range.start, end: headers.at(-1)?.range.end ?? 0 }, lines)] : [];
  return body.kind === "inline" || body.kind === "mixed" ? [...group, ...bodyFolds(body.content, lines)] : group;
}

/** A range that ends with a line end does not reach the line behind it. */
function linesOf({ start, end }: TextRange, lines: LineMap): Fold {
  const startLine = lines.positionAt(start).line;
  const last = lines.positionAt(end);
  return { startLine, endLine: last.character === 0 && last.line > startLine ? last.line - 1 : last.line };
}
