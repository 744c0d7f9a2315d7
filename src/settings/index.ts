export { isSameFile, type OpenedFile, openAllowedFile, readAllowedFile } from "./allowed-file.ts";
export { checkPath, isInside, isPlainlyAllowed, type OutsidePath } from "./allowed-paths.ts";
export { parseDuration } from "./duration.ts";
export type { Environment } from "./environment.ts";
export { loadEnvironmentFiles } from "./environments/load.ts";
export type {
  AuthProvider,
  EnvironmentFile,
  EnvironmentIdentity,
  Environments,
  EnvironmentVariable,
} from "./environments/model.ts";
export { readEnvironments } from "./environments/read.ts";
export { matchesHost, patternFor } from "./host-pattern.ts";
export { identityFiles, keyFiles } from "./key-files.ts";
export { keyPermissions } from "./key-permissions.ts";
export { loadRawSettings } from "./load.ts";
export type { Settings, Timeouts } from "./model.ts";
export { type BodyOutput, checkOutput } from "./outputs/check-output.ts";
export { refusedName } from "./outputs/target-names.ts";
export { allowedFolders, outsideFailure } from "./outside-failure.ts";
export type { RawSettings } from "./raw-settings.ts";
export { readSettings } from "./read.ts";
export { clearPassphrase, resolveProfile, resolveTimeouts } from "./resolve-profile.ts";
export { isSecretFile } from "./secret-files.ts";
export { shownPath } from "./setting-path.ts";
export { type SettingVariable, settingVariables } from "./setting-variables.ts";
export { shownFile } from "./shown-file.ts";
export { resolveTimeoutOrigins, type TimeoutOrigin, type TimeoutOrigins } from "./timeout-origins.ts";
export type { ExpandedString, FileReference, TlsProfile } from "./tls-profile.ts";
export { foldersUpTo, readWorkspaceFile } from "./workspace-files.ts";
export { type NewContent, NotWritten, replaceFile, writeNewFile } from "./write-file.ts";
