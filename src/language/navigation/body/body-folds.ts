import type { LineMap, Span } from "../../../syntax/index.ts";
import type { Fold } from "../folding-ranges.ts";
import { bodyElements } from "./elements.ts";

/** JSON and XML fold by their nesting and keep the line that closes them visible; other text by its indentation. */
export function bodyFolds({ text, range }: Span, lines: LineMap): Fold[] {
  const elements = bodyElements(text);
  if (!elements) return indentationFolds(range.start, range.end, lines);
  return elements
    .filter(({ isContainer }) => isContainer)
    .map(({ start, end }) => ({
      startLine: lines.positionAt(range.start + start).line,
      endLine: lines.positionAt(range.start + end - 1).line - 1,
    }));
}

/** A line folds the lines below it that are indented deeper: fits YAML and GraphQL alike. */
function indentationFolds(start: number, end: number, lines: LineMap): Fold[] {
  const found: Fold[] = [];
  const open: { indent: number; line: number }[] = [];
  let lastText = -1;
  const close = (indent: number) => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      found.push({ startLine: top.line, endLine: lastText });
    }
  };
  const last = lines.positionAt(end).line;
  for (let line = lines.positionAt(start).line; line <= last; line++) {
    const indent = lines.lineText(line).search(/\S/);
    if (indent < 0) continue;
    close(indent);
    open.push({ indent, line });
    lastText = line;
  }
  close(0);
  return found;
}
