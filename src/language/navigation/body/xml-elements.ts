import type { BodyElement } from "./elements.ts";

interface OpenTag {
  readonly name: string;
  readonly start: number;
  readonly contentStart: number;
}

const tagName = /[^\s/>]+/y;

/** Elements, tags and comments of an XML text, broken or with references in it, in one pass. */
export function xmlElements(text: string): BodyElement[] {
  const found: BodyElement[] = [];
  const stack: OpenTag[] = [];
  const waiting = new Map<string, number>();
  const add = (start: number, end: number, isContainer: boolean) => {
    if (start < end) found.push({ start, end, isContainer });
  };
  for (let start = text.indexOf("<"); start >= 0; ) {
    const { end, isElement } = endOfMark(text, start);
    if (end < 0) break;
    const isClosing = text[start + 1] === "/";
    const name = nameAt(text, start + (isClosing ? 2 : 1));
    add(start, end, !isElement);
    if (isElement && !isClosing && name !== "" && text[end - 2] !== "/") {
      stack.push({ name, start, contentStart: end });
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
    } else if (isElement && isClosing && (waiting.get(name) ?? 0) > 0) {
      // Elements in between were never closed.
      for (let open = stack.pop(); open; open = stack.pop()) {
        waiting.set(open.name, (waiting.get(open.name) ?? 1) - 1);
        if (open.name !== name) continue;
        add(open.contentStart, start, false);
        add(open.start, end, true);
        break;
      }
    }
    start = text.indexOf("<", end);
  }
  return found;
}

/** Comments, CDATA sections and processing instructions are no elements. `end` is -1 for one that never ends. */
function endOfMark(text: string, start: number): { end: number; isElement: boolean } {
  for (const [open, close] of [
    ["<!--", "-->"],
    ["<![CDATA[", "]]>"],
    ["<?", "?>"],
  ] as const) {
    if (text.startsWith(open, start)) return { end: behind(text, close, start + open.length), isElement: false };
  }
  return { end: behind(text, ">", start), isElement: text[start + 1] !== "!" };
}

function behind(text: string, close: string, from: number): number {
  const at = text.indexOf(close, from);
  return at < 0 ? -1 : at + close.length;
}

function nameAt(text: string, offset: number): string {
  tagName.lastIndex = offset;
  return tagName.exec(text)?.[0] ?? "";
}
