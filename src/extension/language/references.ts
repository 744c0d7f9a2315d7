import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";
import { editorLocation } from "./places.ts";

export function registerReferences({ service, documents }: LanguageParts): Disposable {
  return languages.registerReferenceProvider(anyRequestFile, {
    provideReferences: async (document, position, { includeDeclaration }) =>
      (await service.references(documents.language(document), position, includeDeclaration)).map(editorLocation),
  });
}
