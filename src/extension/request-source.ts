import { keepsAll } from "../protocol/masking/mask.ts";
import { maskUrl } from "../protocol/masking/urls.ts";
import type { LineMap, RequestFile, RunNode } from "../syntax/index.ts";

/** The request as the file writes it, references unreplaced: shown before and instead of a prepared one. */
export interface RequestSource {
  readonly name: string | null;
  readonly method: string;
  /** Without the credentials that are written into it. */
  readonly url: string;
  /** As shown to a person: relative to the workspace folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Has it `@no-log`? */
  readonly noLog?: boolean;
}

/** Undefined for a block that sends nothing. One with nothing but `run` lines is called after the first of them. */
export function requestSource(
  { blocks }: RequestFile,
  block: number,
  lines: LineMap,
  file: string,
): RequestSource | undefined {
  const node = blocks[block];
  const run = node?.runs[0];
  const name = node?.name?.text ?? null;
  const isNoLog = node?.directives.some((directive) => directive.name.text === "no-log");
  const noLog = isNoLog ? { noLog: true } : {};
  const lineOf = (offset: number) => lines.positionAt(offset).line + 1;
  if (node?.request) {
    const { method, url, lineRange } = node.request;
    return {
      name,
      method: method?.text ?? "GET",
      url: maskUrl(url.text, keepsAll),
      file,
      line: lineOf(lineRange.start),
      ...noLog,
    };
  }
  return run && { name, method: "RUN", url: runTarget(run), file, line: lineOf(run.range.start), ...noLog };
}

function runTarget({ path, name }: RunNode): string {
  return [path?.text, name?.text].filter((part) => part !== undefined).join(" ");
}
