import { append, none } from "../append.ts";
import { nextRequestStart } from "../missing-separator.ts";
import type { ForeignKind, ForeignNode, OutputNode } from "../nodes.ts";
import type { ProblemLog, ProblemName } from "../problems.ts";
import type { Source } from "../source.ts";
import type { ForeignForm } from "./forms.ts";

/** How each form is reported; a script block below the request line is one that looks at the response. */
const reports: Readonly<Record<ForeignKind, ProblemName>> = {
  "pre-script": "requestScript",
  "pre-script-file": "requestScriptFile",
  "script-block": "scriptBlock",
  "response-script": "responseScript",
  "response-script-file": "responseScriptFile",
  "response-output": "responseOutput",
  "response-reference": "responseReference",
  assertion: "foreignAssertion",
  "recorded-response": "recordedResponse",
};

export interface ForeignPlace {
  readonly node: ForeignNode;
  /** The first line behind the form. */
  readonly next: number;
}

/** Collects the forms of a block. */
export class ForeignReader {
  nodes: readonly ForeignNode[] = none;
  outputs: readonly OutputNode[] = none;
  readonly #source: Source;
  readonly #problems: ProblemLog;

  constructor(source: Source, problems: ProblemLog) {
    this.#source = source;
    this.#problems = problems;
  }

  /** Forgets what it has read: the list belongs to the block that took it. */
  startBlock(): void {
    this.nodes = none;
    this.outputs = none;
  }

  /** Reads and reports a form; a script that is not closed before `to` takes everything up to there. */
  read(line: number, to: number, form: ForeignForm, isBelowRequest: boolean): number {
    const place = readForeign(this.#source, line, to, form);
    if (place) {
      this.add(place.node, isBelowRequest);
      return place.next;
    }
    const { start } = this.#source.line(line).range;
    const end = this.#source.line(to - 1).range.end;
    const content = this.#source.span(start + form.mark, Math.max(end, start + form.mark));
    this.add({ kind: form.kind, range: { start, end: content.range.end }, content }, isBelowRequest);
    this.#problems.add("unclosedScript", this.#source.line(line).range, form.until);
    return to;
  }

  add(node: ForeignNode, isBelowRequest: boolean): void {
    if (node.kind === "response-output" && isBelowRequest) {
      const { range, content: path } = node;
      this.outputs = append(this.outputs, {
        range,
        path,
        overwrites: this.#source.text.startsWith(">>!", range.start),
      });
      return;
    }
    this.nodes = append(this.nodes, node);
    const line = this.#source.line(this.#source.lineAt(node.range.start)).range;
    const isLate = node.kind === "script-block" && isBelowRequest && !/^@request\b/.test(node.content.text);
    this.#problems.add(isLate ? "responseScript" : reports[node.kind], line, node.content.text.split(/[\r\n]/, 1)[0]);
  }
}

/** Undefined for a script that is not closed before `to`. */
export function readForeign(source: Source, line: number, to: number, form: ForeignForm): ForeignPlace | undefined {
  const { kind, mark, until } = form;
  const { start, end } = source.line(line).range;
  if (kind === "recorded-response") return readRecordedResponse(source, line, to);
  if (until === undefined) {
    const content = source.trimmed(start + mark, end);
    return { node: { kind, range: { start, end }, content }, next: line + 1 };
  }
  const close = findClose(source, line, to, start + mark, until);
  if (!close) return undefined;
  const content = source.span(start + mark, close.offset);
  return { node: { kind, range: { start, end: source.line(close.line).range.end }, content }, next: close.line + 1 };
}

/** From the status line to the next request or the end of the block. */
function readRecordedResponse(source: Source, line: number, to: number): ForeignPlace {
  const next = nextRequestStart(source, line + 1, to, isPlainText(source, line + 1, to)) ?? to;
  let last = next - 1;
  while (last > line && source.isBlank(last)) last--;
  const content = source.span(source.first(line), source.line(last).range.end);
  return { node: { kind: "recorded-response", range: content.range, content }, next };
}

/** Whether a recorded response says that its body is text, in which a request line would not be one. */
function isPlainText(source: Source, from: number, to: number): boolean {
  for (let line = from; line < to && !source.isBlank(line); line++) {
    if (/^content-type:[ \t]*(?:text|message|multipart)\//i.test(source.line(line).text.slice(0, 60))) return true;
  }
  return false;
}

interface Close {
  readonly line: number;
  /** Where the closing mark starts. */
  readonly offset: number;
}

/**
 * The mark that closes a script: on the script's first line, else at the start or end of a line, else anywhere. For
 * `}}` only at the start of a line below.
 */
function findClose(source: Source, line: number, to: number, from: number, until: string): Close | undefined {
  if (until !== "}}") {
    const offset = source.text.slice(from, source.end(line)).indexOf("%}");
    if (offset >= 0) return { line, offset: from + offset };
  }
  let anywhere: Close | undefined;
  for (let current = line + 1; current < to; current++) {
    const { text, range } = source.line(current);
    if (text.startsWith(until)) return { line: current, offset: range.start };
    if (until === "}}") continue;
    // Another script: this one has ended above.
    if (anywhere && text.includes("{%")) break;
    const found = text.indexOf("%}");
    if (found < 0) continue;
    if (found === 0 || text.endsWith("%}")) return { line: current, offset: range.start + text.lastIndexOf("%}") };
    anywhere ??= { line: current, offset: range.start + found };
  }
  return anywhere;
}
