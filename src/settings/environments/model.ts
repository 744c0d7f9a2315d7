import type { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";

/** An environment file as it was found; unchecked. */
export interface EnvironmentFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the workspace folder, for people. */
  readonly shown: string;
  /** `http-client.env.json` is public; `http-client.private.env.json` and `http-client.env.json.user` are private. */
  readonly kind: "public" | "private";
  /** "" for a file that could not be read. */
  readonly text: string;
  /** Why it could not be read, as the end of a sentence: "it is larger than 1 MB". */
  readonly unreadable?: string;
}

/** All environment files that apply to a request file, put together. */
export interface Environments {
  /** Without `$shared`, in the order of the files. */
  readonly names: readonly string[];
  /**
   * The variables of an environment over those of `$shared`; private files over public ones, nearer files over farther
   * ones. "" gives those of `$shared` alone, and so does a name that no file defines.
   */
  variables(environment: string): ReadonlyMap<string, EnvironmentVariable>;
  /** The `SSLConfiguration` of an environment; undefined where it has none. */
  identity(environment: string): EnvironmentIdentity | undefined;
  /** The provider of `Security` › `Auth` that `{{$auth.token("id")}}` asks for; undefined where there is none. */
  authProvider(environment: string, id: string): AuthProvider | undefined;
  /** What is wrong in the files, each with its place. A request is not sent while there is one. */
  readonly problems: readonly Failure[];
  /** What is in the files and is not done, such as turning verification off. It stops no request. */
  readonly warnings: readonly Failure[];
}

export interface EnvironmentVariable {
  readonly name: string;
  /** As written, references unreplaced. Numbers and booleans as their JSON text; nested objects are `outer.inner`. */
  readonly value: string;
  /** From a private file: never shown. */
  readonly isPrivate: boolean;
  /** The store that is to give the value, such as `AzureKeyVault`: Padlock cannot ask it, and `value` is "". */
  readonly provider: string | undefined;
  /** The environment that defines it, or `$shared`. */
  readonly environment: string;
  readonly location: SourceLocation;
}

/** One of JetBrains' `Security` › `Auth`. */
export interface AuthProvider {
  /** `OAuth2`; "" where the file names none. */
  readonly type: string;
  readonly location: SourceLocation;
}

/** JetBrains' `SSLConfiguration`: paths relative to the file that holds it. */
export interface EnvironmentIdentity {
  /** Absolute. */
  readonly cert: string | undefined;
  /** Absolute. */
  readonly key: string | undefined;
  readonly hasPassphrase: boolean;
  readonly location: SourceLocation;
}
