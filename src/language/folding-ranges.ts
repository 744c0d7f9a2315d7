import type { LineMap, RequestBlock, RequestFile } from "../syntax/index.ts";
import { lineMapOf } from "./line-map-of.ts";

export interface FoldingRange {
  /** 0-based; the line that stays visible. */
  readonly startLine: number;
  /** 0-based, inclusive. */
  readonly endLine: number;
  readonly kind: "block" | "body" | "comment";
}

/** Blocks with a title, runs of comments, and inline bodies by their indentation. */
export function foldingRanges(file: RequestFile): FoldingRange[] {
  const lines = lineMapOf(file);
  return file.blocks
    .flatMap((block) => [...foldBlock(block, lines), ...foldComments(block, lines), ...foldBody(block, lines)])
    .filter(({ startLine, endLine }) => endLine > startLine);
}

function foldBlock(block: RequestBlock, lines: LineMap): FoldingRange[] {
  const first = block.separator ?? block.request;
  if (!first) return [];
  const startLine = lines.positionAt(first.range.start).line;
  const end = lines.positionAt(block.range.end);
  let endLine = end.character === 0 && end.line > startLine ? end.line - 1 : end.line;
  while (endLine > startLine && lines.lineText(endLine).trim() === "") endLine--;
  return [{ startLine, endLine, kind: "block" }];
}

/** Comments and directives on neighbouring lines fold as one. */
function foldComments(block: RequestBlock, lines: LineMap): FoldingRange[] {
  const commentLines = [...block.comments, ...block.directives]
    .map(({ range }) => lines.positionAt(range.start).line)
    .sort((a, b) => a - b);
  const runs: { startLine: number; endLine: number; kind: "comment" }[] = [];
  for (const line of commentLines) {
    const run = runs.at(-1);
    if (run && run.endLine === line - 1) run.endLine = line;
    else runs.push({ startLine: line, endLine: line, kind: "comment" });
  }
  return runs;
}

/** A line folds the lines below it that are indented deeper: fits JSON, XML, GraphQL and YAML alike. */
function foldBody(block: RequestBlock, lines: LineMap): FoldingRange[] {
  const body = block.request?.body;
  if (body?.kind !== "inline") return [];
  const found: FoldingRange[] = [];
  const open: { indent: number; line: number }[] = [];
  let lastText = -1;
  const close = (indent: number) => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      found.push({ startLine: top.line, endLine: lastText, kind: "body" });
    }
  };
  const end = lines.positionAt(body.range.end).line;
  for (let line = lines.positionAt(body.range.start).line; line <= end; line++) {
    const indent = lines.lineText(line).search(/\S/);
    if (indent < 0) continue;
    close(indent);
    open.push({ indent, line });
    lastText = line;
  }
  close(0);
  return found;
}
