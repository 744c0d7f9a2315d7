export { parseDuration } from "./duration.ts";
export type { Environment } from "./environment.ts";
export { matchesHost, patternFor } from "./host-pattern.ts";
export { loadRawSettings } from "./load.ts";
export type { Settings, Timeouts } from "./model.ts";
export type { RawSettings } from "./raw-settings.ts";
export { readSettings } from "./read.ts";
export { clearPassphrase, resolveProfile, resolveTimeouts } from "./resolve-profile.ts";
export { shownFile } from "./shown-file.ts";
