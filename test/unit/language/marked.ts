import { parse, type RequestFile } from "../../../src/syntax/index.ts";

export interface Marked {
  readonly text: string;
  readonly file: RequestFile;
  /** The offsets of `|`. */
  readonly cursors: readonly number[];
  /** The texts between `«` and `»` with their places, in order. */
  readonly marks: readonly { readonly start: number; readonly end: number }[];
}

/** Takes cursor marks `|` and range marks `«…»` out of a text. */
export function marked(source: string): Marked {
  let text = "";
  const cursors: number[] = [];
  const marks: { start: number; end: number }[] = [];
  for (const char of source) {
    if (char === "|") cursors.push(text.length);
    else if (char === "«") marks.push({ start: text.length, end: -1 });
    else if (char === "»") Object.assign(marks.at(-1) ?? {}, { end: text.length });
    else text += char;
  }
  return { text, file: parse(text), cursors, marks };
}
