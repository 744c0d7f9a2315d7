import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cached } from "./cache.ts";
import { npmInstall, progress } from "./npm.ts";
import { atExit, cleanEnvironment, runToEnd, signalGroup, stopGroup } from "./processes.ts";
import { quietSettings } from "./quiet-settings.ts";

/** An npm package that holds the whole VS Code server with its workbench: no other host has to be reachable. */
const serverPackage = { name: "code-server", version: "4.139.1" };
const startsWithin = 60_000;

export interface ServerOptions {
  /**
   * "off" (the default): every folder is trusted. "restricted": Workspace Trust is on and the folder is not trusted.
   * "ask": VS Code asks, as it does for a person.
   */
  readonly trust?: "off" | "restricted" | "ask";
  /** User settings, on top of `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packaged extension (.vsix) to install before the start. */
  readonly vsix?: string;
  /** Environment variables of the server and its extension host, on top of this process's. */
  readonly env?: Readonly<Record<string, string>>;
  /** 0, the default: any free port. */
  readonly port?: number;
  /** Folders of the caller's own, left in place at the end; by default both are in a temporary folder. */
  readonly userDataFolder?: string;
  readonly extensionsFolder?: string;
}

export interface VsCodeServer {
  /** `http://localhost:PORT`: only this spelling is the workbench's own origin. */
  readonly origin: string;
  /** The `host:port` of `vscode-remote://` addresses. */
  readonly authority: string;
  /** What the server has printed. */
  log(): string;
  /** Ends the server with everything it has started, and removes its temporary folder. */
  close(): Promise<void>;
}

/** The folder of the VS Code server (the one that holds `out/server-main.js`), fetched on first use. */
export async function fetchServer(): Promise<string> {
  const key = `${serverPackage.name}-${serverPackage.version}`;
  const inside = join("node_modules", serverPackage.name, "lib", "vscode");
  const folder = await cached(key, async (partial) => {
    progress(
      `Fetching VS Code from npm (${serverPackage.name} ${serverPackage.version}, once, about 600 MB unpacked) …`,
    );
    await npmInstall(partial, `${serverPackage.name}@${serverPackage.version}`);
    // The package leaves this second step to its install script, which also compiles what is not needed here.
    await npmInstall(join(partial, inside));
  });
  return join(folder, inside);
}

/** Starts a VS Code server that listens on 127.0.0.1 only. */
export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const main = join(await fetchServer(), "out", "server-main.js");
  const temporary = await mkdtemp(join(tmpdir(), "padlock-vscode-"));
  const userData = options.userDataFolder ?? join(temporary, "data");
  const extensions = options.extensionsFolder ?? join(temporary, "extensions");
  const env = cleanEnvironment({ EXTENSIONS_GALLERY: "{}", ...options.env });

  let child: ChildProcess | undefined;
  const takeBack = atExit(() => {
    if (child) signalGroup(child, "SIGKILL");
    rmSync(temporary, { recursive: true, force: true });
  });
  let output = "";
  const close = async () => {
    if (child) await stopGroup(child);
    takeBack();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    await mkdir(extensions, { recursive: true });
    await writeSettings(userData, { ...trustSettings(options.trust), ...options.settings });
    if (options.vsix !== undefined) await installExtension(main, options.vsix, extensions, temporary, env);
    const args = [
      main,
      ...["--host", "127.0.0.1", "--port", String(options.port ?? 0), "--without-connection-token"],
      ...["--server-data-dir", temporary, "--user-data-dir", userData, "--extensions-dir", extensions],
      ...["--accept-server-license-terms", "--telemetry-level", "off", "--disable-telemetry", "--disable-experiments"],
      // Without it the workbench ignores the address's development payload, and with it the extension under test.
      "--enable-smoke-test-driver",
      ...((options.trust ?? "off") === "off" ? ["--disable-workspace-trust"] : []),
    ];
    child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: hasProcessGroups });
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const port = await listeningPort(child, () => output);
    const authority = `localhost:${port}`;
    return { origin: `http://${authority}`, authority, log: () => output, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const hasProcessGroups = process.platform !== "win32";

function trustSettings(trust: ServerOptions["trust"]): Record<string, unknown> {
  return trust === "restricted" ? { "security.workspace.trust.startupPrompt": "never" } : {};
}

async function writeSettings(userData: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = join(userData, "User", "settings.json");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

async function installExtension(
  main: string,
  vsix: string,
  extensions: string,
  serverData: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (!existsSync(vsix)) throw new Error(`There is no extension package ${vsix}.`);
  const args = [main, "--install-extension", vsix, "--force", "--extensions-dir", extensions];
  const { code, output } = await runToEnd(process.execPath, [...args, "--server-data-dir", serverData], { env });
  if (code !== 0) throw new Error(`VS Code did not install ${vsix} (exit code ${code}):\n${output.trim()}`);
}

function listeningPort(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`The VS Code server ${what}:\n${output().trim()}`));
    const timer = setTimeout(() => fail(`did not start within ${startsWithin / 1000} s`), startsWithin);
    const look = () => {
      const port = /listening on (\d+)/.exec(output())?.[1];
      if (port === undefined) return;
      settle();
      resolve(Number(port));
    };
    const ended = (code: number | null) => {
      settle();
      fail(`ended at its start with exit code ${code}`);
    };
    const settle = () => {
      clearTimeout(timer);
      child.stdout?.off("data", look);
      child.off("exit", ended);
    };
    child.stdout?.on("data", look);
    child.on("exit", ended);
    child.on("error", (error) => {
      settle();
      reject(error);
    });
  });
}
