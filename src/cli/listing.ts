import { createLineMap, isKnownMethod, type LineMap } from "../syntax/index.ts";
import type { BodyNode, Problem, RequestBlock, RequestNode } from "../syntax/nodes.ts";
import { blockOf } from "./block-of.ts";
import type { LoadedFile } from "./request-files.ts";

/** One file of `padlock list --json`. */
export interface ListedFile {
  /** As given on the command line, or found in a folder of it. */
  readonly file: string;
  readonly requests: readonly ListedRequest[];
  /** Of the parts of the file that hold no request. */
  readonly problems: readonly ListedProblem[];
}

export interface ListedRequest {
  /** `@name`, else `@title`, else the separator's title. */
  readonly name: string | null;
  /** The separator's. */
  readonly title: string | null;
  /** 1-based, of the request line. */
  readonly line: number;
  /** Known ones in upper case, others as written. */
  readonly method: string;
  /** As written, with continuation lines joined; references unreplaced. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bodyKind: "none" | "inline" | "file" | "mixed";
  /** The path of a file; else the text with LF as its line ends. */
  readonly body: string | null;
  readonly directives: readonly (readonly [name: string, value: string])[];
  readonly problems: readonly ListedProblem[];
}

export interface ListedProblem {
  readonly code: string;
  readonly severity: Problem["severity"];
  readonly message: string;
  /** Both 1-based. */
  readonly line: number;
  readonly column: number;
}

/** The requests of a file as they are read; nothing is resolved. */
export function listFile({ shown, parsed }: LoadedFile): ListedFile {
  const lines = createLineMap(parsed.text);
  const problems = new Map<RequestBlock | undefined, ListedProblem[]>();
  for (const problem of parsed.problems) {
    const block = blockOf(parsed, problem);
    const owner = block?.request ? block : undefined;
    const known = problems.get(owner) ?? [];
    known.push(listProblem(problem, lines));
    problems.set(owner, known);
  }
  const requests = parsed.blocks.flatMap((block) =>
    block.request ? [listRequest(block, block.request, lines, problems.get(block) ?? [])] : [],
  );
  return { file: shown, requests, problems: problems.get(undefined) ?? [] };
}

function listRequest(
  { name, separator, directives }: RequestBlock,
  { method, url, lineRange, headers, body, dialect }: RequestNode,
  lines: LineMap,
  problems: readonly ListedProblem[],
): ListedRequest {
  return {
    name: name?.text ?? null,
    title: separator?.title?.text ?? null,
    line: lines.positionAt(lineRange.start).line + 1,
    method: methodOf(method?.text),
    url: url.text,
    headers: headers.map((header) => [header.name.text, header.value.text]),
    ...listBody(body, dialect),
    directives: directives.map((directive) => [directive.name.text, directive.value.text]),
    problems,
  };
}

function methodOf(written: string | undefined): string {
  if (written === undefined) return "GET";
  return isKnownMethod(written) ? written.toUpperCase() : written;
}

function listBody(body: BodyNode, dialect: RequestNode["dialect"]): Pick<ListedRequest, "bodyKind" | "body"> {
  if (body.kind === "none") return { bodyKind: "none", body: null };
  if (body.kind === "file") return { bodyKind: "file", body: body.path.text };
  const text = withLineFeeds(body.kind === "mixed" && dialect === "curl" ? partsOf(body) : body.content.text);
  const isMultipart = text.startsWith("--");
  return { bodyKind: body.kind === "mixed" && !isMultipart ? "mixed" : "inline", body: text };
}

/** In a cURL command only the parts say what a shell would pass on. */
function partsOf({ parts }: Extract<BodyNode, { kind: "mixed" }>): string {
  return parts.map((part) => (part.kind === "text" ? part.content.text : `< ${part.path.text}`)).join("");
}

function listProblem({ code, severity, message, range }: Problem, lines: LineMap): ListedProblem {
  const { line, character } = lines.positionAt(range.start);
  return { code, severity, message, line: line + 1, column: character + 1 };
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
