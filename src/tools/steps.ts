import { spawn } from "node:child_process";
import { resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** Runs a command to its end, its output ours. @returns its exit code; a signal counts as 1. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.on("error", reject);
    child.on("exit", (code) => done(code ?? 1));
  });
}

export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs steps one after another and says what each took. @returns the names of those that failed. */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, command, args, env } of steps) {
    const start = performance.now();
    process.stdout.write(`\n── ${name}\n`);
    const code = await run(command, args, env);
    const took = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`── ${name}: ${code === 0 ? "ok" : `failed (exit code ${code})`} in ${took} s\n`);
    if (code !== 0) failed.push(name);
  }
  return failed;
}
