// The first thing that `npm start` and `npm test` run, also on a machine that has just cloned the project: plain
// JavaScript for whatever Node is there. It installs what is missing, then goes on in the Node that the project pins.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const modules = join(root, "node_modules");
const node = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const stamp = join(modules, ".padlock-installed");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

const [script, ...args] = process.argv.slice(2);
if (!installed()) install();
run();

function installed() {
  return existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

function install() {
  process.stderr.write("Installing the packages that Padlock is built with (once) …\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`: it refuses the lock file where a registry lacks one of the optional builds for other platforms.
  const { status } = spawnSync(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0 || !existsSync(node)) {
    process.stderr.write("npm could not install the packages; its message is above.\n");
    process.exit(status || 1);
  }
  writeFileSync(stamp, wanted);
}

function run() {
  const path = [join(modules, "node", "bin"), join(modules, ".bin"), process.env.PATH].join(delimiter);
  const child = spawn(node, [join(root, "src", "tools", `${script}.ts`), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: path },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}
