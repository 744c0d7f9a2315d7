import { type QuickPickItem, type Uri, window, workspace } from "vscode";
import { plain } from "../text.ts";
import type { ActiveEnvironments } from "./active-environments.ts";
import type { EnvironmentFiles } from "./environment-files.ts";
import { type EnvironmentSnapshot, filesOf } from "./known-environment.ts";

interface Choice extends QuickPickItem {
  readonly environment: string;
}

/** The active environment of request files: each workspace folder has its own. */
export class EnvironmentChoice {
  readonly #files: EnvironmentFiles;
  readonly #active: ActiveEnvironments;
  readonly #onChange: () => void;

  constructor(files: EnvironmentFiles, active: ActiveEnvironments, onChange: () => void) {
    this.#files = files;
    this.#active = active;
    this.#onChange = onChange;
  }

  /** "" for none. */
  nameFor(uri: Uri): string {
    return this.#active.get(folderOf(uri));
  }

  /** Asks which environment the requests of a file shall use, unless `name` says it; "" is none. */
  async select(uri: Uri, name?: string): Promise<void> {
    const snapshot = await this.#files.load(uri);
    if (!snapshot) return tell("Environment files are read in trusted folders of this machine's disk only.");
    if (name === undefined) return this.#ask(uri, snapshot);
    if (name !== "" && !snapshot.environments.names.includes(name)) {
      return tell(`No environment file beside this request file has “${plain(name)}”.`);
    }
    await this.#set(uri, name);
  }

  async #ask(uri: Uri, snapshot: EnvironmentSnapshot): Promise<void> {
    const { names } = snapshot.environments;
    if (names.length === 0) {
      return tell("There is no environment here yet. Name some in an http-client.env.json beside the request file.");
    }
    const choices = choicesOf(snapshot, this.nameFor(uri));
    const title = "Environment for the Requests of This Folder";
    const chosen = await window.showQuickPick(choices, { title, placeHolder: "Choose an environment" });
    if (chosen) await this.#set(uri, chosen.environment);
  }

  async #set(uri: Uri, name: string): Promise<void> {
    await this.#active.set(folderOf(uri), name);
    this.#onChange();
  }
}

function choicesOf(snapshot: EnvironmentSnapshot, active: string): Choice[] {
  const described = (environment: string, parts: readonly string[]) =>
    (environment === active ? ["active", ...parts] : parts).join(" · ");
  const named = snapshot.environments.names.map((environment) => ({
    environment,
    label: plain(environment),
    description: plain(described(environment, filesOf(snapshot, environment)), 200),
  }));
  const none = { environment: "", label: "No environment", description: described("", ["only $shared variables"]) };
  return [...named, none];
}

function folderOf(uri: Uri): string {
  const own = workspace.getWorkspaceFolder(uri);
  const folder = own ?? (uri.scheme === "untitled" ? workspace.workspaceFolders?.[0] : undefined);
  return folder?.uri.toString() ?? "";
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
