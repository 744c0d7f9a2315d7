import { createHash } from "node:crypto";
import type { RequestBlock, RequestFile } from "../syntax/nodes.ts";

/**
 * Which request of a file was meant, so that it is found again after an edit. An index alone would send another
 * request once a block is added above it.
 */
export interface RequestKey {
  readonly block: number;
  /** Digest of the block's text without the blank lines at its end. */
  readonly digest: string;
  readonly name: string | undefined;
  /** How many blocks the file had then. */
  readonly blocks: number;
}

export function requestKey(file: RequestFile, block: number): RequestKey | undefined {
  const node = file.blocks[block];
  if (!node?.request) return undefined;
  return { block, digest: digestOf(file, node), name: node.name?.text, blocks: file.blocks.length };
}

/**
 * The block that `key` means now: the one with the same text; else the only one with the same name; else the one at
 * the same place while the number of blocks is the same (edited where it stands). Undefined where that is a guess.
 */
export function findRequest(file: RequestFile, key: RequestKey): number | undefined {
  const isSame = (block: RequestBlock | undefined) =>
    block?.request !== undefined && digestOf(file, block) === key.digest;
  if (isSame(file.blocks[key.block])) return key.block;
  const same = indexesOf(file, isSame);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  if (key.name !== undefined) {
    const named = indexesOf(file, (block) => block.request !== undefined && block.name?.text === key.name);
    if (named.length === 1) return named[0];
  }
  const unmoved = file.blocks.length === key.blocks && file.blocks[key.block]?.request !== undefined;
  return unmoved ? key.block : undefined;
}

/** Webview and CodeLens arguments come as plain data. */
export function isRequestKey(value: unknown): value is RequestKey {
  if (typeof value !== "object" || value === null) return false;
  const { block, digest, name, blocks } = value as Partial<Record<keyof RequestKey, unknown>>;
  return (
    Number.isInteger(block) &&
    Number.isInteger(blocks) &&
    typeof digest === "string" &&
    (name === undefined || typeof name === "string")
  );
}

function indexesOf(file: RequestFile, test: (block: RequestBlock) => boolean): number[] {
  return file.blocks.flatMap((block, index) => (test(block) ? [index] : []));
}

function digestOf(file: RequestFile, block: RequestBlock): string {
  const { start, end } = block.range;
  return createHash("sha256").update(file.text.slice(start, end).trimEnd()).digest("base64url");
}
