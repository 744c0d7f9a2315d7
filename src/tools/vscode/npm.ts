import { runToEnd } from "./processes.ts";

/**
 * Installs into `folder` without running any package's scripts: `spec` such as `name@1.2.3`, or, without one, what the
 * package.json and lock file in `folder` ask for.
 */
export async function npmInstall(folder: string, spec?: string): Promise<void> {
  const args = ["install", "--prefix", folder, "--omit=dev", "--ignore-scripts", "--prefer-offline"];
  args.push("--no-audit", "--no-fund", "--loglevel=error", ...(spec === undefined ? [] : [spec]));
  const { code, output } = await runNpm(args, folder);
  if (code === 0) return;
  throw new Error(
    `npm could not install ${spec ?? `the packages of ${folder}`} (exit code ${code}):\n${output.trim()}`,
  );
}

/** Under `npm run` the npm that is running is used again; else the one on PATH. */
function runNpm(args: readonly string[], cwd: string) {
  const script = process.env["npm_execpath"];
  if (script?.endsWith("npm-cli.js")) return runToEnd(process.execPath, [script, ...args], { cwd });
  const isWindows = process.platform === "win32";
  return runToEnd(isWindows ? "npm.cmd" : "npm", args, { cwd, shell: isWindows });
}

/** One line for a person who waits; standard output stays clean for results. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
