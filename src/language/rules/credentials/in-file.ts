import type { RequestFile } from "../../../syntax/index.ts";
import { type Credential, shifted } from "./credential.ts";
import { credentialsInBlock } from "./in-block.ts";

/** Those of the blocks of the last file, counted from the block's start: a keystroke changes one block at most. */
let lastBlocks: ReadonlyMap<string, readonly Credential[]> = new Map();

/** The credentials that are written out in a request file, in the order of their places. */
export function credentialsInFile({ text, blocks }: RequestFile): readonly Credential[] {
  const found: Credential[] = [];
  const known = new Map<string, readonly Credential[]>();
  for (const block of blocks) {
    const { start, end } = block.range;
    const own = text.slice(start, end);
    let credentials = known.get(own) ?? lastBlocks.get(own);
    credentials ??= credentialsInBlock(text, block).map((credential) => moved(credential, -start));
    known.set(own, credentials);
    for (const credential of credentials) found.push(moved(credential, start));
  }
  lastBlocks = known;
  return found;
}

function moved(credential: Credential, by: number): Credential {
  const { range, move } = credential;
  return { ...credential, range: shifted(range, by), move: move && { ...move, range: shifted(move.range, by) } };
}
