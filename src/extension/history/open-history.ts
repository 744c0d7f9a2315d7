import { resolve } from "node:path";
import { type Disposable, type ExtensionContext, Uri, workspace } from "vscode";
import type { ExchangeView } from "../../protocol/exchange-view.ts";
import { settings } from "../manifest.ts";
import { workspaceRoot } from "../workspace-settings.ts";
import { History } from "./history.ts";
import { HistoryFile } from "./history-file.ts";

const defaultLimit = 200;
const largestLimit = 1000;

/** The history of this window; its file, if the person wants one, is in the storage of the workspace. */
export function openHistory(
  { storageUri, globalStorageUri }: Pick<ExtensionContext, "storageUri" | "globalStorageUri">,
  onProblem: (text: string) => void,
): History {
  return new History(new HistoryFile((storageUri ?? globalStorageUri).fsPath), {
    isTrusted: () => workspace.isTrusted,
    isPersistent,
    limit,
    onProblem,
  });
}

/** Also deletes, behind the activation, a file that was left by a setting that is off by now. */
export function watchHistorySettings(history: History): Disposable {
  void history.settingsChanged();
  return workspace.onDidChangeConfiguration((event) => {
    const keys = [settings.historyLimit, settings.historyPersist];
    if (keys.some((key) => event.affectsConfiguration(key))) void history.settingsChanged();
  });
}

/** Only the person's own value: a repository must not be able to have anything written to the disk. */
function isPersistent(): boolean {
  return workspace.getConfiguration().inspect<unknown>(settings.historyPersist)?.globalValue === true;
}

function limit(): number {
  const value = workspace.getConfiguration().get<unknown>(settings.historyLimit);
  if (typeof value !== "number" || !Number.isFinite(value)) return defaultLimit;
  return Math.min(Math.max(Math.trunc(value), 0), largestLimit);
}

/** The document of a request of another file than the one that was sent. */
export function otherDocument(document: string, { request }: ExchangeView): string {
  return Uri.file(resolve(workspaceRoot(Uri.parse(document)), request.file)).toString();
}
