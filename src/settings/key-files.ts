import { resolve } from "node:path";
import type { Environment } from "./environment.ts";
import type { Environments } from "./environments/model.ts";
import type { KeyFile } from "./key-permissions.ts";
import type { Settings } from "./model.ts";
import { expandPlaceholders } from "./placeholders.ts";
import { shownPath } from "./setting-path.ts";

interface Sources {
  readonly environment: Environment;
  readonly environments: Environments;
}

/**
 * The private keys that the settings and environment files name, for whichever host. A certificate that is named
 * without a key holds it.
 */
export function keyFiles(settings: Settings, sources: Sources): readonly KeyFile[] {
  return [
    ...settings.hosts.flatMap(({ cert, key, pfx }) => [pfx, key ?? cert]).flatMap(fileOf(settings, sources)),
    ...identitiesOf(sources).flatMap(({ cert, key, location }) => {
      const path = key ?? cert;
      return path === undefined ? [] : [{ path, location }];
    }),
  ];
}

/** All files that decide what a connection presents and trusts, the keys among them; absolute. */
export function identityFiles(settings: Settings, sources: Sources): readonly string[] {
  const ofSettings = settings.hosts.flatMap(({ cert, key, pfx, ca = [], crl = [] }) => [cert, key, pfx, ...ca, ...crl]);
  return [
    ...ofSettings.flatMap(fileOf(settings, sources)).map(({ path }) => path),
    ...identitiesOf(sources).flatMap(({ cert, key }) => [cert, key].filter((path) => path !== undefined)),
  ];
}

function fileOf({ root, locate }: Settings, { environment }: Sources) {
  return (setting: Settings["hosts"][number]["cert"]): KeyFile[] => {
    if (!setting) return [];
    const path = resolve(root, expandPlaceholders(setting.text, root, environment).text);
    return [{ path, location: locate(setting.path), setting: shownPath(setting.path) }];
  };
}

function identitiesOf({ environments }: Sources) {
  return ["", ...environments.names]
    .map((name) => environments.identity(name))
    .filter((identity) => identity !== undefined);
}
