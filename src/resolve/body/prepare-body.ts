import type { SourceLocation } from "../../common/range.ts";
import type { BodyPart, FileContent, RequestNode } from "../../syntax/index.ts";
import { refuseResponses } from "../author-paths.ts";
import type { Locate } from "../places.ts";
import type { Scope } from "../scope.ts";
import { shownTemplate, type Template } from "../template.ts";
import type { BodyFiles } from "./body-file.ts";
import type { BodyTemplate, PartTemplate } from "./body-template.ts";
import { utf8 } from "./charset.ts";
import { formEncoded, merged, withEncodedValues } from "./form.ts";
import { readGraphql } from "./graphql.ts";
import { withFinalLineEnd } from "./lines.ts";
import { readBodyForm } from "./media-type.ts";
import { reportBoundary, withBoundary, withCrlf } from "./multipart.ts";
import { readTextFile } from "./text-file.ts";

/**
 * Everything of a body that the author wrote, in the form that its media type asks for. Reads the files whose references
 * are replaced (`<@`), but no value.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, `value.bad-header` for a multipart body
 *   without its boundary, and those of the scope
 */
export async function prepareBody(
  request: RequestNode,
  scope: Scope,
  locate: Locate,
  files: BodyFiles,
): Promise<BodyTemplate> {
  const { body } = request;
  if (body.kind === "none") return body;
  const graphql = await readGraphql(request, scope, locate, files);
  if (graphql) return graphql;
  const nodes: readonly BodyPart[] =
    body.kind === "inline" ? [{ kind: "text", content: body.content }] : body.kind === "file" ? [body] : body.parts;
  const parts = await Promise.all(nodes.map((node) => readPart(node, scope, locate, files)));
  return { kind: "parts", parts: shape(parts, request, contentTypeOf(request, scope, locate)), files };
}

/** `isAuthors`: it stands in the request itself. */
type ReadPart = PartTemplate & { readonly isAuthors: boolean };

async function readPart(node: BodyPart, scope: Scope, locate: Locate, files: BodyFiles): Promise<ReadPart> {
  if (node.kind === "text") {
    const { text, range } = node.content;
    const content = merged(scope.expand(text, range.start));
    return { kind: "text", content, charset: utf8, location: locate(range), isAuthors: true };
  }
  return node.substitute ? readSubstituted(node, scope, locate, files) : filePart(node, scope, locate);
}

async function readSubstituted(node: FileContent, scope: Scope, locate: Locate, files: BodyFiles): Promise<ReadPart> {
  const { text, charset, location } = await readTextFile(node, scope, locate, files);
  return { kind: "text", content: scope.expandOther(text, node.path.range), charset, location, isAuthors: false };
}

function filePart({ path, lineEnds }: FileContent, scope: Scope, locate: Locate): ReadPart {
  const template = scope.expandForHead(path.text, path.range.start);
  const location = locate(path.range);
  refuseResponses(template, location);
  return { kind: "file", path: template, lineEnds, location, isAuthors: false };
}

interface ContentType {
  readonly value: string;
  readonly location: SourceLocation;
}

/** References to values, which are not read yet, stand in it as written. */
function contentTypeOf({ headers }: RequestNode, scope: Scope, locate: Locate): ContentType | undefined {
  const header = headers.find(({ name }) => name.text.toLowerCase() === "content-type");
  if (!header) return undefined;
  const value = shownTemplate(scope.expandForHead(header.value.text, header.value.range.start));
  return { value, location: locate(header.range) };
}

/** A cURL command says exactly what is sent: there only values are encoded, and only where the text is a form. */
function shape(
  parts: readonly ReadPart[],
  { dialect }: RequestNode,
  contentType: ContentType | undefined,
): readonly PartTemplate[] {
  const form = readBodyForm(contentType?.value);
  const isCurl = dialect === "curl";
  switch (form.kind) {
    case "plain":
      return parts;
    case "json":
      return parts.map(asJson);
    case "json-lines":
      return (isCurl ? parts : withFinalLineEnd(parts)).map(asJson);
    case "form":
      return isCurl && !looksLikeForm(parts)
        ? parts
        : mapText(parts, (part) =>
            part.isAuthors && !isCurl ? formEncoded(part.content) : withEncodedValues(part.content),
          );
    case "multipart": {
      const shaped = mapText(parts, (part) => (part.isAuthors ? withCrlf(part.content) : part.content));
      if (!contentType) return shaped;
      reportBoundary(shaped, form.boundary, contentType.location);
      return withBoundary(shaped, form.boundary);
    }
  }
}

function asJson(part: PartTemplate): PartTemplate {
  return part.kind === "text" ? { ...part, isJson: true } : part;
}

/** `curl -d` calls everything a form, also JSON and XML. */
function looksLikeForm([first]: readonly ReadPart[]): boolean {
  const piece = first?.kind === "text" ? first.content[0] : undefined;
  return !(piece?.kind === "text" && /^\s*[{[<]/.test(piece.text));
}

function mapText(
  parts: readonly ReadPart[],
  change: (part: Extract<ReadPart, { kind: "text" }>) => Template,
): readonly PartTemplate[] {
  return parts.map((part) => (part.kind === "text" ? { ...part, content: change(part) } : part));
}
