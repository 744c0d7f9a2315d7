import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import { shownTemplate, type Template } from "../template.ts";
import type { PartTemplate } from "./body-template.ts";

/** RFC 2046 §5.1.1: the lines of a multipart body end with CRLF. Values and files stay as they are. */
export function withCrlf(template: Template): Template {
  return template.map((piece) =>
    piece.kind === "text" ? { ...piece, text: piece.text.replace(/\r?\n/g, "\r\n") } : piece,
  );
}

/**
 * Tells the texts their boundary, and adds the line end behind the closing one, which some servers wait for. A boundary
 * that is itself a value can be in no other value.
 */
export function withBoundary(parts: readonly PartTemplate[], boundary: string): readonly PartTemplate[] {
  const last = parts.length - 1;
  return parts.map((part, index) => {
    if (part.kind === "file") return part;
    const isClosed = index === last && shownTemplate(part.content).endsWith(`--${boundary}--`);
    const content = isClosed ? [...part.content, { kind: "text" as const, text: "\r\n" }] : part.content;
    return { ...part, content, boundary: boundary.includes("{{") ? undefined : boundary };
  });
}

/**
 * A server finds the parts by the boundary alone.
 * @throws {Failure} `value.bad-header` when the header names none, or one that the body does not use
 */
export function reportBoundary(
  parts: readonly PartTemplate[],
  boundary: string | undefined,
  location: SourceLocation,
): asserts boundary is string {
  const text = parts.map((part) => (part.kind === "text" ? shownTemplate(part.content) : "\n")).join("");
  const used = /^--([^\s-][^\r\n]*?)[ \t]*$/m.exec(text)?.[1];
  const fix =
    used === undefined
      ? 'Start each part with a line "--" and the boundary, and end the body with such a line and "--" behind it.'
      : `Write boundary=${/^[\w'+\-.]+$/.test(used) ? used : `"${used}"`} in the Content-Type header.`;
  if (boundary === undefined) {
    throw bad(
      "The Content-Type header names no boundary",
      "A multipart body needs one to tell its parts apart.",
      fix,
      location,
    );
  }
  const isUsed = text.split(/\r?\n/).some((line) => line.startsWith(`--${boundary}`));
  const isOnlyFiles = parts.every((part) => part.kind === "file");
  if (isUsed || isOnlyFiles) return;
  throw bad(
    "The body does not use the boundary of its Content-Type header",
    `No line of the body starts with "--${boundary}", so that a server would find no part in it.`,
    fix,
    location,
  );
}

function bad(title: string, detail: string, fix: string, location: SourceLocation): Failure {
  return new Failure({ code: "value.bad-header", title, detail, fix, location });
}
