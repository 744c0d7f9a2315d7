import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { downloadAndUnzipVSCode, type ProgressReporter, ProgressReportStage } from "@vscode/test-electron";
import { cacheFolder } from "./cache.ts";
import { progress } from "./npm.ts";

/** A program to hand to `runTests` of @vscode/test-electron. */
export interface VsCodeExecutable {
  /** "given": named in $VSCODE_EXECUTABLE. "desktop": downloaded. "server": from npm, with a headless browser. */
  readonly kind: "given" | "desktop" | "server";
  readonly path: string;
  /** Removes what was made for this run. */
  close(): Promise<void>;
}

const reachableWithin = 3_000;

/**
 * The VS Code to test in: $VSCODE_EXECUTABLE; or the desktop VS Code where it can be downloaded and shown; or the VS
 * Code server. $PADLOCK_VSCODE, "desktop" or "server", chooses between the last two.
 */
export async function findVsCode(): Promise<VsCodeExecutable> {
  const { VSCODE_EXECUTABLE, PADLOCK_VSCODE } = process.env;
  if (VSCODE_EXECUTABLE) return { kind: "given", path: VSCODE_EXECUTABLE, close: async () => {} };
  if (PADLOCK_VSCODE === "desktop") return desktop(await demandDesktop());
  const downloaded = PADLOCK_VSCODE !== "server" && hasDisplay() ? await tryDesktop() : undefined;
  return downloaded === undefined ? serverLauncher() : desktop(downloaded);
}

export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function desktop(path: string): VsCodeExecutable {
  return { kind: "desktop", path, close: async () => {} };
}

async function demandDesktop(): Promise<string> {
  progress("Fetching the desktop VS Code, as PADLOCK_VSCODE=desktop asks …");
  try {
    return await downloadDesktop({ report: () => {}, error: () => {} });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`PADLOCK_VSCODE=desktop: the desktop VS Code could not be downloaded (${why}).`, { cause });
  }
}

/** Undefined unless the download has begun, or an earlier one is found, within a short time. */
async function tryDesktop(): Promise<string | undefined> {
  const { promise: begun, resolve: begin } = Promise.withResolvers<boolean>();
  const beginnings = new Set([ProgressReportStage.Downloading, ProgressReportStage.FoundMatchingInstall]);
  const download = downloadDesktop({
    report: ({ stage }) => {
      if (beginnings.has(stage)) begin(true);
    },
    error: () => {},
  }).catch(() => undefined);
  const inTime = Promise.race([begun, download.then(Boolean), delay(reachableWithin, false, { ref: false })]);
  return (await inTime) ? download : undefined;
}

async function downloadDesktop(reporter: ProgressReporter): Promise<string> {
  const cachePath = join(cacheFolder(), "desktop");
  await mkdir(cachePath, { recursive: true });
  return downloadAndUnzipVSCode({ version: "stable", cachePath, reporter, timeout: 10_000 });
}

/** `runTests` starts one file, without arguments of its own: a script that runs launcher.ts under this Node. */
async function serverLauncher(): Promise<VsCodeExecutable> {
  const folder = await mkdtemp(join(tmpdir(), "padlock-launcher-"));
  const launcher = join(import.meta.dirname, "launcher.ts");
  const isWindows = process.platform === "win32";
  const path = join(folder, isWindows ? "code.cmd" : "code");
  const script = isWindows
    ? `@"${process.execPath}" "${launcher}" %*\r\n`
    : `#!/bin/sh\nexec ${shellQuote(process.execPath)} ${shellQuote(launcher)} "$@"\n`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return { kind: "server", path, close: () => rm(folder, { recursive: true, force: true }) };
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
