import type { SemanticTokens } from "vscode-languageserver-types";
import type { LineMap } from "../../syntax/index.ts";
import { tokenModifiers, tokenTypes } from "./legend.ts";
import type { Token } from "./token.ts";

/** Five numbers a token, relative to the one before. Of tokens that overlap the first counts, at one place the shorter. */
export function encodeTokens(tokens: readonly Token[], lines: LineMap): SemanticTokens {
  const sorted = tokens
    .filter(({ range }) => range.end > range.start)
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  let end = 0;
  for (const { range, type, modifiers } of sorted) {
    if (range.start < end) continue;
    const place = lines.positionAt(range.start);
    if (lines.positionAt(range.end).line !== place.line) continue;
    data.push(
      place.line - last.line,
      place.line === last.line ? place.character - last.character : place.character,
      range.end - range.start,
      tokenTypes.indexOf(type),
      modifiers.reduce((bits, modifier) => bits | (1 << tokenModifiers.indexOf(modifier)), 0),
    );
    last = place;
    end = range.end;
  }
  return { data };
}
