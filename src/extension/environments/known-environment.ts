import { pathToFileURL } from "node:url";
import type { ActiveEnvironment } from "../../language/index.ts";
import type { EnvironmentFile, Environments } from "../../settings/index.ts";

/** What the environment files beside a request file say, as it was read last. */
export interface EnvironmentSnapshot {
  readonly files: readonly EnvironmentFile[];
  readonly environments: Environments;
  /** The names in `.env` and `.env.<environment>`. */
  readonly dotenvNames: (environment: string) => readonly string[];
}

/** The active environment for the language service: values of private variables are left out. */
export function knownEnvironment(snapshot: EnvironmentSnapshot | undefined, name: string): ActiveEnvironment {
  if (!snapshot) return { name, names: [], variables: [] };
  const { files, environments } = snapshot;
  const paths = new Map(files.map(({ shown, path }) => [shown, path]));
  const variables = [...environments.variables(name).values()].map(({ isPrivate, value, location, ...variable }) => ({
    name: variable.name,
    value: isPrivate ? undefined : value,
    environment: variable.environment,
    location,
    uri: pathToFileURL(paths.get(location.file) ?? location.file).href,
  }));
  return { name, names: environments.names, variables };
}

/** The files that hold an environment, as shown to a person. */
export function filesOf({ environments }: EnvironmentSnapshot, name: string): readonly string[] {
  const own = [...environments.variables(name).values()].filter(({ environment }) => environment === name);
  return [...new Set(own.map(({ location }) => location.file))];
}
