import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** Set by VS Code's own terminals, by Electron and by test runners; each would change how a VS Code started here acts. */
const foreign = /^(VSCODE_|ELECTRON_|NODE_TEST_CONTEXT$|NODE_CHANNEL_FD$|NODE_OPTIONS$)/;

export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(inherited), ...extra };
}

export interface Finished {
  readonly code: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** Runs a program to its end. Rejects only if it cannot be started. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly shell?: boolean } = {},
): Promise<Finished> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

/** Ends a child that was started with `detached` on systems with process groups, with all that it has started. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit");
  signalGroup(child, "SIGTERM");
  await Promise.race([ended, delay(3_000, undefined, { ref: false })]);
  signalGroup(child, "SIGKILL");
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

const cleanups = new Set<() => void>();

/**
 * Runs `cleanup` when this process ends, by itself or by Ctrl+C; the function that it returns takes that back.
 * `cleanup` must be synchronous. A program that listens for the signals itself decides when to end.
 */
export function atExit(cleanup: () => void): () => void {
  if (cleanups.size === 0) {
    process.once("exit", runCleanups);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, endBySignal);
  }
  cleanups.add(cleanup);
  return () => {
    if (!cleanups.delete(cleanup) || cleanups.size > 0) return;
    process.off("exit", runCleanups);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, endBySignal);
  };
}

function runCleanups(): void {
  for (const cleanup of cleanups) cleanup();
}

function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) process.exit(130);
}
