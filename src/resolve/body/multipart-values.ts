import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import { skeletonOf } from "../skeleton.ts";
import { fill, type Template, type ValuePiece } from "../template.ts";

/**
 * Puts the values into a text of a multipart body. None may add a part, a header of a part or a parameter to one.
 * @throws {Failure} `value.header-injection`
 */
export function fillMultipart(
  template: Template,
  boundary: string,
  location: SourceLocation,
  read: (piece: ValuePiece) => string,
): string {
  const skeleton = skeletonOf(template);
  let offset = 0;
  for (const piece of template) {
    if (piece.kind === "value") reportInHead(skeleton.slice(0, offset), boundary, piece, read(piece));
    offset += piece.kind === "value" ? 1 : piece.text.length;
  }
  const text = fill(template, read);
  if (countDelimiters(text, boundary) === countDelimiters(skeleton, boundary)) return text;
  throw new Failure({
    code: "value.header-injection",
    title: "A value in the multipart body holds its boundary",
    detail: `A line that starts with "--${boundary}" starts a part, and a value that is put into the body brings one of its own. Nothing was sent.`,
    fix: "Use a boundary that cannot be guessed: @boundary = {{$uuid}} above the request, and {{boundary}} in the Content-Type header and the body.",
    location,
  });
}

function countDelimiters(text: string, boundary: string): number {
  return text.split(/[\r\n]+/).filter((line) => line.startsWith(`--${boundary}`)).length;
}

/** `before`: the author's text above the value. */
function reportInHead(before: string, boundary: string, { value }: ValuePiece, text: string): void {
  const isHead = before.lastIndexOf(`--${boundary}`) > before.lastIndexOf("\r\n\r\n");
  if (!isHead) return;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const isQuoted = line.split('"').length % 2 === 0;
  const sign = /[\r\n\0]/.test(text) ? "a line break" : isQuoted && text.includes('"') ? "a quote" : undefined;
  if (sign === undefined) return;
  throw new Failure({
    code: "value.header-injection",
    title: `The value of ${value.written} holds ${sign}`,
    detail: `${value.written} goes into a header of a part of the body, where ${sign} could add to what the author wrote. Nothing was sent.`,
    fix: `Use a value without ${sign}.`,
    location: value.location,
  });
}
