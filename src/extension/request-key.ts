import { hash } from "node:crypto";
import { createLineMap, parse, type RequestBlock, type RequestFile } from "../syntax/index.ts";

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
  if (!sends(node)) return undefined;
  return { block, digest: digestOf(file, node), name: node.name?.text, blocks: file.blocks.length };
}

/**
 * The block that `key` means now: the one with the same text; else the only one with the same name; else the one at
 * the same place while the number of blocks is the same (edited where it stands). Undefined where that is a guess.
 */
export function findRequest(file: RequestFile, key: RequestKey): number | undefined {
  const isSame = (block: RequestBlock | undefined) => sends(block) && digestOf(file, block) === key.digest;
  if (isSame(file.blocks[key.block])) return key.block;
  const same = indexesOf(file, isSame);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  if (key.name !== undefined) {
    const named = indexesOf(file, (block) => sends(block) && block.name?.text === key.name);
    if (named.length === 1) return named[0];
  }
  const unmoved = file.blocks.length === key.blocks && sends(file.blocks[key.block]);
  return unmoved ? key.block : undefined;
}

/** The block that has exactly the text that `key` was made of; undefined where none has it, or several but not in its place. */
export function findUnchanged(file: RequestFile, key: RequestKey): number | undefined {
  const same = indexesOf(file, (block) => sends(block) && digestOf(file, block) === key.digest);
  if (same.includes(key.block)) return key.block;
  return same.length === 1 ? same[0] : undefined;
}

/**
 * The key of a request that was sent because another one of the same file needed it; undefined for one of another file.
 * An exchange names its request by the line (1-based) of the request line.
 */
export function earlierKey(
  { source, text }: { readonly source: { readonly file: string }; readonly text: string },
  { request }: { readonly request: { readonly file: string; readonly line: number } },
): RequestKey | undefined {
  if (request.file !== source.file) return undefined;
  const file = parse(text);
  const lines = createLineMap(text);
  const lineOf = (offset: number) => lines.positionAt(offset).line + 1;
  const block = file.blocks.findIndex((node) => node.request && lineOf(node.request.lineRange.start) === request.line);
  return requestKey(file, block);
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

/** Has it a request of its own, or `run` lines that send others? */
function sends(block: RequestBlock | undefined): block is RequestBlock {
  return block !== undefined && (block.request !== undefined || block.runs.length > 0);
}

/** One for each block of one parse, as every CodeLens of a file asks for its own. */
const digests = new WeakMap<RequestBlock, string>();

function digestOf(file: RequestFile, block: RequestBlock): string {
  const known = digests.get(block);
  if (known !== undefined) return known;
  const { start, end } = block.range;
  const digest = hash("sha256", file.text.slice(start, end).trimEnd(), "base64url");
  digests.set(block, digest);
  return digest;
}
