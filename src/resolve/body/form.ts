import { percentEncode, unfitForUrl } from "../../secrets/index.ts";
import type { Piece, Template } from "../template.ts";

/**
 * `application/x-www-form-urlencoded` (WHATWG URL §5). Lines that start with `&`, or follow one that ends with it, are
 * joined. What cannot stand in a form is percent-encoded in the author's text, while `+`, `%20`, `=` and `&` stay as
 * written; a line break within a value is `%0A`. Values that references give are encoded as a whole, so that none can
 * add a field, but those of `{{%name}}` not again.
 */
export function formEncoded(template: Template): Template {
  return withEncodedValues(
    merged(template).map((piece) => (piece.kind === "text" ? { ...piece, text: encodeText(piece.text) } : piece)),
  );
}

/** For texts that are sent as written: only the values are encoded. */
export function withEncodedValues(template: Template): Template {
  return template.map((piece) =>
    piece.kind === "value" && piece.encodings === 0 ? { ...piece, encodings: 1 } : piece,
  );
}

/**
 * Neighbouring texts as one: a variable of the file is the author's text like the line it stands in. What holds
 * something private is private as a whole.
 */
export function merged(template: Template): Template {
  const pieces: Piece[] = [];
  for (const piece of template) {
    const last = pieces.at(-1);
    if (piece.kind === "text" && last?.kind === "text") {
      const isPrivate = last.isPrivate || piece.isPrivate;
      const bound = [...new Set([...(last.bound ?? []), ...(piece.bound ?? [])])];
      pieces[pieces.length - 1] = {
        kind: "text",
        text: last.text + piece.text,
        ...(isPrivate && { isPrivate }),
        ...(bound.length > 0 && { bound }),
      };
    } else pieces.push(piece);
  }
  return pieces;
}

function encodeText(text: string): string {
  return percentEncode(joinLines(text).replace(/%(?![\dA-Fa-f]{2})/g, "%25"), unfitForUrl);
}

function joinLines(text: string): string {
  const joined: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const before = joined.at(-1) ?? "";
    const startsField = index > 0 && line.trimStart().startsWith("&");
    const endsField = index > 0 && before.trimEnd().endsWith("&");
    if (endsField) joined[joined.length - 1] = before.trimEnd();
    if (index > 0 && !startsField && !endsField) joined.push("\n");
    joined.push(startsField || endsField ? line.trimStart() : line);
  }
  return joined.join("");
}
