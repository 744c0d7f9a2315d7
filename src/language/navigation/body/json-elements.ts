import { scanReferences } from "../../../syntax/index.ts";
import type { BodyElement } from "./elements.ts";

interface Open {
  readonly start: number;
  /** Where the current member or item starts, blanks before it included. */
  item: number;
  /** Behind the colon of the current member; -1 before it. */
  value: number;
}

/** Objects, lists, members and values of a JSON text, broken or with references in it, in one pass. */
export function jsonElements(text: string): BodyElement[] {
  const found: BodyElement[] = [];
  const stack: Open[] = [];
  const add = (start: number, end: number, isContainer = false) => {
    const [from, to] = trimmed(text, start, end);
    if (from < to) found.push({ start: from, end: to, isContainer });
  };
  const endItem = (open: Open, at: number) => {
    add(open.item, at);
    if (open.value >= 0) add(open.value, at);
    open.item = at + 1;
    open.value = -1;
  };
  for (const at of marksOf(text)) {
    const mark = text[at];
    const open = stack.at(-1);
    if (mark === "{" || mark === "[") stack.push({ start: at, item: at + 1, value: -1 });
    else if (!open) continue;
    else if (mark === ",") endItem(open, at);
    else if (mark === ":") open.value = open.value < 0 ? at + 1 : open.value;
    else {
      endItem(open, at);
      add(open.start + 1, at);
      add(open.start, at + 1, true);
      stack.pop();
    }
  }
  return found;
}

/** The places of brackets, commas and colons outside of strings and references. */
function* marksOf(text: string): Generator<number> {
  const references = scanReferences(text);
  let next = 0;
  for (let at = 0; at < text.length; at++) {
    while ((references[next]?.range.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    const reference = references[next];
    if (reference?.range.start === at) at = reference.range.end - 1;
    else if (text[at] === '"') at = endOfString(text, at);
    else if ("{}[],:".includes(text.charAt(at))) yield at;
  }
}

/** The closing quote, or what stands before the end of the line. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== "\n" && text[at] !== "\r")
    at += text[at] === "\\" ? 2 : 1;
  return at;
}

function trimmed(text: string, start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  while (from < to && isSpace(text, from)) from++;
  while (to > from && isSpace(text, to - 1)) to--;
  return [from, to];
}

function isSpace(text: string, offset: number): boolean {
  return " \t\r\n".includes(text.charAt(offset));
}
