import { Failure } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import type { RequestBlock, Span } from "../syntax/index.ts";
import type { SourceFile } from "./source-file.ts";

/** A block that can be sent: it holds a request, or `run` lines that send others. */
export interface Target {
  readonly file: SourceFile;
  readonly block: RequestBlock;
}

export function targetKey({ file, block }: Target): string {
  return `${file.realPath}\n${block.range.start}`;
}

/** For people: the request's name, or where it stands. */
export function targetName({ file, block }: Target): string {
  const { start, end } = block.request?.lineRange ?? block.range;
  return block.name?.text ?? `${file.shown}:${file.locate({ start, end }).line}`;
}

export function isSendable(block: RequestBlock): boolean {
  return block.request !== undefined || block.runs.length > 0;
}

export function isDisabled(block: RequestBlock): boolean {
  return block.directives.some(({ name }) => name.text === "disabled");
}

/** Of a block of `run` lines alone it holds for the requests that these name. */
export function isNoLog(block: RequestBlock): boolean {
  return block.directives.some(({ name }) => name.text === "no-log");
}

/** Of a request: sends no cookie of the jar and keeps none. */
export function isNoCookieJar(block: RequestBlock): boolean {
  return block.directives.some(({ name }) => name.text === "no-cookie-jar");
}

/** The requests that a file can name: its own first, then those of its imports. Of one name the first counts. */
export function namedTargets(files: readonly SourceFile[]): ReadonlyMap<string, Target> {
  const named = new Map<string, Target>();
  for (const file of files) {
    for (const block of file.parsed.blocks) {
      if (block.name && isSendable(block) && !named.has(block.name.text)) named.set(block.name.text, { file, block });
    }
  }
  return named;
}

/** @throws {Failure} `variable.undefined` at the place of the name */
export function findTarget(named: ReadonlyMap<string, Target>, name: Span, from: SourceFile): Target {
  const target = named.get(name.text);
  if (target) return target;
  throw new Failure({
    code: "variable.undefined",
    title: `No request is named "${name.text}"`,
    detail: `Neither this file nor one that it imports has a request of that name.${didYouMean(name.text, named.keys())} Nothing was sent.`,
    fix: 'Write the name of a request, as given with "# @name NAME", or import the file that has it.',
    location: from.locate(name.range),
  });
}
