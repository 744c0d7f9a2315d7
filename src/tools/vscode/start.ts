import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { hasDisplay } from "./find.ts";
import { cleanEnvironment } from "./processes.ts";
import { startServer } from "./server.ts";
import { workbenchUrl } from "./workbench.ts";

export interface PersonOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of the extension: the folder of its package.json, built. */
  readonly extensionPath: string;
  /** Absolute paths of files to open; the server's address can open the first one only. */
  readonly files: readonly string[];
  /** Environment variables that VS Code's extensions must see. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of the server; 0, the default, takes any free port. */
  readonly port?: number;
  /** False: the server even where a desktop VS Code is installed. */
  readonly desktop?: boolean;
}

export interface OpenedVsCode {
  /** The address for a browser; null where a desktop VS Code was opened. */
  readonly url: string | null;
  /** Resolves when the person has closed a desktop VS Code's window; with a server, never. */
  readonly ended: Promise<void>;
  /** Ends the server; a desktop VS Code stays open. */
  close(): Promise<void>;
}

/**
 * Opens a workspace for a person, with the extension loaded from its folder: in the desktop VS Code if there is one and
 * a display, else in a VS Code server, whose `url` the caller shows. It stays open until `close`, or until this process
 * ends (Ctrl+C).
 */
export async function openForPerson(options: PersonOptions): Promise<OpenedVsCode> {
  const code = options.desktop !== false && hasDisplay() ? findDesktopCode() : undefined;
  return code === undefined ? openInServer(options) : openDesktop(code, options);
}

/** VS Code's `code` program on PATH. */
function findDesktopCode(): string | undefined {
  const names = process.platform === "win32" ? ["code.cmd"] : ["code", "codium", "code-oss"];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

async function openInServer(options: PersonOptions): Promise<OpenedVsCode> {
  const { workspace, extensionPath, files, env = {}, port = 0 } = options;
  const server = await startServer({ env, port });
  const [file] = files;
  const url = workbenchUrl(server, {
    folder: workspace,
    extensionDevelopmentPath: extensionPath,
    ...(file === undefined ? {} : { file }),
  });
  return { url, ended: new Promise(() => {}), close: () => server.close() };
}

/** A user-data folder of its own makes it a new VS Code, which takes our environment, and leaves the person's alone. */
async function openDesktop(code: string, options: PersonOptions): Promise<OpenedVsCode> {
  const userData = await mkdtemp(join(tmpdir(), "padlock-code-"));
  const args = [
    "--new-window",
    "--wait",
    "--disable-workspace-trust",
    "--skip-welcome",
    "--skip-release-notes",
    "--disable-telemetry",
    `--user-data-dir=${userData}`,
    `--extensionDevelopmentPath=${options.extensionPath}`,
    options.workspace,
    ...options.files,
  ];
  const isWindows = process.platform === "win32";
  const child = spawn(isWindows ? `"${code}"` : code, isWindows ? args.map((arg) => `"${arg}"`) : args, {
    env: cleanEnvironment(options.env),
    stdio: "ignore",
    shell: isWindows,
  });
  let closed = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      // Ended by `close`, the program that waited is gone but its window, which uses the folder, stays the person's.
      if (!closed) rmSync(userData, { recursive: true, force: true });
      resolve();
    });
  });
  const close = async () => {
    closed = true;
    child.kill();
  };
  return { url: null, ended, close };
}
