import type { RequestFile } from "../syntax/index.ts";
import { blockIndexAt } from "./place.ts";

/** The index of the block that the cursor is in, if it sends something; comments and directives above are included. */
export function requestAt(file: RequestFile, offset: number): number | undefined {
  const index = blockIndexAt(file, offset);
  const block = file.blocks[index];
  return block?.request || block?.runs.length ? index : undefined;
}
