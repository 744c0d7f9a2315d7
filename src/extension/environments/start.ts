import { type Disposable, type Event, EventEmitter, window } from "vscode";
import { activeRequestEditor } from "../documents.ts";
import { ActiveEnvironments, type Memory } from "./active-environments.ts";
import { EnvironmentChoice } from "./environment-choice.ts";
import { EnvironmentFiles } from "./environment-files.ts";
import { EnvironmentStatus } from "./environment-status.ts";

export interface WindowEnvironments {
  readonly files: EnvironmentFiles;
  readonly choice: EnvironmentChoice;
  /** Another environment was chosen, or the files have changed. */
  readonly onDidChange: Event<void>;
  /** The command: asks, unless it is given the name of an environment ("" for none). */
  select(name: unknown): Promise<void>;
  register(): Disposable[];
}

/** The environments of this window: their files, which one is active, and the language status that says so. */
export function startEnvironments(workspaceState: Memory): WindowEnvironments {
  const changed = new EventEmitter<void>();
  const files = new EnvironmentFiles();
  const choice = new EnvironmentChoice(files, new ActiveEnvironments(workspaceState), () => changed.fire());
  const status = new EnvironmentStatus(files, choice);
  return {
    files,
    choice,
    onDidChange: changed.event,
    select: async (name) => {
      const editor = activeRequestEditor();
      if (editor) return choice.select(editor.document.uri, typeof name === "string" ? name : undefined);
      void window.showInformationMessage("Open an .https file: its workspace folder has the environments.");
    },
    register: () => [
      changed,
      ...files.register(),
      ...status.register(),
      files.onDidChange(() => changed.fire()),
      changed.event(() => status.refresh()),
    ],
  };
}
