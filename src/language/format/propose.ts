import type { RequestBlock, RequestFile } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import type { TextChange } from "../text-changes.ts";
import { layOutBlock } from "./block-layout.ts";
import { FileLines } from "./file-lines.ts";
import { LinePlan } from "./line-plan.ts";

/** The changes that lay the file out, in order and apart. Blocks with errors stay: who knows what they are to be. */
export function proposeChanges(document: LanguageDocument): TextChange[] {
  const { file } = document;
  const lines = new FileLines(document);
  const plan = new LinePlan((offset) => lines.at(offset));
  const broken = brokenBlocks(file);
  for (const block of file.blocks) {
    if (broken.has(block)) plan.keep(block.range);
    else layOutBlock(block, lines, plan);
  }
  const openings = blankLinesToAdd(file, broken, lines);
  const lastText = lastLineWithText(lines);
  const changes: TextChange[] = [];
  for (let line = 0; line <= lastText; line++) {
    if (openings.has(line)) changes.push(insertion(lines.start(line), lineEndNear(line - 1, lines)));
    if (plan.isKept(line) || !lines.isBlank(line)) {
      changes.push(...rewrite(line, plan.textOf(line), lines));
      continue;
    }
    let next = line + 1;
    while (next < lastText && lines.isBlank(next) && !plan.isKept(next)) next++;
    // One blank line of a run stays, but none above the first text.
    if (line > 0 && !wouldJoinLineEnds(line, lines)) changes.push(...rewrite(line, "", lines));
    const from = line > 0 ? line + 1 : line;
    if (next > from) changes.push({ start: lines.start(from), end: lines.start(next), text: "" });
    line = next - 1;
  }
  const last = file.blocks.at(-1);
  if (!last || !broken.has(last)) changes.push(...finish(lastText, lines));
  return changes;
}

function brokenBlocks({ blocks, problems }: RequestFile): ReadonlySet<RequestBlock> {
  const broken = new Set<RequestBlock>();
  let index = 0;
  for (const { severity, range } of problems) {
    while (index < blocks.length - 1 && range.start >= (blocks[index]?.range.end ?? 0)) index++;
    const block = blocks[index];
    if (severity === "error" && block) broken.add(block);
  }
  return broken;
}

/**
 * The lines that start a block with no blank line above. Separators under each other make a banner, and a comment
 * directly above a separator belongs to it: these stay together.
 */
function blankLinesToAdd(file: RequestFile, broken: ReadonlySet<RequestBlock>, lines: FileLines): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, block] of file.blocks.entries()) {
    const above = file.blocks[index - 1];
    if (!above || broken.has(above)) continue;
    const line = lines.at(block.range.start);
    const attached = [above.separator, ...above.comments, ...above.directives].some(
      (node) => node && lines.at(node.range.start) === line - 1,
    );
    if (!attached && !lines.isBlank(line - 1)) found.add(line);
  }
  return found;
}

/** -1 for a file of blank lines. */
function lastLineWithText(lines: FileLines): number {
  let line = lines.count - 1;
  while (line >= 0 && lines.isBlank(line)) line--;
  return line;
}

/** Exactly one line end behind the last text, which is never part of a body. */
function finish(lastText: number, lines: FileLines): TextChange[] {
  if (lastText < 0) {
    const [start, end] = [lines.start(0), lines.start(lines.count)];
    return start < end ? [{ start, end, text: "" }] : [];
  }
  if (lines.lineEnd(lastText) === "") return [insertion(lines.end(lastText), lineEndNear(lastText, lines))];
  const [start, end] = [lines.start(lastText + 1), lines.start(lines.count)];
  return start < end ? [{ start, end, text: "" }] : [];
}

function insertion(at: number, text: string): TextChange {
  return { start: at, end: at, text };
}

/** The line end of the line, else of the one above it, else LF. */
function lineEndNear(line: number, lines: FileLines): string {
  return lines.lineEnd(line) || (line > 0 ? lines.lineEnd(line - 1) : "") || "\n";
}

/** A CR and a LF with nothing between are one line end. */
function wouldJoinLineEnds(line: number, lines: FileLines): boolean {
  return lines.lineEnd(line - 1) === "\r" && lines.lineEnd(line) === "\n";
}

/** Only what differs between a line and its new text. */
function rewrite(line: number, text: string | undefined, lines: FileLines): TextChange[] {
  const old = lines.text(line);
  if (text === undefined || text === old) return [];
  const shorter = Math.min(old.length, text.length);
  let head = 0;
  while (head < shorter && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const start = lines.start(line);
  return [{ start: start + head, end: start + old.length - tail, text: text.slice(head, text.length - tail) }];
}
