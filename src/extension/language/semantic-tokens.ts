import { type Disposable, languages, SemanticTokens, SemanticTokensLegend } from "vscode";
import { semanticTokensLegend } from "../../language/index.ts";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";

/** VS Code takes the protocol's encoding as it is. */
export function registerSemanticTokens({ service, documents }: LanguageParts): Disposable {
  const { tokenTypes, tokenModifiers } = semanticTokensLegend;
  return languages.registerDocumentSemanticTokensProvider(
    anyRequestFile,
    {
      provideDocumentSemanticTokens: (document) =>
        new SemanticTokens(Uint32Array.from(service.semanticTokens(documents.language(document)).data)),
    },
    new SemanticTokensLegend([...tokenTypes], [...tokenModifiers]),
  );
}
