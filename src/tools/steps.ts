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
  /** Runs at the same time: for two steps that use one core each. Its output comes after this one's. */
  readonly beside?: Step;
}

/** Runs steps one after another and says what each took. @returns the names of those that failed. */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  const end = (name: string, code: number, start: number) => {
    const took = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`── ${name}: ${code === 0 ? "ok" : `failed (exit code ${code})`} in ${took} s\n`);
    if (code !== 0) failed.push(name);
  };
  for (const { name, command, args, env, beside } of steps) {
    const start = performance.now();
    const other = beside && runHeldBack(beside);
    process.stdout.write(`\n── ${name}\n`);
    end(name, await run(command, args, env), start);
    if (!other) continue;
    const { code, output } = await other;
    process.stdout.write(`\n── ${beside.name}\n${output}`);
    end(beside.name, code, start);
  }
  return failed;
}

function runHeldBack({ command, args, env }: Step): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => done({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}
