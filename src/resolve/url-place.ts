import type { TextRange } from "../common/range.ts";
import type { UrlNode } from "../syntax/index.ts";

/** Where a part of the joined target stands: its pieces are on several lines. */
export function placeInUrl(url: UrlNode, range: TextRange): TextRange {
  let offset = 0;
  for (const piece of url.pieces) {
    const start = piece.range.start + range.start - offset;
    offset += piece.text.length;
    if (range.start < offset) return { start, end: start + range.end - range.start };
  }
  return url.range;
}
