import { dirname } from "node:path";
import { type Disposable, EventEmitter, type Uri, workspace } from "vscode";
import { loadDotenv } from "../../secrets/index.ts";
import { loadEnvironmentFiles, readEnvironments } from "../../settings/index.ts";
import { hasDisk, pathOf } from "../documents.ts";
import { workspaceRoot } from "../workspace-settings.ts";
import type { EnvironmentSnapshot } from "./known-environment.ts";

/** Every file that can change what an environment or `$dotenv` gives. */
const watched = "**/{*.env.json,*.env.json.user,.env,.env.*}";
const watchedName = /\/(?:[^/]*\.env\.json(?:\.user)?|\.env(?:\.[^/]*)?)$/;

interface Place {
  /** The request file: an absolute path. */
  readonly file: string;
  readonly root: string;
}

/**
 * The environment files of each folder with request files, read at the first question and again when one of them
 * changes. In Restricted Mode, and where there is no disk, nothing is read and everything is unknown.
 */
export class EnvironmentFiles {
  readonly #changed = new EventEmitter<void>();
  readonly #places = new Map<string, Place>();
  readonly #loading = new Map<string, Promise<EnvironmentSnapshot>>();
  readonly #loaded = new Map<string, EnvironmentSnapshot>();
  /** Something was read, again or for the first time. */
  readonly onDidChange = this.#changed.event;

  register(): Disposable[] {
    const reload = () => this.#reload();
    const watcher = workspace.createFileSystemWatcher(watched);
    watcher.onDidCreate(reload);
    watcher.onDidChange(reload);
    watcher.onDidDelete(reload);
    const trusted = workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire());
    // The watcher sees the workspace's folders only.
    const saved = workspace.onDidSaveTextDocument(({ uri }) => {
      if (watchedName.test(uri.path)) reload();
    });
    return [this.#changed, watcher, trusted, saved];
  }

  /** What was read last; undefined until the first reading is done, which then fires `onDidChange`. */
  get(uri: Uri): EnvironmentSnapshot | undefined {
    const place = placeOf(uri);
    if (!place) return undefined;
    const key = keyOf(place);
    if (!this.#loading.has(key)) void this.#load(place);
    return this.#loaded.get(key);
  }

  /** Reads the files anew: a watcher may be slower than a person who has just saved one. */
  async load(uri: Uri): Promise<EnvironmentSnapshot | undefined> {
    const place = placeOf(uri);
    return place && this.#load(place);
  }

  #reload(): void {
    for (const place of this.#places.values()) void this.#load(place);
  }

  async #load(place: Place): Promise<EnvironmentSnapshot> {
    const key = keyOf(place);
    const loading = readSnapshot(place);
    this.#places.set(key, place);
    this.#loading.set(key, loading);
    const snapshot = await loading;
    // A file may have changed once more in the meantime: then that reading counts.
    if (this.#loading.get(key) === loading) {
      this.#loaded.set(key, snapshot);
      this.#changed.fire();
    }
    return snapshot;
  }
}

function placeOf(uri: Uri): Place | undefined {
  return workspace.isTrusted && hasDisk(uri) ? { file: pathOf(uri), root: workspaceRoot(uri) } : undefined;
}

/** Request files of one folder have the same environment files. */
function keyOf({ file, root }: Place): string {
  return `${root}\n${dirname(file)}`;
}

async function readSnapshot({ file, root }: Place): Promise<EnvironmentSnapshot> {
  const files = await loadEnvironmentFiles(file, root);
  const environments = readEnvironments(files);
  const names = ["", ...environments.names];
  const dotenv = new Map(
    await Promise.all(names.map(async (name) => [name, (await loadDotenv(file, root, name)).names] as const)),
  );
  return { files, environments, dotenvNames: (name) => dotenv.get(name) ?? dotenv.get("") ?? [] };
}
