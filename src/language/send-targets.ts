import type { TextRange } from "../common/range.ts";
import type { RequestFile } from "../syntax/index.ts";
import { blockTitle } from "./request-title.ts";

export interface SendTarget {
  /** Index into `file.blocks`. */
  readonly block: number;
  /** The request line, where "Send" stands. */
  readonly range: TextRange;
  readonly title: string;
}

/** One for each request, in the order of the file. */
export function sendTargets(file: RequestFile): SendTarget[] {
  return file.blocks.flatMap((block, index) =>
    block.request ? { block: index, range: block.request.lineRange, title: blockTitle(block) ?? "" } : [],
  );
}
