import type { RequestBlock, RequestNode } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import type { OffsetEdit } from "./fix.ts";
import { lineEndOf } from "./lines.ts";
import { sendsTheSame, standsAlone } from "./request-shape.ts";

/**
 * A cURL command as request line, headers and body that the parser reads as the same request. Undefined where there
 * is none, and for commands that also say something about the connection.
 */
export function rewriteAsRequest(
  document: LanguageDocument,
  block: RequestBlock,
  request: RequestNode,
): readonly OffsetEdit[] | undefined {
  if (request.dialect !== "curl" || !standsAlone(block, request)) return undefined;
  if (request.curl && Object.values(request.curl).some((option) => option !== undefined)) return undefined;
  const newText = httpText(request, lineEndOf(document));
  return newText !== undefined && sendsTheSame(newText, request) ? [{ range: request.range, newText }] : undefined;
}

function httpText({ method, url, headers, body }: RequestNode, lineEnd: string): string | undefined {
  const head = [
    `${method?.text ?? "GET"} ${url.text}`,
    ...headers.map(({ name, value }) => `${name.text}: ${value.text}`.trimEnd()),
  ];
  if (body.kind === "mixed" || (body.kind === "file" && body.lineEnds !== "keep")) return undefined;
  if (body.kind === "none") return head.join(lineEnd);
  const sign = body.kind === "file" ? `<${body.substitute ? `@${body.encoding?.text ?? ""}` : ""} ` : "";
  const content = body.kind === "file" ? sign + body.path.text : body.content.text;
  return [...head, "", content].join(lineEnd);
}
