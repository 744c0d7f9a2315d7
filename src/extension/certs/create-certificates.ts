import { access } from "node:fs/promises";
import { join } from "node:path";
import { commands, Uri, type WorkspaceFolder, window, workspace } from "vscode";
import type { Made } from "../../certs/orders.ts";
import type { Problem } from "../../certs/problem.ts";
import type { Result } from "../../common/result.ts";
import { shownFile } from "../../settings/index.ts";
import { plain } from "../text.ts";
import { readWorkspaceSettings } from "../workspace-settings.ts";
import { askClientName, askFolder, askPassphrase, askServerNames, askWhat } from "./questions.ts";

/** Makes one certificate; `force` replaces what is there. */
type Maker = (force: boolean) => Promise<Result<Made, Problem>>;

/**
 * Asks what to make, writes keys and certificates into a folder of the workspace, and offers to write the settings that
 * use them. Never in Restricted Mode, and never over a file without a question.
 */
export async function createCertificates(): Promise<void> {
  if (!workspace.isTrusted) return tell("Padlock writes no files in Restricted Mode. Trust the folder first.");
  const folder = await askWorkspaceFolder();
  if (!folder) return;
  const made = await askAndMake(folder);
  if (made.length > 0) await offerSettings(made, folder);
}

async function askWorkspaceFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (folders.length === 0) tell("Open a folder first: the certificates are kept in it.");
  if (folders.length < 2) return folders[0];
  return window.showWorkspaceFolderPick({ placeHolder: "The workspace folder for the certificates" });
}

async function askAndMake(workspaceFolder: WorkspaceFolder): Promise<readonly Made[]> {
  const root = workspaceFolder.uri.fsPath;
  const name = await askFolder();
  if (name === undefined) return [];
  const hasAuthority = await access(join(root, name, "ca.pem")).then(
    () => true,
    () => false,
  );
  const wanted = await askWhat(hasAuthority, name);
  if (!wanted) return [];
  const { checkName, makeAuthority, makeClient, makeServer, readServerNames } = await import("../../certs/index.ts");
  const names = wanted.server ? await askServerNames((text) => problemOf(readServerNames([text]))) : [];
  if (!names) return [];
  const client = wanted.client ? await askClientName((text) => checkName(text)?.title) : "";
  if (client === undefined) return [];
  const passphrase = wanted.client ? await askPassphrase() : "";
  if (passphrase === undefined) return [];
  const place = { folder: join(root, name), within: root, root };
  const makers: Maker[] = [];
  if (!hasAuthority) makers.push((force) => makeAuthority({ place, force }));
  if (wanted.server) makers.push((force) => makeServer({ place, force, names }));
  if (wanted.client) {
    makers.push((force) => makeClient({ place, force, name: client, passphrase: passphrase || undefined }));
  }
  return makeAll(makers);
}

function problemOf(read: Result<unknown, Problem>): string | undefined {
  return read.ok ? undefined : `${read.error.title}. ${read.error.detail} ${read.error.fix}`;
}

/** Stops at the first one that cannot be made; what is there is replaced only where the person says so. */
async function makeAll(makers: readonly Maker[]): Promise<readonly Made[]> {
  const all: Made[] = [];
  for (const make of makers) {
    let made = await make(false);
    if (!made.ok && made.error.kind === "exists") {
      const answer = await askReplace(made.error);
      if (answer === undefined) break;
      if (answer === "keep") continue;
      made = await make(true);
    }
    if (!made.ok) {
      void window.showErrorMessage(`${plain(made.error.title, 300)}. ${plain(made.error.detail, 300)}`);
      break;
    }
    for (const warning of made.value.warnings) void window.showWarningMessage(plain(warning, 500));
    all.push(made.value);
  }
  return all;
}

/** VS Code gives the first button the focus: Enter must replace nothing. */
async function askReplace({ title }: Problem): Promise<"keep" | "replace" | undefined> {
  const answers: readonly { readonly title: string; readonly answer: "keep" | "replace" }[] = [
    { title: "Keep", answer: "keep" },
    { title: "Replace", answer: "replace" },
  ];
  const detail = "Programs that use what is there need the new files, and its key is gone for good.";
  const chosen = await window.showWarningMessage(`${plain(title, 300)}. Replace?`, { modal: true, detail }, ...answers);
  return chosen?.answer;
}

async function offerSettings(made: readonly Made[], folder: WorkspaceFolder): Promise<void> {
  const files = made.flatMap((one) => one.files.map(({ path }) => path));
  const use = "Use Them in This Workspace";
  const show = "Show Files";
  const answer = await window.showInformationMessage(`Made ${plain(shortList(files), 300)}.`, use, show);
  if (answer === show) {
    const first = Uri.joinPath(folder.uri, ...(files[0] ?? "").split("/"));
    await commands.executeCommand("revealInExplorer", first);
  }
  if (answer === use) await useIn(made, folder);
}

/** `ca.pem, client-alice.pem and their private keys in certs`: who made keys needs no list of them. */
function shortList(files: readonly string[]): string {
  const names = files.map((path) => path.slice(path.lastIndexOf("/") + 1));
  const shown = names.filter((name) => !name.endsWith("-key.pem") && !name.startsWith("."));
  const folder = (files[0] ?? "").split("/").slice(0, -1).join("/");
  return `${shown.join(", ")} and their private keys in ${folder}`;
}

/** Writes the settings, and opens them for the person to look at. */
async function useIn(made: readonly Made[], { uri }: WorkspaceFolder): Promise<void> {
  const raw = await readWorkspaceSettings(uri);
  const shown = shownFile(raw.root, raw.file);
  const isDirty = workspace.textDocuments.some((document) => document.isDirty && document.uri.fsPath === raw.file);
  if (isDirty) return tell(`${plain(shown)} has changes that are not saved. Save it first.`);
  const { writeHosts } = await import("../../certs/index.ts");
  // What a client shows comes with its authority, so the last one for a host says all of it.
  const hosts = Object.assign({}, ...made.map((one) => one.hosts));
  const written = await writeHosts(raw, hosts, false);
  if (!written.ok) {
    void window.showErrorMessage(plain(written.error, 500));
    return;
  }
  const { kept } = written.value;
  if (kept.length > 0) {
    tell(`The settings show another client certificate to ${plain(kept.join(", "), 200)}, which was left as it is.`);
  }
  await window.showTextDocument(await workspace.openTextDocument(raw.file));
}

function tell(message: string): undefined {
  void window.showInformationMessage(message);
}
