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
export { loadRawSettings } from "./load.ts";
export type { Settings, Timeouts } from "./model.ts";
export type { RawSettings } from "./raw-settings.ts";
export { readSettings } from "./read.ts";
export { clearPassphrase, resolveProfile, resolveTimeouts } from "./resolve-profile.ts";
export { shownFile } from "./shown-file.ts";
export type { ExpandedString, FileReference, TlsProfile } from "./tls-profile.ts";
export { foldersUpTo, isInside, readWorkspaceFile } from "./workspace-files.ts";
