export { diagnoseFile } from "./diagnostics.ts";
export { LanguageDocument } from "./document.ts";
export { diagnoseEnvironmentFile } from "./environment-file.ts";
export type {
  ActiveEnvironment,
  FolderEntry,
  KnownSecret,
  KnownVariable,
  LanguageHost,
  RuleLevel,
} from "./host.ts";
export { withVariable } from "./private-environment.ts";
export { requestAt } from "./request-at.ts";
export { type CredentialMove, credentialMove } from "./rules/credentials/credential-move.ts";
export { isVariableName } from "./rules/credentials/variable-name.ts";
export { semanticTokensLegend } from "./semantic-tokens/legend.ts";
export { type SendTarget, sendTargets } from "./send-targets.ts";
export { serverAt } from "./server-at.ts";
export { createLanguageService, type LanguageService, type LanguageServiceOptions } from "./service.ts";
