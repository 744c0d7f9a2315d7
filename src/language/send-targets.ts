import type { TextRange } from "../common/range.ts";
import type { RequestFile } from "../syntax/index.ts";
import { blockTitle } from "./request-title.ts";

export interface SendTarget {
  /** Index into `file.blocks`. */
  readonly block: number;
  /** The request line, or the first `run` line of a block without one: where "Send" stands. */
  readonly range: TextRange;
  readonly title: string;
}

/** One for each block that sends something, in the order of the file. */
export function sendTargets(file: RequestFile): SendTarget[] {
  return file.blocks.flatMap((block, index) => {
    const range = block.request?.lineRange ?? block.runs[0]?.range;
    return range ? [{ block: index, range, title: blockTitle(block) ?? "" }] : [];
  });
}
