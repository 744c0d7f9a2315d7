import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
  ConfigurationTarget,
  commands,
  Position,
  Selection,
  type Tab,
  TabInputWebview,
  type TextEditor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";

/** Asks again and again until `read` gives a value that is neither undefined nor false; fails with `what` after ten seconds. */
export async function eventually<T>(
  what: string,
  read: () => T | undefined | false | PromiseLike<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited ten seconds in vain: ${what}`);
    await delay(50);
  }
}

/** Opens a new request file in the first column, with the cursor at the first line that starts with `cursor`. */
export async function openText(content: string, cursor?: string): Promise<TextEditor> {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  const uri = Uri.joinPath(folder.uri, `${randomUUID()}.https`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return openFile(uri.fsPath, cursor);
}

export async function openFile(path: string, cursor?: string): Promise<TextEditor> {
  const document = await workspace.openTextDocument(Uri.file(path));
  return showAt(await window.showTextDocument(document, ViewColumn.One), cursor);
}

function showAt(editor: TextEditor, cursor: string | undefined): TextEditor {
  if (cursor === undefined) return editor;
  const line = editor.document
    .getText()
    .split(/\r?\n/)
    .findIndex((text) => text.startsWith(cursor));
  if (line < 0) throw new Error(`no line starts with ${cursor}`);
  const place = new Position(line, 0);
  editor.selection = new Selection(place, place);
  return editor;
}

/** The tabs of the response panel; VS Code puts a prefix before its type. */
export function panelTabs(): Tab[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith("padlock.response"));
}

/** Waits until the panel's tab says `label`, which it does once the exchange is over. */
export async function panelSays(label: string): Promise<Tab> {
  try {
    return await eventually(`the panel's tab says “${label}”`, () => panelTabs().find((tab) => tab.label === label));
  } catch (error) {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
    throw new Error(`the panel does not say “${label}”; the open tabs are: ${tabs.join(", ")}`, { cause: error });
  }
}

/** Saves what a test has edited, so that VS Code does not ask. */
export async function closeEverything(): Promise<void> {
  await workspace.saveAll();
  await commands.executeCommand("workbench.action.closeAllEditors");
}

/** Sets a key of `padlock.*` in the person's own settings; undefined removes it. */
export async function configure(key: string, value: unknown): Promise<void> {
  await workspace.getConfiguration("padlock").update(key, value, ConfigurationTarget.Global);
}

/** Runs a command that asks, and takes what each of its boxes and lists offers first. */
export async function takeOffered(command: string): Promise<void> {
  let isOver = false;
  const done = Promise.resolve(commands.executeCommand(command)).finally(() => {
    isOver = true;
  });
  await eventually(`${command} gets its answers`, async () => {
    // Before a box is there it does nothing.
    if (!isOver) await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await delay(50);
    return isOver;
  });
  await done;
}
