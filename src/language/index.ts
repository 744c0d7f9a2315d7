export { diagnoseFile } from "./diagnostics.ts";
export { LanguageDocument } from "./document.ts";
export type {
  ActiveEnvironment,
  FolderEntry,
  KnownSecret,
  KnownVariable,
  LanguageHost,
  RuleLevel,
} from "./host.ts";
export { requestAt } from "./request-at.ts";
export { semanticTokensLegend } from "./semantic-tokens/legend.ts";
export { type SendTarget, sendTargets } from "./send-targets.ts";
export { createLanguageService, type LanguageService, type LanguageServiceOptions } from "./service.ts";
