import { type Disposable, EventEmitter, type SecretStorage, workspace } from "vscode";
import type { SecretStore } from "./secret-store.ts";

/** The names in VS Code's store, for those who cannot wait for it. Values are never read here. */
export class StoredNames {
  readonly #store: SecretStore;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #names: ReadonlySet<string> = new Set();

  constructor(store: SecretStore) {
    this.#store = store;
  }

  /** `storage` tells of changes in this and other windows. `onError`: the store could not be read. */
  register(storage: SecretStorage, onError: (error: unknown) => void): Disposable[] {
    const read = () => {
      this.#read().catch(onError);
    };
    read();
    return [this.#changed, storage.onDidChange(read), workspace.onDidGrantWorkspaceTrust(read)];
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  async #read(): Promise<void> {
    const names = await this.#store.names();
    if (names.length === this.#names.size && names.every((name) => this.#names.has(name))) return;
    this.#names = new Set(names);
    this.#changed.fire();
  }
}
