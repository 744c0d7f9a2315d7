import type { RequestBlock, RequestNode } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import type { OffsetEdit } from "./fix.ts";
import { lineEndOf } from "./lines.ts";
import { sendsTheSame, standsAlone } from "./request-shape.ts";

/**
 * The request as a cURL command that the parser reads as the same request; references stay references. Undefined
 * where there is none.
 */
export function rewriteAsCurl(
  document: LanguageDocument,
  block: RequestBlock,
  request: RequestNode,
): readonly OffsetEdit[] | undefined {
  if (request.dialect === "curl" || request.version || !standsAlone(block, request)) return undefined;
  const newText = [false, true]
    .map((removesType) => curlCommand(request, removesType, lineEndOf(document)))
    .find((command) => command !== undefined && sendsTheSame(command, request));
  return newText === undefined ? undefined : [{ range: request.range, newText }];
}

/** `removesType`: an empty `Content-Type:` keeps curl from adding a form's. */
function curlCommand(
  { method, url, headers, body }: RequestNode,
  removesType: boolean,
  lineEnd: string,
): string | undefined {
  if (body.kind === "mixed") return undefined;
  const parts = [`curl --request ${shellWord(method?.text ?? "GET")} ${shellWord(url.text)}`];
  for (const { name, value } of headers) {
    // `Name;` is curl's way to send a header without a value; `Name:` would remove it.
    parts.push(`--header ${shellWord(value.text === "" ? `${name.text};` : `${name.text}: ${value.text}`)}`);
  }
  if (removesType) parts.push("--header 'Content-Type:'");
  if (body.kind === "inline") parts.push(`--data-raw ${shellWord(body.content.text)}`);
  if (body.kind === "file") {
    if (body.substitute || body.encoding || body.lineEnds !== "keep") return undefined;
    parts.push(`--data-binary ${shellWord(`@${body.path.text}`)}`);
  }
  return parts.join(` \\${lineEnd}  `);
}

/** One word of a POSIX shell: between single quotes every character stands for itself. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
