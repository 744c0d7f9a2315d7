import { isSeparator } from "./annotations.ts";
import { type BlockLines, BlockReader } from "./block.ts";
import { findLead } from "./block-tail.ts";
import type { RequestBlock, RequestFile } from "./nodes.ts";
import { ProblemLog } from "./problems.ts";
import { Source } from "./source.ts";

/** Reads a whole file in time linear in its length. Never throws; what it cannot read becomes a problem. */
export function parse(text: string): RequestFile {
  const source = new Source(text);
  const problems = new ProblemLog();
  const reader = new BlockReader(source, problems);
  const blocks: RequestBlock[] = [];
  let separator: number | undefined;
  let content = 0;
  let lead = 0;
  let start = 0;
  while (true) {
    const nextSeparator = findSeparator(source, content);
    const isLast = nextSeparator === source.lineCount;
    const end = isLast ? nextSeparator : findLead(source, content, nextSeparator);
    // Nothing stands above a `###` on the first line: no block of its own.
    if (separator !== undefined || isLast || end > 0) {
      // A request without a `###` above it ends a block early; the rest is a block of its own.
      for (let lines: BlockLines = { lead, separator, content, end }; ; ) {
        const block = reader.read(lines, start);
        blocks.push(block);
        start = block.range.end;
        const { next } = reader;
        if (next >= end) break;
        lines = { lead: next, separator: undefined, content: next, end };
      }
    }
    if (isLast) break;
    separator = nextSeparator;
    lead = end;
    content = nextSeparator + 1;
  }
  return { text, range: { start: 0, end: text.length }, blocks, problems: problems.sorted() };
}

function findSeparator(source: Source, from: number): number {
  let line = from;
  while (line < source.lineCount && !isSeparator(source, line)) line++;
  return line;
}
