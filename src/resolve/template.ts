import type { SourceLocation } from "../common/range.ts";
import { allButUnreserved, percentEncode } from "../secrets/index.ts";

/**
 * A text of the request file with its references replaced as far as the file itself goes: what its author wrote, and
 * between it the secrets, not yet read. A secret's value can therefore never be mistaken for what the author wrote.
 */
export type Template = readonly Piece[];
export type Piece = TextPiece | SecretPiece;

export interface TextPiece {
  readonly kind: "text";
  readonly text: string;
}

export interface SecretPiece {
  readonly kind: "secret";
  /** The environment variable's name. */
  readonly name: string;
  /** `{{$env.NAME}}` as it stands in the file, for messages. */
  readonly written: string;
  readonly location: SourceLocation;
  /** How many times `{{%name}}` asks for percent-encoding. */
  readonly encodings: number;
}

export function secretsOf(template: Template): readonly SecretPiece[] {
  return template.filter((piece) => piece.kind === "secret");
}

/** Replaces the secrets by their values, once. */
export function fill(template: Template, read: (secret: SecretPiece) => string): string {
  return template.map((piece) => (piece.kind === "text" ? piece.text : read(piece))).join("");
}

/** The text with its references as written: fit to be shown. */
export function shownTemplate(template: Template): string {
  return fill(template, (secret) => secret.written);
}

/** `{{%name}}`: everything but unreserved characters is percent-encoded, the author's text and the secrets alike. */
export function percentEncoded(template: Template): Template {
  return template.map((piece) =>
    piece.kind === "text"
      ? { kind: "text", text: percentEncode(piece.text, allButUnreserved) }
      : { ...piece, encodings: piece.encodings + 1 },
  );
}
