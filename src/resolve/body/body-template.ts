import type { SourceLocation } from "../../common/range.ts";
import type { FileContent } from "../../syntax/index.ts";
import type { Template } from "../template.ts";
import type { BodyFiles } from "./body-file.ts";
import type { Charset } from "./charset.ts";

/** A body with everything in it that the author wrote, and its values not yet read. */
export type BodyTemplate =
  | { readonly kind: "none" }
  | { readonly kind: "parts"; readonly parts: readonly PartTemplate[]; readonly files: BodyFiles }
  | GraphqlTemplate;

/** The parts follow each other without anything between them. */
export type PartTemplate = TextPart | FilePart;

export interface TextPart {
  readonly kind: "text";
  readonly content: Template;
  readonly charset: Charset;
  /** Values inside its string literals are escaped. */
  readonly isJson?: boolean;
  /** Of a multipart body. */
  readonly boundary?: string | undefined;
  readonly location: SourceLocation;
}

/** Bytes, sent as they are. */
export interface FilePart {
  readonly kind: "file";
  readonly path: Template;
  readonly lineEnds: FileContent["lineEnds"];
  readonly location: SourceLocation;
}

/** Sent as the JSON object that GraphQL over HTTP asks for. */
export interface GraphqlTemplate {
  readonly kind: "graphql";
  readonly query: Template;
  readonly operationName: string | undefined;
  /** A JSON object, once its references are replaced. */
  readonly variables: Template | undefined;
  /** Of the variables where there are some, else of the body. */
  readonly location: SourceLocation;
}

/** Every text whose values must be known, and its secrets allowed, before the body is filled. */
export function bodyTemplates(body: BodyTemplate): readonly Template[] {
  switch (body.kind) {
    case "none":
      return [];
    case "parts":
      return body.parts.map((part) => (part.kind === "text" ? part.content : part.path));
    case "graphql":
      return body.variables ? [body.query, body.variables] : [body.query];
  }
}
