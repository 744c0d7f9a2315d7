import type { SourceLocation, TextRange } from "../common/range.ts";
import { createLineMap } from "../syntax/index.ts";

/** Turns ranges of the request file into places for people. */
export type Locate = (range: TextRange) => SourceLocation;

/** A range of several lines is shown up to the end of its first one. The line is the file's own text: no values. */
export function createLocate(text: string, shownFile: string): Locate {
  const lines = createLineMap(text);
  return (range) => {
    const start = lines.positionAt(range.start);
    const end = lines.positionAt(range.end);
    const lineText = lines.lineText(start.line);
    const endColumn = (end.line === start.line ? end.character : lineText.length) + 1;
    return { file: shownFile, line: start.line + 1, column: start.character + 1, endColumn, lineText };
  };
}
