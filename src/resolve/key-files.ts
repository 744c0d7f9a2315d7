import { resolve } from "node:path";
import type { Settings } from "../settings/index.ts";
import { expandPlaceholders } from "../settings/placeholders.ts";
import type { ValueSources } from "./values/sources.ts";

/**
 * The private keys that the settings and environment files name, for whichever host; absolute. A certificate that is
 * named without a key holds it.
 */
export function keyFiles(
  { hosts, root }: Settings,
  { environment, environments }: Pick<ValueSources, "environment" | "environments">,
): readonly string[] {
  const ofSettings = hosts
    .flatMap(({ cert, key, pfx }) => [pfx, key ?? cert])
    .map((setting) => setting && expandPlaceholders(setting.text, root, environment).text);
  const ofEnvironments = ["", ...environments.names].map((name) => {
    const identity = environments.identity(name);
    return identity?.key ?? identity?.cert;
  });
  return [...ofSettings, ...ofEnvironments].flatMap((path) => (path === undefined ? [] : [resolve(root, path)]));
}
