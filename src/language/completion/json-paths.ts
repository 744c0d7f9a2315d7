import type { JsonShape } from "../../common/known-response.ts";
import { visible } from "../markdown.ts";

/** One way to go on with a path: what is written from `from` on becomes `text`. */
export interface PathStep {
  readonly label: string;
  readonly text: string;
  readonly from: number;
  readonly detail?: string;
  /** What is compared with what was written; `text` unless given. */
  readonly filter?: string;
}

const segment = /\.([\p{L}_][\p{L}\p{N}_]*)|\[(\d+|\*)\]|\.(\*)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/uy;

/**
 * How a JSONPath (RFC 9535) that starts with `$` can go on, from the names and nesting of the last body alone. `written`
 * is the path up to the cursor. Without a known shape only the root is offered.
 */
export function pathSteps(written: string, shape: JsonShape | undefined): readonly PathStep[] {
  if (/^[\w-]*$/.test(written)) return [...whole, ...rooted(shape, (name) => name)];
  if (written === "$") return [...whole, ...rooted(shape, (_, text) => text)];
  if (!written.startsWith("$") || !shape) return [];
  const { at, known } = walk(written, shape);
  // What is left is the beginning of one more segment.
  return /^(?:\.[\p{L}\p{N}_-]*|\[[^\]]*)?$/u.test(written.slice(at)) ? behind(known, at) : [];
}

const whole: readonly PathStep[] = [
  { label: "$", text: "$", from: 0, detail: "The root of a JSON body" },
  { label: "*", text: "*", from: 0, detail: "The whole body" },
];

/** The first steps with their root, for a path that does not have it yet. */
function rooted(shape: JsonShape | undefined, filter: (name: string, text: string) => string): readonly PathStep[] {
  return behind(shape, 0).map((step) => {
    const text = `$${step.text}`;
    return { ...step, text, filter: filter(step.label, text) };
  });
}

/**
 * Follows the segments that something stands behind. The last one counts as still being typed unless it ends with a
 * bracket.
 */
function walk(written: string, shape: JsonShape): { at: number; known: JsonShape | undefined } {
  let at = 1;
  let known: JsonShape | undefined = shape;
  for (;;) {
    segment.lastIndex = at;
    const match = segment.exec(written);
    if (!match) return { at, known };
    const isLast = segment.lastIndex === written.length;
    if (isLast && !written.endsWith("]")) return { at, known };
    const [whole, shorthand, index, star, single, double] = match;
    const quoted = single ?? double;
    known =
      index !== undefined || star !== undefined
        ? itemsOf(known)
        : propertyOf(known, shorthand ?? unescaped(quoted ?? ""));
    at += whole.length;
  }
}

function itemsOf(shape: JsonShape | undefined): JsonShape | undefined {
  return shape?.kind === "array" ? shape.items : undefined;
}

function propertyOf(shape: JsonShape | undefined, name: string): JsonShape | undefined {
  return shape?.kind === "object" ? shape.properties.get(name) : undefined;
}

/** The segments that fit behind `from`. */
function behind(shape: JsonShape | undefined, from: number): readonly PathStep[] {
  if (shape?.kind === "array") {
    return ["[0]", "[*]"].map((text) => ({
      label: text,
      text,
      from,
      detail: text === "[0]" ? "The first item" : "All items",
    }));
  }
  if (shape?.kind !== "object") return [];
  return [...shape.properties].slice(0, mostNames).flatMap(([name, { kind }]) => {
    const text = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `['${escaped(name)}']`;
    const whole = { label: visible(name), text, from, detail: kind };
    const first = { label: `${visible(name)}[0]`, text: `${text}[0]`, from, detail: "The first item" };
    return kind === "array" ? [whole, first] : [whole];
  });
}

/** A server can send any number of names. */
const mostNames = 500;

/** Names come from a server: nothing in one may end the string, the reference or the line. */
function escaped(name: string): string {
  return name.replace(/['\\{}]|[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
  );
}

function unescaped(name: string): string {
  return name.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, char: string) =>
    hex === undefined ? char : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
