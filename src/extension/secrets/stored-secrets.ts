import { type SecretStorage, window } from "vscode";
import { storageKeys } from "../manifest.ts";
import { isSecretName, secretNameRule } from "./secret-name.ts";

/**
 * What `{{$secret NAME}}` reads: VS Code's SecretStorage, which encrypts with the keys of the operating system and does
 * not sync. A value goes in through a masked box and comes out in a request only.
 */
export class StoredSecrets {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  async get(name: string): Promise<string | undefined> {
    return this.#storage.get(storageKeys.secretPrefix + name);
  }

  /** Asks for a value, and first for the name unless it is given. */
  async set(given?: unknown): Promise<void> {
    const name = isSecretName(given) ? given : await askName();
    if (name === undefined) return;
    const value = await window.showInputBox({
      title: `Secret “${name}”`,
      prompt: "The value is stored by VS Code on this machine and shown nowhere.",
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (text === "" ? "Type or paste the value." : undefined),
    });
    if (value === undefined || value === "") return;
    await this.#storage.store(storageKeys.secretPrefix + name, value);
    window.setStatusBarMessage(`Stored the secret ${name}`, 3000);
  }

  async delete(): Promise<void> {
    const names = await this.#names();
    if (names.length === 0) {
      void window.showInformationMessage("Padlock has stored no secret on this machine.");
      return;
    }
    const name = await window.showQuickPick(names, { title: "Delete a Secret", placeHolder: "Choose the secret" });
    if (name === undefined) return;
    await this.#storage.delete(storageKeys.secretPrefix + name);
    window.setStatusBarMessage(`Deleted the secret ${name}`, 3000);
  }

  async #names(): Promise<string[]> {
    const keys = await this.#storage.keys();
    const own = keys.filter((key) => key.startsWith(storageKeys.secretPrefix));
    return own.map((key) => key.slice(storageKeys.secretPrefix.length)).sort();
  }
}

async function askName(): Promise<string | undefined> {
  return window.showInputBox({
    title: "Set a Secret",
    prompt: "Its name, as in {{$secret NAME}}",
    ignoreFocusOut: true,
    validateInput: (text) => (isSecretName(text) ? undefined : secretNameRule),
  });
}
