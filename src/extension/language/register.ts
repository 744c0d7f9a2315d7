import type { Disposable } from "vscode";
import { registerCodeActions } from "./code-actions.ts";
import { registerCompletion } from "./completion.ts";
import { registerDefinition } from "./definition.ts";
import type { PublishedDiagnostics } from "./diagnostics.ts";
import { registerFolding } from "./folding.ts";
import { registerFormatting } from "./formatting.ts";
import { registerHover } from "./hover.ts";
import { registerLinks } from "./links.ts";
import type { LanguageParts } from "./parts.ts";
import { registerReferences } from "./references.ts";
import { registerRename } from "./rename.ts";
import { registerSelectionRanges } from "./selection-ranges.ts";
import { registerSemanticTokens } from "./semantic-tokens.ts";
import { registerSymbols } from "./symbols.ts";

const providers: readonly ((parts: LanguageParts) => Disposable)[] = [
  registerCompletion,
  registerHover,
  registerDefinition,
  registerReferences,
  registerRename,
  registerSymbols,
  registerFolding,
  registerLinks,
  registerSemanticTokens,
  registerFormatting,
  registerSelectionRanges,
];

/** Everything that the language service knows, given to VS Code; it also works in Restricted Mode and without a disk. */
export function registerLanguage(parts: LanguageParts, diagnostics: PublishedDiagnostics): Disposable[] {
  return [
    ...providers.map((register) => register(parts)),
    ...diagnostics.register(),
    registerCodeActions(parts, diagnostics),
  ];
}
