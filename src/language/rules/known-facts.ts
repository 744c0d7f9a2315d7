import type { ActiveEnvironment, KnownSecret, KnownVariable, LanguageHost, RuleLevel } from "../host.ts";

/**
 * What is known beside the text of the file. Whatever is undefined is unknown, and then nothing is reported that
 * depends on it.
 */
export interface KnownFacts {
  readonly secrets?: readonly KnownSecret[] | undefined;
  /** Environment variables that are no secrets. */
  readonly publicEnv?: readonly string[] | undefined;
  readonly dotenvNames?: readonly string[] | undefined;
  readonly environment?: ActiveEnvironment | undefined;
  /** Needed only for files that import others. */
  readonly imported?: ImportedNames | undefined;
  /** Code → level, over the defaults. */
  readonly levels?: Readonly<Record<string, RuleLevel>> | undefined;
}

/** The names that a file takes from those that it imports, directly or through others. */
export interface ImportedNames {
  readonly variables: ReadonlySet<string>;
  readonly requests: ReadonlySet<string>;
}

/** Whether a variable of the environment files counts while `active` is chosen. */
export function isInForce({ environment }: KnownVariable, active: string): boolean {
  return environment === "$shared" || environment === active;
}

/** What a host knows about a file; the imports are read by `importedNames`. */
export function factsOfHost(host: LanguageHost, uri: string, imported: ImportedNames | undefined): KnownFacts {
  if (host.isRestricted) return { imported, levels: host.ruleLevels(uri) };
  return {
    secrets: host.secrets(uri),
    publicEnv: host.publicEnv(uri),
    dotenvNames: host.dotenvNames(uri),
    environment: host.environment(uri),
    imported,
    levels: host.ruleLevels(uri),
  };
}
