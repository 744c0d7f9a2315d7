import { join } from "node:path";
import { commands, Uri, window, workspace } from "vscode";
import type { Demo } from "../demo/index.ts";
import { loadRawSettings } from "../settings/index.ts";
import { demoMarker, languageId, settings } from "./manifest.ts";
import { settingsArrive } from "./settings-arrival.ts";

const marker = `{
  "about": "Padlock starts its demo servers when VS Code opens this folder. Delete the folder whenever you like."
}
`;

/**
 * The demo as a folder in the extension's own storage. Opening a folder restarts the extension host, and with it the
 * servers; so the command only opens the folder, and the extension starts the servers once it wakes up in there.
 */
export class DemoWorkspace {
  readonly #folder: Uri;
  #demo: Promise<Demo> | undefined;
  #environment: Readonly<Record<string, string>> = {};

  constructor(globalStorage: Uri) {
    this.#folder = Uri.joinPath(globalStorage, "demo");
  }

  /** The variables of the running demo; empty without one. */
  get environment(): Readonly<Record<string, string>> {
    return this.#environment;
  }

  async open(): Promise<void> {
    if (this.#isOpen()) return this.#startAndShow();
    await workspace.fs.createDirectory(this.#folder);
    await workspace.fs.writeFile(Uri.joinPath(this.#folder, demoMarker), new TextEncoder().encode(marker));
    const forceNewWindow = (workspace.workspaceFolders?.length ?? 0) > 0;
    await commands.executeCommand("vscode.openFolder", this.#folder, { forceNewWindow });
  }

  /**
   * Starts the servers where this window shows the demo's folder. The place decides, never the marker alone: a cloned
   * repository can hold such a file, but it cannot lie in our storage.
   */
  async resume(): Promise<void> {
    if (this.#isOpen()) await this.#startAndShow();
  }

  async close(): Promise<void> {
    const demo = await this.#demo;
    await demo?.close();
  }

  #isOpen(): boolean {
    return (workspace.workspaceFolders ?? []).some(({ uri }) => uri.toString() === this.#folder.toString());
  }

  async #startAndShow(): Promise<void> {
    this.#demo ??= this.#start();
    await this.#demo;
    if (window.activeTextEditor) return;
    const first = await this.#firstRequestFile();
    if (first) await window.showTextDocument(first);
  }

  async #start(): Promise<Demo> {
    const { startDemo } = await import("../demo/index.ts");
    const demo = await startDemo({ folder: this.#folder.fsPath });
    this.#environment = demo.environment;
    const { values } = await loadRawSettings(join(this.#folder.fsPath, "any.https"));
    await settingsArrive(this.#folder, values[settings.hosts]);
    return demo;
  }

  async #firstRequestFile(): Promise<Uri | undefined> {
    const entries = await workspace.fs.readDirectory(this.#folder);
    const names = entries.map(([name]) => name).filter((name) => name.endsWith(`.${languageId}`));
    const first = names.sort()[0];
    return first === undefined ? undefined : Uri.joinPath(this.#folder, first);
  }
}
