import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";
import { editorLocation } from "./places.ts";

export function registerDefinition({ service, documents }: LanguageParts): Disposable {
  return languages.registerDefinitionProvider(anyRequestFile, {
    provideDefinition: async (document, position) =>
      (await service.definition(documents.language(document), position)).map(editorLocation),
  });
}
