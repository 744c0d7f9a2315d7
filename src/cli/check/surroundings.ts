import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Failure } from "../../common/failure.ts";
import type { KnownSecret, KnownVariable } from "../../language/host.ts";
import type { KnownFacts } from "../../language/rules/known-facts.ts";
import {
  allowedFolders,
  type EnvironmentFile,
  type Environments,
  type EnvironmentVariable,
  identityFiles,
  keyFiles,
  keyPermissions,
  loadEnvironmentFiles,
  loadRawSettings,
  type RawSettings,
  readEnvironments,
  readSettings,
  type Settings,
} from "../../settings/index.ts";
import type { LoadedFile } from "../request-files.ts";
import { type Imports, readImports } from "./imports.ts";
import { ruleLevels } from "./rule-levels.ts";

/** What stands beside a request file and decides what may stand in it. */
export interface Surroundings {
  /** The workspace folder, absolute. */
  readonly root: string;
  /** Those whose files may be used. */
  readonly folders: readonly string[];
  /** Certificates, keys and authorities; absolute. */
  readonly identityFiles: readonly string[];
  readonly facts: KnownFacts;
  /** Mistakes in settings and environment files, with their places in those. */
  readonly problems: readonly Failure[];
  readonly warnings: readonly Failure[];
  readonly unreadableImports: Imports["unreadable"];
  readonly raw: RawSettings;
  readonly environmentFiles: readonly EnvironmentFile[];
  /** Undefined where the settings hold a mistake. */
  readonly settings: Settings | undefined;
}

export async function readSurroundings(file: LoadedFile): Promise<Surroundings> {
  const raw = await loadRawSettings(file.path);
  const settings = readSettings(raw);
  const outsidePaths = settings.ok ? settings.value.outsidePaths : [];
  const environmentFiles = await loadEnvironmentFiles(file.path, raw.root, outsidePaths);
  const environments = readEnvironments(environmentFiles);
  const folders = allowedFolders({ root: raw.root, outsidePaths });
  const imports = await readImports(file, folders);
  const sources = { environment: { get: () => undefined }, environments };
  const keys = settings.ok ? keyFiles(settings.value, sources) : [];
  const permissions = await Promise.all(keys.map((key) => keyPermissions(key, raw.root)));
  return {
    root: raw.root,
    folders,
    identityFiles: settings.ok ? identityFiles(settings.value, sources) : [],
    facts: {
      secrets: settings.ok ? settings.value.secrets.map(knownSecret) : undefined,
      publicEnv: settings.ok ? [...settings.value.publicEnv] : undefined,
      environment: { name: "", names: environments.names, variables: allVariables(environments, raw.root) },
      imported: imports.names,
      levels: ruleLevels(raw.values),
    },
    problems: [...(settings.ok ? [] : settings.error), ...environments.problems],
    warnings: [
      ...(settings.ok ? settings.value.warnings : []),
      ...environments.warnings,
      ...permissions.filter((found) => found !== undefined),
    ],
    unreadableImports: imports.unreadable,
    raw,
    environmentFiles,
    settings: settings.ok ? settings.value : undefined,
  };
}

/** Whether a variable is set on this machine says nothing about the file. */
function knownSecret({ name, hosts }: { name: string; hosts: readonly { text: string }[] }): KnownSecret {
  return { name, hosts: hosts.map(({ text }) => text), isSet: true };
}

/** No environment is chosen here: a name that any of them defines is not a mistake. */
function allVariables(environments: Environments, root: string): KnownVariable[] {
  // Most environments share most variables.
  const variables = new Set<EnvironmentVariable>();
  for (const name of ["", ...environments.names]) {
    for (const variable of environments.variables(name).values()) variables.add(variable);
  }
  return [...variables].map(({ name, value, isPrivate, location }) => ({
    name,
    value: isPrivate ? undefined : value,
    environment: "$shared",
    location,
    uri: pathToFileURL(resolve(root, location.file)).href,
  }));
}
