import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import { editorTextEdit } from "./edits.ts";
import type { LanguageParts } from "./parts.ts";

/** The whole document, on request or on save. The file's own rules count: tab size and spaces are for bodies, which stay. */
export function registerFormatting({ service, documents }: LanguageParts): Disposable {
  return languages.registerDocumentFormattingEditProvider(anyRequestFile, {
    provideDocumentFormattingEdits: (document) => service.format(documents.language(document)).map(editorTextEdit),
  });
}
