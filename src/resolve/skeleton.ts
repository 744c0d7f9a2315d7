import type { Piece, Template } from "./template.ts";

/** Stands for a value. The author's own NUL characters, which nothing can hold anyway, are replaced. */
const placeholder = "\0";

/** What the author wrote, with one NUL character for each value: the structure is read from this, never from values. */
export function skeletonOf(template: Template): string {
  return template
    .map((piece) => (piece.kind === "text" ? piece.text.replaceAll("\0", "\uFFFD") : placeholder))
    .join("");
}

/** The part of a template between two offsets of its skeleton. */
export function cut(template: Template, start: number, end: number): Template {
  const pieces: Piece[] = [];
  let offset = 0;
  for (const piece of template) {
    const length = piece.kind === "text" ? piece.text.length : placeholder.length;
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, length);
    if (from < to) pieces.push(piece.kind === "text" ? { ...piece, text: piece.text.slice(from, to) } : piece);
    offset += length;
  }
  return pieces;
}
