import { Failure } from "../../common/failure.ts";
import type { RequestBody } from "../../common/request-body.ts";
import { fill, shownTemplate, type ValuePiece } from "../template.ts";
import { type BodyFiles, openBodyFile, readBodyFile } from "./body-file.ts";
import type { BodyTemplate, FilePart, PartTemplate, TextPart } from "./body-template.ts";
import { fillGraphql } from "./graphql.ts";
import { joinBodies } from "./joined-body.ts";
import { fillJson } from "./json-values.ts";
import { fillMultipart } from "./multipart-values.ts";

type Read = (piece: ValuePiece) => string;

/**
 * What to send; undefined without a body.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, `value.header-injection`, `parse.error` for
 *   GraphQL variables that are not JSON, and those of `read`
 */
export async function fillBody(body: BodyTemplate, read: Read): Promise<RequestBody | undefined> {
  switch (body.kind) {
    case "none":
      return undefined;
    case "graphql":
      return Buffer.from(fillGraphql(body, read), "utf8");
    case "parts":
      return joinBodies(await Promise.all(body.parts.map((part) => fillPart(part, body.files, read))));
  }
}

async function fillPart(part: PartTemplate, files: BodyFiles, read: Read): Promise<RequestBody> {
  return part.kind === "text" ? encodeText(part, read) : readFilePart(part, files, read);
}

function fillText({ content, boundary, isJson, location }: TextPart, read: Read): string {
  if (boundary !== undefined) return fillMultipart(content, boundary, location, read);
  return isJson ? fillJson(content, read) : fill(content, read);
}

function encodeText(part: TextPart, read: Read): Uint8Array {
  const { charset, location } = part;
  const text = fillText(part, read);
  const bytes = charset.encode(text);
  if (bytes) return bytes;
  throw new Failure({
    code: "value.unreadable-file",
    title: `A value cannot be written as ${charset.name}`,
    detail: `The body file is sent as ${charset.name}, but a value that is put into it has a character that ${charset.name} does not have. Nothing was sent.`,
    fix: 'Use another value, or an encoding that has all characters, as in "<@utf-8 path".',
    location,
  });
}

async function readFilePart(
  { path, lineEnds, location }: FilePart,
  files: BodyFiles,
  read: Read,
): Promise<RequestBody> {
  const wanted = { path: fill(path, read), shown: shownTemplate(path), location };
  if (lineEnds === "keep") return openBodyFile(wanted, files);
  const bytes = await readBodyFile(wanted, files);
  return bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d && byte !== 0);
}
