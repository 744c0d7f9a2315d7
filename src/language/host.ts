import type { KnownResponse } from "../common/known-response.ts";
import type { SourceLocation } from "../common/range.ts";
import type { RequestFile } from "../syntax/index.ts";

/** What the language service asks of whoever embeds it. Every answer may be out of date; none holds a secret value. */
export interface LanguageHost {
  /** In an editor's Restricted Mode: the other answers are then empty because nothing was read, not because it is so. */
  readonly isRestricted?: boolean;
  /** Names in `padlock.secrets`, and whether the environment of this process sets them. Never a value. */
  secrets(uri: string): readonly KnownSecret[];
  /** Names in `padlock.publicEnv`: environment variables that are configuration and may go to any host. */
  publicEnv(uri: string): readonly string[];
  /** Names in `.env` and `.env.<environment>`. Never a value. */
  dotenvNames(uri: string): readonly string[];
  /** The active environment and its variables. */
  environment(uri: string): ActiveEnvironment;
  /** What is known of the last response to a named request; undefined before the first. */
  lastResponse(uri: string, requestName: string): KnownResponse | undefined;
  /** The entries of a folder beside the file, for paths; empty for one that cannot be read. `folder` is relative. */
  listFolder(uri: string, folder: string): Promise<readonly FolderEntry[]>;
  /** An imported file, parsed; undefined for one that cannot be read. `path` is relative to `uri`. */
  imported(uri: string, path: string): Promise<{ readonly uri: string; readonly file: RequestFile } | undefined>;
  /** The absolute URI of a path that stands in the file. */
  resolveUri(uri: string, path: string): string;
  /** `padlock.diagnostics`: rule code → level. */
  ruleLevels(uri: string): Readonly<Record<string, RuleLevel>>;
  /** The URI of the page that explains the diagnostics' codes, an anchor each. Without it they have no link. */
  readonly documentation?: string | undefined;
}

export type RuleLevel = "off" | "hint" | "information" | "warning" | "error";

export interface KnownSecret {
  readonly name: string;
  /** Host patterns as written. */
  readonly hosts: readonly string[];
  readonly isSet: boolean;
}

export interface ActiveEnvironment {
  /** "" for none. */
  readonly name: string;
  readonly names: readonly string[];
  readonly variables: readonly KnownVariable[];
}

export interface KnownVariable {
  readonly name: string;
  /** As written; undefined for a private variable, whose value is never shown. */
  readonly value: string | undefined;
  /** The environment that defines it, or `$shared`. */
  readonly environment: string;
  readonly location: SourceLocation;
  /** The URI of the file that `location` names. */
  readonly uri: string;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}
