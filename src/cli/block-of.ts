import type { Problem, RequestBlock, RequestFile } from "../syntax/nodes.ts";

/** The block that a problem stands in; blocks follow each other without gaps. In logarithmic time: files can be large. */
export function blockOf({ blocks }: RequestFile, { range }: Problem): RequestBlock | undefined {
  let low = 0;
  let high = blocks.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.range.start ?? 0) <= range.start) low = middle;
    else high = middle;
  }
  return blocks[low];
}
