import type { RequestFile } from "../syntax/index.ts";

/** The index of the block whose request the cursor is in, comments and directives above it included. */
export function requestAt(file: RequestFile, offset: number): number | undefined {
  const { blocks } = file;
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.range.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return blocks[low]?.request ? low : undefined;
}
