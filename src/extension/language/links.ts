import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";
import { editorLink } from "./structure-items.ts";

export function registerLinks({ service, documents }: LanguageParts): Disposable {
  return languages.registerDocumentLinkProvider(anyRequestFile, {
    provideDocumentLinks: (document) => service.documentLinks(documents.language(document)).map(editorLink),
  });
}
