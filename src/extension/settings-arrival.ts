import { setTimeout as delay } from "node:timers/promises";
import { type Uri, workspace } from "vscode";
import { settings } from "./manifest.ts";

/** Milliseconds. Whoever waits goes on all the same then, and a request says what is missing. */
const longestWait = 5_000;
const pollEvery = 50;

/**
 * VS Code notices some time after a settings file was written: a request that is sent before that would trust nothing of
 * it. `hosts`: `padlock.hosts` as the file has it.
 */
export async function settingsArrive(folder: Uri, hosts: unknown): Promise<void> {
  const deadline = performance.now() + longestWait;
  while (performance.now() < deadline && !hasArrived(folder, hosts)) await delay(pollEvery);
}

function hasArrived(folder: Uri, hosts: unknown): boolean {
  const found = workspace.getConfiguration(undefined, folder).inspect<unknown>(settings.hosts);
  return [found?.workspaceFolderValue, found?.workspaceValue].some(
    (value) => JSON.stringify(value) === JSON.stringify(hosts),
  );
}
