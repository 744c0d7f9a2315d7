import { type QuickPickItem, type TextDocument, WorkspaceEdit, window, workspace } from "vscode";
import type { CredentialMove, LanguageHost } from "../../language/index.ts";
import type { Environment } from "../../secrets/index.ts";
import type { Documents } from "../documents.ts";
import type { EnvironmentChoice } from "../environments/environment-choice.ts";
import type { EnvironmentFiles } from "../environments/environment-files.ts";
import { editorTextEdit } from "../language/edits.ts";
import { escapeControls, plain } from "../text.ts";
import { folderOf } from "../workspace-settings.ts";
import { isMoveRequest } from "./move-request.ts";
import { changePrivateFile, type PrivateFile, privateFileFor } from "./private-file.ts";
import type { SecretStore } from "./secret-store.ts";
import { writeAllowedHost } from "./write-rule.ts";

export interface MoveSecretParts {
  readonly documents: Documents;
  readonly host: LanguageHost;
  readonly store: SecretStore;
  readonly environment: Environment;
  readonly files: EnvironmentFiles;
  readonly choice: EnvironmentChoice;
}

/** A place that keeps the value, and how a request file asks for it there. */
interface Target extends QuickPickItem {
  readonly file: PrivateFile | undefined;
}

/**
 * The command behind "Move to an environment variable…": asks for a name and a place, keeps the value there, allows it
 * for the hosts of its requests, and then puts the reference into the file, as one step to undo. The value itself is
 * read from the document and goes nowhere else: not into arguments, messages, the log or the clipboard.
 */
export class MoveSecret {
  readonly #parts: MoveSecretParts;

  constructor(parts: MoveSecretParts) {
    this.#parts = parts;
  }

  async run(request: unknown): Promise<void> {
    if (!isMoveRequest(request))
      throw new TypeError("padlock.moveSecret: the argument must be { uri, version, range }");
    if (!workspace.isTrusted) return tell("Padlock stores nothing in Restricted Mode. Trust the folder first.");
    const document = workspace.textDocuments.find(({ uri }) => uri.toString() === request.uri);
    const { credentialMove } = await import("../../language/index.ts");
    const language = document && this.#parts.documents.language(document);
    const move =
      language?.version === request.version ? credentialMove(language, request.range, this.#parts.host) : undefined;
    if (!document || !move) return tell("The file has changed. Ask for the quick fix once more.");
    if (!folderOf(document.uri))
      return tell("Open the folder of this request file: the hosts are kept in its settings.");
    await this.#move(document, move);
  }

  async #move(document: TextDocument, move: CredentialMove): Promise<void> {
    const { version } = document;
    const target = await this.#askTarget(document, move);
    const name = target && (await this.#askName(document, move, target));
    if (!target || name === undefined) return;
    const isUnchanged = () => document.version === version && !document.isClosed;
    if (!isUnchanged()) return tell("The file has changed. Ask for the quick fix once more.");
    if (!(await this.#keep(name, move.value, target))) return;
    const folder = folderOf(document.uri);
    for (const host of folder ? move.hosts : []) if (folder) await writeAllowedHost(folder, { name, host });
    const edit = new WorkspaceEdit();
    edit.set(document.uri, move.edits(target.file ? name : `$env.${name}`).map(editorTextEdit));
    if (!isUnchanged() || !(await workspace.applyEdit(edit))) {
      return tell(`The value is kept as ${plain(name)}, but the file has changed: write the reference to it yourself.`);
    }
    window.setStatusBarMessage(`Moved to ${plain(target.file ? target.file.shown : `the secret ${name}`)}`, 5000);
  }

  /** Only where there is a choice; undefined where it was dismissed. */
  async #askTarget({ uri }: TextDocument, { value, what }: CredentialMove): Promise<Target | undefined> {
    const stored: Target = {
      label: "VS Code's secret storage",
      description: "{{$env.NAME}}",
      detail: "Encrypted, on this machine only. In CI the environment variable of the same name gives the value.",
      file: undefined,
    };
    // There a backslash and braces have a meaning of their own.
    const isPlain = !/\\|\{\{/.test(value);
    const file = isPlain ? await privateFileFor(uri, this.#parts.files, this.#parts.choice) : undefined;
    if (!file) return stored;
    const inFile: Target = {
      label: plain(file.shown),
      description: "{{NAME}}",
      detail: `In the clear, in a file that Git ignores, for ${file.environment === "$shared" ? "every environment" : `the environment “${escapeControls(file.environment)}”`}.`,
      file,
    };
    return window.showQuickPick([stored, inFile], {
      title: `Move ${what}`,
      placeHolder: "Where to keep the value",
      ignoreFocusOut: true,
    });
  }

  async #askName(document: TextDocument, move: CredentialMove, { file }: Target): Promise<string | undefined> {
    const { isVariableName } = await import("../../language/index.ts");
    const taken = new Set((await this.#parts.store.names()).filter(() => !file));
    const { environment, host } = this.#parts;
    const uri = document.uri.toString();
    const isKnown = (name: string) => host.environment(uri).variables.some((variable) => variable.name === name);
    const problemWith = (name: string): string | undefined => {
      if (!isVariableName(name)) return "A name is letters, digits and “_”, and starts with no digit.";
      if (host.publicEnv(uri).includes(name)) return `padlock.publicEnv names ${name}: its value would be shown.`;
      if (file) return isKnown(name) ? `An environment file defines ${name} already.` : undefined;
      if (environment.get(name) !== undefined) return `The environment sets ${name} already, and would be asked first.`;
      return taken.has(name) ? `There is a secret ${name} already.` : undefined;
    };
    let proposal = move.proposedName;
    for (let number = 2; number < 100 && problemWith(proposal); number++) proposal = `${move.proposedName}_${number}`;
    const hosts = move.hosts.map(escapeControls).join(", ");
    return window.showInputBox({
      title: `Move ${move.what}`,
      prompt:
        hosts === ""
          ? "The name of the variable. Its host is not known here: the first Send asks for it."
          : `The name of the variable. It will be allowed for ${hosts}.`,
      value: proposal,
      ignoreFocusOut: true,
      validateInput: (text) => problemWith(text),
    });
  }

  /** False where nothing was kept, which was said. */
  async #keep(name: string, value: string, { file }: Target): Promise<boolean> {
    if (!file) {
      await this.#parts.store.set(name, value);
      return true;
    }
    const { withVariable } = await import("../../language/index.ts");
    if (await changePrivateFile(file.path, (text) => withVariable(text, file.environment, name, value))) return true;
    tell(`${plain(file.shown)} could not be changed: save it, and see that it is a JSON file without ${plain(name)}.`);
    return false;
  }
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
