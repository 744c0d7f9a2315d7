import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { Failure, type FailureCode } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import type { EnvironmentFile } from "./model.ts";

export interface Member {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** An environment file's JSON (comments and trailing commas allowed) with the places of its parts. */
export class EnvironmentDocument {
  readonly file: EnvironmentFile;
  readonly root: Node | undefined;
  readonly #errors: readonly ParseError[];
  readonly #text: string;
  readonly #lineStarts: readonly number[];

  /** @throws {RangeError} for JSON that is nested without end */
  constructor(file: EnvironmentFile) {
    this.file = file;
    this.#text = file.text.replace(/^\uFEFF/, "");
    this.#lineStarts = [
      0,
      ...Array.from(this.#text.matchAll(/\r\n|[\r\n]/g), ({ 0: end, index }) => index + end.length),
    ];
    const errors: ParseError[] = [];
    this.root = parseTree(this.#text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    this.#errors = errors;
  }

  /** Are there more than `levels` objects and lists within each other? */
  isDeeperThan(levels: number): boolean {
    const open = [{ node: this.root, level: 0 }];
    for (let entry = open.pop(); entry; entry = open.pop()) {
      const { node, level } = entry;
      if (level > levels) return true;
      const inner = node?.type === "object" || node?.type === "array" ? level + 1 : level;
      for (const child of node?.children ?? []) open.push({ node: child, level: inner });
    }
    return false;
  }

  /** The first syntax error, in plain words; those behind it mostly follow from it. */
  syntaxError(): Failure | undefined {
    const [first] = this.#errors;
    if (!first) return undefined;
    const location = this.#locationOf(first.offset, first.length);
    const words = printParseErrorCode(first.error)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase();
    return new Failure({
      code: "settings.unreadable",
      title: "The environment file is not valid JSON",
      detail: `${this.file.shown} is not valid JSON at line ${location.line}: ${words}.`,
      fix: "Correct the file at this place.",
      location,
    });
  }

  failure(code: FailureCode, node: Node, title: string, detail: string, fix: string): Failure {
    const location = this.locate(node);
    return new Failure({
      code,
      title,
      detail: `In ${this.file.shown}, line ${location.line}: ${detail}`,
      fix,
      location,
    });
  }

  /** Members in their order; a key that stands twice counts with its last value, as in `JSON.parse`. */
  members(object: Node): readonly Member[] {
    const byKey = new Map<string, Member>();
    for (const { children: [keyNode, value] = [] } of object.children ?? []) {
      if (keyNode && value) byKey.set(String(keyNode.value), { key: String(keyNode.value), keyNode, value });
    }
    return [...byKey.values()];
  }

  /** Keys that stand twice in one object: all but the last are silently lost in every JSON reader. */
  duplicates(object: Node | undefined = this.root): readonly Failure[] {
    const seen = new Set<unknown>();
    return (object?.type === "object" ? (object.children ?? []) : []).flatMap(({ children: [keyNode, value] = [] }) => {
      const isSecond = keyNode !== undefined && seen.has(keyNode.value);
      seen.add(keyNode?.value);
      const own = isSecond ? [this.#duplicate(keyNode)] : [];
      return [...own, ...this.duplicates(value)];
    });
  }

  #duplicate(keyNode: Node): Failure {
    const detail = `${JSON.stringify(keyNode.value)} stands here for the second time; only the last one counts.`;
    const title = "A name stands twice in an environment file";
    return this.failure("settings.wrong-type", keyNode, title, detail, "Remove all but one.");
  }

  /** The value as JSON text: numbers with all the digits that the file has. */
  jsonText(node: Node): string {
    if (node.type === "array") return `[${(node.children ?? []).map((item) => this.jsonText(item)).join(",")}]`;
    if (node.type === "object") {
      const members = this.members(node).map(({ key, value }) => `${JSON.stringify(key)}:${this.jsonText(value)}`);
      return `{${members.join(",")}}`;
    }
    return this.#text.slice(node.offset, node.offset + node.length);
  }

  /** The line of a private file is never shown: it holds the value. */
  locate(node: Node): SourceLocation {
    return this.#locationOf(node.offset, node.length);
  }

  #locationOf(offset: number, length: number): SourceLocation {
    const line = this.#lineOf(offset);
    const lineStart = this.#lineStarts[line] ?? 0;
    const lineText = this.#text.slice(lineStart, this.#lineStarts[line + 1]).replace(/[\r\n]+$/, "");
    const column = offset - lineStart + 1;
    return {
      file: this.file.shown,
      line: line + 1,
      column,
      endColumn: Math.min(column + length, lineText.length + 1),
      ...(this.file.kind === "public" && { lineText }),
    };
  }

  /** The last line that starts at the offset or above it. */
  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
