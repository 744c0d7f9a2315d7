import { type Disposable, LanguageStatusSeverity, languages, window, workspace } from "vscode";
import { activeRequestEditor, anyRequestFile } from "../documents.ts";
import type { EnvironmentChoice } from "./environment-choice.ts";
import type { EnvironmentFiles } from "./environment-files.ts";
import { type StatusText, statusText } from "./status-text.ts";

const severities: Readonly<Record<StatusText["severity"], LanguageStatusSeverity>> = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
};

/** The active environment in the language status of request files. */
export class EnvironmentStatus {
  readonly #item = languages.createLanguageStatusItem("padlock.environment", anyRequestFile);
  readonly #files: EnvironmentFiles;
  readonly #choice: EnvironmentChoice;

  constructor(files: EnvironmentFiles, choice: EnvironmentChoice) {
    this.#files = files;
    this.#choice = choice;
    this.#item.name = "Padlock: Environment";
    this.#item.command = { title: "Switch", command: "padlock.selectEnvironment" };
  }

  register(): Disposable[] {
    this.refresh();
    return [this.#item, window.onDidChangeActiveTextEditor(() => this.refresh())];
  }

  /** Shows what holds for the active editor's file. */
  refresh(): void {
    const uri = activeRequestEditor()?.document.uri;
    if (!uri) return;
    const { text, detail, severity } = statusText(this.#files.get(uri), this.#choice.nameFor(uri), workspace.isTrusted);
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.severity = severities[severity];
    this.#item.accessibilityInformation = { label: `${text}. ${detail}` };
  }
}
