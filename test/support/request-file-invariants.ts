import assert from "node:assert/strict";
import type { TextRange } from "../../src/common/range.ts";
import type { RequestBlock, RequestFile } from "../../src/syntax/index.ts";

/** What holds for the tree of any text: blocks cover it, ranges nest, spans hold the text of their range. */
export function assertTree(file: RequestFile): void {
  const { text } = file;
  if (file.range.start !== 0 || file.range.end !== text.length) assert.fail("the file's range is not the text");
  let end = 0;
  for (const block of file.blocks) {
    if (block.range.start !== end) assert.fail(`a block starts at ${block.range.start}, not at ${end}`);
    end = block.range.end;
    assertBlock(block, file.range, text);
  }
  if (end !== text.length) assert.fail("the blocks do not cover the text");
}

/** Problems are in the text, in order, and speak. */
export function assertProblems({ text, problems }: RequestFile): void {
  let start = 0;
  for (const { range, code, message } of problems) {
    assertInside(range, { start: 0, end: text.length }, code);
    if (range.start < start) assert.fail(`${code} is out of order`);
    start = range.start;
    if (!/^parse\.[a-z-]+$/.test(code)) assert.fail(`${code} is not a code of the parser`);
    if (message.length <= 20 || message.includes("\n")) assert.fail(`${code} says ${JSON.stringify(message)}`);
  }
}

/** `block.name` points into the block, so the walk covers it too. */
function assertBlock(block: RequestBlock, file: TextRange, text: string): void {
  const { request, ...rest } = block;
  assertNode(rest, file, text);
  if (!request) return;
  assertNode(request, block.range, request.dialect === "curl" ? undefined : text);
  assertInside(request.lineRange, request.range, "the request line");
  if (request.url.text !== request.url.pieces.map((piece) => piece.text).join(""))
    assert.fail("the URL is not its pieces");
}

/**
 * Every object below `node` with a range lies in the nearest one above it; spans hold the text of their range (but in a
 * cURL command, where `text` is undefined).
 */
function assertNode(node: unknown, outer: TextRange, text: string | undefined): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) assertNode(item, outer, text);
    return;
  }
  let range = outer;
  if ("range" in node) {
    range = node.range as TextRange;
    assertInside(range, outer, node);
    if (text !== undefined && "text" in node && typeof node.text === "string" && !("pieces" in node)) {
      if (node.text !== text.slice(range.start, range.end)) assert.fail(`a span holds ${JSON.stringify(node.text)}`);
    }
  }
  for (const value of Object.values(node)) assertNode(value, range, text);
}

export function assertInside(inner: TextRange, outer: TextRange, what: unknown): void {
  if (inner.start > inner.end || inner.start < outer.start || inner.end > outer.end) {
    assert.fail(`${JSON.stringify(inner)} is not inside ${JSON.stringify(outer)}: ${JSON.stringify(what)}`);
  }
}
