import type { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import type { EditorProxy } from "./raw-settings.ts";
import type { AddableSetting } from "./settings-document.ts";

/** All of `padlock.*` after checking. Built only by `readSettings`; a value of this type holds no wrong key or type. */
export interface Settings {
  /** The folder that relative paths in the settings start from; absolute. */
  readonly root: string;
  readonly hosts: readonly HostEntry[];
  readonly secrets: readonly SecretEntry[];
  /** `padlock.publicEnv`: names of environment variables that are configuration; any host may get them. */
  readonly publicEnv: ReadonlySet<string>;
  /** `padlock.outsidePaths`, of the person alone: folders outside of the workspace whose files may be used; absolute. */
  readonly outsidePaths: readonly string[];
  /** `padlock.unverifiedHosts`, of the person alone: hosts whose certificate need not verify. */
  readonly unverifiedHosts: readonly HostPattern[];
  /** `padlock.plainHttpHosts`, of the person alone: hosts beside loopback that may be asked without encryption. */
  readonly plainHttpHosts: readonly HostPattern[];
  /** VS Code's own; undefined: the environment decides. */
  readonly editorProxy?: EditorProxy | undefined;
  /** What was ignored, such as a weakening setting that stands in the workspace. */
  readonly warnings: readonly Failure[];
  readonly timeout: Timeouts;
  /** `padlock.maxBodySize`, in bytes: a larger response is not read to its end. */
  readonly maxBodySize: number;
  /** For messages: where a setting stands, given its path (`["padlock.hosts", "api.example.com", "key"]`). */
  readonly locate: (path: readonly string[]) => SourceLocation | undefined;
  /** For messages: `add "T": ["a.test"] to "padlock.secrets" in .vscode/settings.json`, given the setting and the entry. */
  readonly howToAdd: (key: AddableSetting, entry: string) => string;
  /** The file that a person would edit, as shown to a person: `.vscode/settings.json`. */
  readonly file: string;
}

/** Milliseconds; every phase has one. */
export interface Timeouts {
  readonly connect: number;
  readonly handshake: number;
  readonly response: number;
  readonly idle: number;
  readonly total: number;
}

export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  handshake: 10_000,
  response: 30_000,
  idle: 30_000,
  total: 120_000,
};

/** A parsed host pattern; see `host-pattern.ts`. */
export interface HostPattern {
  /** As written. */
  readonly text: string;
  /** IDNA ASCII, lower case; for a wildcard without its `*.`; an IPv6 address without brackets. */
  readonly host: string;
  readonly wildcard: boolean;
  /** A port, `"any"` for `:*`, `"default"` without a port (the scheme's default port). */
  readonly port: number | "any" | "default";
}

export interface HostEntry {
  readonly pattern: HostPattern;
  /** Where it stands: `["padlock.hosts", "api.example.com"]`, with an index where the value is a list of entries. */
  readonly path: readonly string[];
  readonly cert?: SettingString;
  readonly key?: SettingString;
  readonly pfx?: SettingString;
  readonly passphrase?: SettingString;
  readonly ca?: readonly SettingString[];
  readonly minVersion?: "TLSv1.2" | "TLSv1.3";
  /** The active environment must be one of these; absent: any, and none. */
  readonly environments?: readonly string[];
  readonly maxVersion?: "TLSv1.2" | "TLSv1.3";
  readonly pins?: readonly string[];
  readonly crl?: readonly SettingString[];
  readonly ciphers?: readonly string[];
  readonly groups?: readonly string[];
  readonly servername?: string;
  readonly http2?: boolean;
  /** A proxy's URL, or "none" for a direct connection whatever the environment says. */
  readonly proxy?: SettingString;
  readonly socket?: SettingString;
  readonly timeout?: Partial<Timeouts>;
}

/** A string of the settings as written: `${env:NAME}`, `${workspaceFolder}`, `${userHome}` are not yet replaced. */
export interface SettingString {
  readonly text: string;
  /** `["padlock.hosts", "api.example.com", "key"]` (an array index is its decimal string). */
  readonly path: readonly string[];
  /** The person's own scope says the same: what it names is the person's choice. */
  readonly isPersonal?: boolean;
}

export interface SecretEntry {
  /** The environment variable's name. */
  readonly name: string;
  readonly hosts: readonly HostPattern[];
}
