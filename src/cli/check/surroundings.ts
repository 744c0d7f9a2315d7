import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Failure } from "../../common/failure.ts";
import type { KnownSecret, KnownVariable } from "../../language/host.ts";
import type { KnownFacts } from "../../language/rules/known-facts.ts";
import {
  type Environments,
  type EnvironmentVariable,
  loadEnvironmentFiles,
  loadRawSettings,
  readEnvironments,
  readSettings,
} from "../../settings/index.ts";
import type { LoadedFile } from "../request-files.ts";
import { type Imports, readImports } from "./imports.ts";
import { ruleLevels } from "./rule-levels.ts";

/** What stands beside a request file and decides what may stand in it. */
export interface Surroundings {
  /** The workspace folder, absolute. */
  readonly root: string;
  readonly facts: KnownFacts;
  /** Mistakes in settings and environment files, with their places in those. */
  readonly problems: readonly Failure[];
  readonly warnings: readonly Failure[];
  readonly unreadableImports: Imports["unreadable"];
}

export async function readSurroundings(file: LoadedFile): Promise<Surroundings> {
  const raw = await loadRawSettings(file.path);
  const settings = readSettings(raw);
  const environments = readEnvironments(await loadEnvironmentFiles(file.path, raw.root));
  const imports = await readImports(file, raw.root);
  return {
    root: raw.root,
    facts: {
      secrets: settings.ok ? settings.value.secrets.map(knownSecret) : undefined,
      environment: { name: "", names: environments.names, variables: allVariables(environments, raw.root) },
      imported: imports.names,
      levels: ruleLevels(raw.values),
    },
    problems: [...(settings.ok ? [] : settings.error), ...environments.problems],
    warnings: environments.warnings,
    unreadableImports: imports.unreadable,
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
