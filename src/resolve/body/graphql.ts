import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import {
  type BodyNode,
  type BodyPart,
  type FileContent,
  isGraphql,
  type RequestNode,
  type Span,
  splitGraphql,
} from "../../syntax/index.ts";
import type { Locate } from "../places.ts";
import { compactJson } from "../query/json-source.ts";
import type { Scope } from "../scope.ts";
import { fill, literal, type Template, type ValuePiece } from "../template.ts";
import type { BodyFiles } from "./body-file.ts";
import type { GraphqlTemplate } from "./body-template.ts";
import { fillJson } from "./json-values.ts";
import { readTextFile } from "./text-file.ts";

/**
 * The query, and behind a blank line its variables as a JSON object; each may stand in a file. Undefined for requests
 * that are not GraphQL.
 */
export async function readGraphql(
  request: RequestNode,
  scope: Scope,
  locate: Locate,
  files: BodyFiles,
): Promise<GraphqlTemplate | undefined> {
  const { body } = request;
  if (body.kind === "none" || !isGraphql(request)) return undefined;
  if (body.kind === "inline") {
    const { query, variables, operationName } = splitGraphql(body.content);
    return {
      kind: "graphql",
      query: expandSpan(query, scope),
      operationName,
      variables: variables && expandSpan(variables, scope),
      location: locate(variables?.range ?? body.range),
    };
  }
  return joinParts(await readParts(body, scope, locate, files), locate(body.range));
}

interface SourcePart {
  readonly kind: BodyPart["kind"];
  /** With its references as written. */
  readonly text: string;
  readonly expand: (span: Span) => Template;
  readonly location: SourceLocation;
}

async function readParts(
  body: Extract<BodyNode, { kind: "file" | "mixed" }>,
  scope: Scope,
  locate: Locate,
  files: BodyFiles,
): Promise<readonly SourcePart[]> {
  const parts: readonly BodyPart[] = body.kind === "file" ? [body] : body.parts;
  const readFile = async (file: FileContent): Promise<SourcePart> => {
    const { text, location } = await readTextFile(file, scope, locate, files);
    const expand = (span: Span) =>
      file.substitute ? scope.expandOther(span.text, file.path.range) : literal(span.text);
    return { kind: "file", text, expand, location };
  };
  return Promise.all(
    parts.map(async (part): Promise<SourcePart> => {
      if (part.kind === "file") return readFile(part);
      const { text, range } = part.content;
      const expand = (span: Span) => scope.expand(span.text, range.start + span.range.start);
      return { kind: "text", text, expand, location: locate(range) };
    }),
  );
}

/** Variables are the object in the last text, behind a file with the query, or what follows the query in the only file. */
function joinParts(parts: readonly SourcePart[], location: SourceLocation): GraphqlTemplate {
  const last = parts.at(-1);
  const isVariables = parts.length > 1 && last?.kind === "text" && last.text.trimStart().startsWith("{");
  const queries = isVariables ? parts.slice(0, -1) : parts;
  const whole = queries.map(({ text }) => text).join("");
  const split = splitGraphql({ text: whole, range: { start: 0, end: whole.length } });
  const only = queries.length === 1 ? queries[0] : undefined;
  if (only && split.variables && !isVariables) {
    return {
      kind: "graphql",
      query: only.expand(split.query),
      operationName: split.operationName,
      variables: only.expand(split.variables),
      location: only.location,
    };
  }
  return {
    kind: "graphql",
    query: queries.flatMap((part) => part.expand(wholeSpan(part.text))),
    operationName: split.operationName,
    variables: isVariables ? last.expand(wholeSpan(last.text)) : undefined,
    location: isVariables ? last.location : location,
  };
}

function wholeSpan(text: string): Span {
  return { text, range: { start: 0, end: text.length } };
}

function expandSpan({ text, range }: Span, scope: Scope): Template {
  return scope.expand(text, range.start);
}

/**
 * The JSON object of GraphQL over HTTP: `query`, `operationName` where the query names one operation, `variables`. The
 * variables keep every digit of their numbers.
 * @throws {Failure} `parse.error` for variables that are not a JSON object once their references are replaced
 */
export function fillGraphql(body: GraphqlTemplate, read: (piece: ValuePiece) => string): string {
  const query = JSON.stringify(fill(body.query, read).trim());
  const name = body.operationName === undefined ? "" : `,"operationName":${JSON.stringify(body.operationName)}`;
  const variables = body.variables ? checkVariables(fillJson(body.variables, read), body.location) : "{}";
  return `{"query":${query}${name},"variables":${variables}}`;
}

function checkVariables(text: string, location: SourceLocation): string {
  if (text.trim() === "") return "{}";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
    throw badVariables("are not valid JSON, once their references are replaced", location);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return compactJson(text);
  throw badVariables("are not a JSON object", location);
}

function badVariables(what: string, location: SourceLocation): Failure {
  return new Failure({
    code: "parse.error",
    title: "The GraphQL variables cannot be read",
    detail: `What stands behind the blank line below the query ${what}. Nothing was sent.`,
    fix: 'Write them as {"name": "value"}; put references for texts in quotes, as in {"id": "{{id}}"}.',
    location,
  });
}
