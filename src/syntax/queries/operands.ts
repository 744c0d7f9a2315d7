import type { Cursor } from "./cursor.ts";
import type { OperandKind, OperandNode } from "./nodes.ts";

/** Bare words by their form. What fits none is a bare text. */
const forms: readonly (readonly [OperandKind, RegExp])[] = [
  ["number", /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/],
  ["boolean", /^(?:true|false)$/],
  ["null", /^null$/],
  ["duration", /^\d+(?:\.\d+)?(?:ms|s|m|h)$/],
  ["date", /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/],
  ["reference", /^\{\{[^{}]+\}\}$/],
];

/** The operand that is everything up to the end; undefined when its quotes or slashes are not closed. */
export function readOperand(cursor: Cursor): OperandNode | undefined {
  cursor.skipBlanks();
  const from = cursor.offset;
  const delimited = readDelimited(cursor);
  if (delimited === "open") return undefined;
  if (delimited) {
    cursor.skipBlanks();
    return cursor.isAtEnd ? delimited : undefined;
  }
  cursor.offset = cursor.text.length;
  return bare(cursor, from);
}

/** `[a, "b", 3]` up to the end; undefined when it is malformed or empty. */
export function readList(cursor: Cursor): OperandNode[] | undefined {
  cursor.skipBlanks();
  const end = cursor.text.trimEnd().length - 1;
  if (cursor.text[cursor.offset] !== "[" || cursor.text[end] !== "]" || end <= cursor.offset) return undefined;
  const items: OperandNode[] = [];
  do {
    cursor.offset++;
    cursor.skipBlanks();
    const from = cursor.offset;
    let item = readDelimited(cursor);
    if (item === "open") return undefined;
    if (!item) {
      while (cursor.offset < end && cursor.text[cursor.offset] !== ",") cursor.offset++;
      item = bare(cursor, from);
      if (item.value === "") return undefined;
    }
    items.push(item);
    cursor.skipBlanks();
  } while (cursor.text[cursor.offset] === "," && cursor.offset < end);
  return cursor.offset === end ? items : undefined;
}

function bare(cursor: Cursor, from: number): OperandNode {
  const text = cursor.text.slice(from, cursor.offset).trimEnd();
  const kind = forms.find(([, form]) => form.test(text))?.[0] ?? "text";
  return { kind, range: cursor.span(from, from + text.length).range, value: text, flags: "" };
}

/** `"…"`, `'…'` or `/…/flags`. */
function readDelimited(cursor: Cursor): OperandNode | "open" | undefined {
  const mark = cursor.text[cursor.offset];
  if (mark !== '"' && mark !== "'" && mark !== "/") return undefined;
  const from = cursor.offset;
  const end = cursor.endOfQuoted();
  // A path is a bare text: `url contains /items`.
  if (end < 0) return mark === "/" ? undefined : "open";
  const inside = cursor.text.slice(from + 1, end - 1);
  if (mark === "/") {
    const [flags = ""] = /^[imsu]*/.exec(cursor.text.slice(end)) ?? [];
    if (!/^(?:[ \t,\]]|$)/.test(cursor.text.slice(end + flags.length))) return undefined;
    cursor.offset = end + flags.length;
    return { kind: "pattern", range: cursor.span(from).range, value: inside, flags };
  }
  cursor.offset = end;
  return { kind: "text", range: cursor.span(from).range, value: unescaped(inside), flags: "" };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** JSON's escapes; before any other character the backslash is dropped. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gu, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (escapes[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
