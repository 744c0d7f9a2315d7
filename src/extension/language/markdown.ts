import { MarkdownString } from "vscode";
import type * as lsp from "vscode-languageserver-types";

type AnyText = lsp.MarkupContent | lsp.MarkedString | lsp.MarkedString[];

/**
 * Untrusted Markdown: no command links, no HTML. The text may quote a request file or a server, which must not be able
 * to put anything to click on into an editor but an ordinary link.
 */
export function editorMarkdown(text: AnyText): MarkdownString[] {
  return Array.isArray(text) ? text.map(oneText) : [oneText(text)];
}

/** What stands beside a completion: plain text stays plain. */
export function editorDocumentation(text: lsp.MarkupContent | string): MarkdownString | string {
  if (typeof text === "string") return text;
  return text.kind === "plaintext" ? text.value : oneText(text);
}

function oneText(text: lsp.MarkupContent | lsp.MarkedString): MarkdownString {
  if (typeof text === "string") return new MarkdownString(text);
  if ("language" in text) return new MarkdownString().appendCodeblock(text.value, text.language);
  return text.kind === "plaintext" ? new MarkdownString().appendText(text.value) : new MarkdownString(text.value);
}
