import { commands, type QuickPickItem, window } from "vscode";
import { plain } from "../text.ts";
import { isSecretName, secretNameRule } from "./secret-name.ts";
import type { SecretStore } from "./secret-store.ts";

/** The commands for stored secrets. A value goes in through a masked box and comes out in a request only. */
export class StoredSecrets {
  readonly #store: SecretStore;
  readonly #hostsOf: (name: string) => readonly string[];

  /** `hostsOf`: the hosts that `padlock.secrets` allows for a name. */
  constructor(store: SecretStore, hostsOf: (name: string) => readonly string[]) {
    this.#store = store;
    this.#hostsOf = hostsOf;
  }

  /** Asks for a value, and first for the name unless it is given. */
  async set(given?: unknown): Promise<void> {
    if (!this.#store.isOpen) return tellRestricted();
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
    await this.#store.set(name, value);
    window.setStatusBarMessage(`Stored the secret ${plain(name)}`, 3000);
  }

  /** Shows the names, never a value; what is chosen can be changed or deleted. */
  async list(): Promise<void> {
    const name = await this.#choose("Stored Secrets", "Choose a secret to change or delete it");
    if (name === undefined) return;
    const change = "Change the Value…";
    const answer = await window.showQuickPick([change, "Delete"], {
      title: `Secret “${name}”`,
      placeHolder: "Its value is never shown",
    });
    if (answer === undefined) return;
    await (answer === change ? this.set(name) : this.#delete(name));
  }

  async delete(): Promise<void> {
    const name = await this.#choose("Delete a Secret", "Choose the secret");
    if (name !== undefined) await this.#delete(name);
  }

  async #delete(name: string): Promise<void> {
    await this.#store.delete(name);
    window.setStatusBarMessage(`Deleted the secret ${plain(name)}`, 3000);
  }

  async #choose(title: string, placeHolder: string): Promise<string | undefined> {
    if (!this.#store.isOpen) return tellRestricted();
    const names = await this.#store.names();
    if (names.length === 0) {
      void offerFirst();
      return undefined;
    }
    const items = names.map((name) => ({ label: name, description: this.#describe(name) }) satisfies QuickPickItem);
    return (await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.label;
  }

  #describe(name: string): string {
    const hosts = this.#hostsOf(name);
    return hosts.length > 0 ? plain(hosts.join(", "), 200) : "allowed for no host here";
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

async function offerFirst(): Promise<void> {
  const set = "Set a Secret…";
  const chosen = await window.showInformationMessage("Padlock has stored no secret on this machine.", set);
  if (chosen === set) await commands.executeCommand("padlock.setSecret");
}

function tellRestricted(): undefined {
  return tell("Padlock does not open its store of secrets in Restricted Mode. Trust the folder first.");
}

function tell(message: string): undefined {
  void window.showInformationMessage(message);
}
