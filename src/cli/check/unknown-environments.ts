import { Failure } from "../../common/failure.ts";
import { didYouMean } from "../../common/near-name.ts";
import { type Settings, shownPath } from "../../settings/index.ts";
import type { HostEntry } from "../../settings/model.ts";
import type { Surroundings } from "./surroundings.ts";

interface Workspace {
  readonly root: string;
  readonly settings: Settings;
  /** Those of all its request files: each sees the environment files from its own folder upwards. */
  readonly names: Set<string>;
}

/** Entries of `padlock.hosts` for environments that no environment file defines: nobody can choose those. */
export class KnownEnvironments {
  readonly #workspaces = new Map<string, Workspace>();

  add({ root, settings, facts }: Surroundings): void {
    if (!settings) return;
    const workspace = this.#workspaces.get(root) ?? { root, settings, names: new Set() };
    for (const name of facts.environment?.names ?? []) workspace.names.add(name);
    this.#workspaces.set(root, workspace);
  }

  /** Of each workspace, once an entry and name. */
  findUnknown(): { readonly failure: Failure; readonly root: string }[] {
    return [...this.#workspaces.values()].flatMap(({ root, settings, names }) =>
      settings.hosts.flatMap((entry) =>
        (entry.environments ?? [])
          .filter((name) => !names.has(name))
          .map((name) => ({ failure: unknown(name, [...names], entry, settings), root })),
      ),
    );
  }
}

function unknown(name: string, names: readonly string[], entry: HostEntry, settings: Settings): Failure {
  const path = [...entry.path, "environment"];
  const setting = shownPath(path);
  return new Failure({
    code: "settings.unknown-environment",
    title: `No environment file defines "${name}"`,
    detail: `${setting} names the environment "${name}", which no environment file of these requests defines, so the entry never counts for it.`,
    fix:
      names.length === 0
        ? `Define it in http-client.env.json: { "${name}": {} }.`
        : `Defined are: ${names.join(", ")}.${didYouMean(name, names)}`,
    location: settings.locate(path),
    setting,
  });
}
