import type { SecretStorage } from "vscode";
import { storageKeys } from "../manifest.ts";

/**
 * What `{{$secret NAME}}` reads: VS Code's SecretStorage, which encrypts with the keys of the operating system and does
 * not sync. In Restricted Mode it is not even looked into, whoever asks.
 */
export class SecretStore {
  readonly #storage: SecretStorage;
  readonly #isTrusted: () => boolean;

  constructor(storage: SecretStorage, isTrusted: () => boolean) {
    this.#storage = storage;
    this.#isTrusted = isTrusted;
  }

  get isOpen(): boolean {
    return this.#isTrusted();
  }

  async get(name: string): Promise<string | undefined> {
    return this.#isTrusted() ? this.#storage.get(keyOf(name)) : undefined;
  }

  /** @throws {Error} in Restricted Mode */
  async set(name: string, value: string): Promise<void> {
    this.#refuseUntrusted();
    await this.#storage.store(keyOf(name), value);
  }

  /** @throws {Error} in Restricted Mode */
  async delete(name: string): Promise<void> {
    this.#refuseUntrusted();
    await this.#storage.delete(keyOf(name));
  }

  /** Of all that are stored, in alphabetical order. */
  async names(): Promise<string[]> {
    if (!this.#isTrusted()) return [];
    const keys = await this.#storage.keys();
    const own = keys.filter((key) => key.startsWith(storageKeys.secretPrefix));
    return own.map((key) => key.slice(storageKeys.secretPrefix.length)).sort();
  }

  #refuseUntrusted(): void {
    if (!this.#isTrusted()) throw new Error("the store of secrets is closed in Restricted Mode");
  }
}

function keyOf(name: string): string {
  return storageKeys.secretPrefix + name;
}
