import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { PADLOCK_BUNDLE } = process.env;

/**
 * `npm test` gives the bundle that it has just built: what people run, and it starts in a quarter of the time that the
 * source takes. A test that is run by itself takes the source.
 */
export const program: string = PADLOCK_BUNDLE ?? fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Node's own cache of compiled code, outside of what tests look at. */
const cache = PADLOCK_BUNDLE === undefined ? {} : { NODE_COMPILE_CACHE: join(tmpdir(), "padlock-test-compiled") };

export interface RunOptions {
  readonly cwd: string;
  /** Added to a bare environment, so that no variable of the machine decides a test. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `padlock` as a person or a build server would and waits for its end. */
export function padlock(args: readonly string[], options: RunOptions): Promise<CommandResult> {
  return finished(startPadlock(args, options));
}

export function startPadlock(
  args: readonly string[],
  { cwd, environment = {} }: RunOptions,
): ChildProcessWithoutNullStreams {
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH, HOME, ...cache, ...environment },
    timeout: 30_000,
  });
}

export function finished(child: ChildProcessWithoutNullStreams): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
