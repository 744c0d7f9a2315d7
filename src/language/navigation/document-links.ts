import type { DocumentLink, Range } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import type { RequestNode } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import type { LanguageHost } from "../host.ts";
import { toRange } from "../lsp-range.ts";
import { filePaths } from "./file-paths.ts";

/** Files that the document names, and URLs that are known as they stand. */
export function documentLinks(document: LanguageDocument, host: LanguageHost): DocumentLink[] {
  const files = filePaths(document.file).map(({ path, tooltip }) => ({
    range: firstLine(document, path.range),
    target: host.resolveUri(document.uri, path.text),
    tooltip,
  }));
  const urls = document.file.blocks.flatMap(({ request }) => (request ? urlLink(request, document) : []));
  return [...files, ...urls].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

function urlLink({ url }: RequestNode, document: LanguageDocument): DocumentLink[] {
  const target = webAddress(url.text);
  const piece = url.pieces[0];
  if (target === undefined || !piece) return [];
  return [{ range: firstLine(document, piece.range), target, tooltip: "Open in the browser" }];
}

/** A link stands on one line: of a URL or an argument on several lines, on the first one. */
function firstLine(document: LanguageDocument, range: TextRange): Range {
  const { start, end } = toRange(document, range);
  const { lines } = document;
  return start.line === end.line
    ? { start, end }
    : { start, end: { line: start.line, character: lines.lineText(start.line).length } };
}

/** Undefined for a URL with references in it, in origin form, or of another scheme. */
function webAddress(text: string): string | undefined {
  if (text.includes("{{") || text.startsWith("/") || text === "*") return undefined;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!/^https?:/i.test(whole) || !URL.canParse(whole)) return undefined;
  return new URL(whole).href;
}
