import { join } from "node:path";
import { root, runSteps, type Step } from "./steps.ts";
import { findBrowser } from "./vscode/browser.ts";
import { fetchServer } from "./vscode/server.ts";

const node = process.execPath;
const tests = (name: string, patterns: readonly string[], args: readonly string[] = []): Step => ({
  name,
  command: node,
  args: ["--test", ...args, ...patterns],
});

/** One process for all files: to start one for each takes longer than the tests do. */
const inOneProcess = ["--test-isolation=none", "--import", "./test/support/seed.ts"];
/** Two processes, one for each core, that take the same time: what talks to servers most, and all the rest. */
const atTheWire = ["engine/**", "transport", "transport/!(bodies)/**"].map((path) => `test/unit/${path}/*.test.ts`);
const others = [".", "!(engine|transport)/**", "transport/bodies"].map((path) => `test/unit/${path}/*.test.ts`);

/** Node's runner leaves one core for itself, which is half of a small machine. */
const bothCores = ["--test-concurrency=2"];

/** In the order of what they need: the text of the source, the bundles, VS Code, the package. */
const steps: readonly Step[] = [
  { name: "bundles", command: node, args: ["src/tools/bundle.ts"] },
  { name: "types", command: "tsc", args: ["-p", "."] },
  { name: "types of the panel", command: "tsc", args: ["-p", "src/webview"] },
  { name: "lint and format", command: "biome", args: ["check", "--error-on-warnings", "."] },
  { name: "unused code", command: "knip", args: [] },
  {
    ...tests("unit tests", others, inOneProcess),
    beside: tests("unit tests at the wire", atTheWire, inOneProcess),
  },
  {
    ...tests("command line tests", ["test/cli/*.test.ts"], bothCores),
    env: { PADLOCK_BUNDLE: join(root, "dist/command-line.js") },
  },
  {
    name: "grammar tests",
    command: "vscode-tmgrammar-test",
    args: ["https", "js-stub", "json-stub", "xml-stub"]
      .map((name) => (name === "https" ? "syntaxes/https" : `test/grammar/${name}`))
      .flatMap((path) => ["-g", `${path}.tmLanguage.json`])
      .concat("test/grammar/*.https"),
  },
  tests("contents of the package", ["test/package/*.test.ts"]),
  tests("panel in a browser", ["test/panel/*.test.ts"], bothCores),
  { name: "extension inside VS Code", command: node, args: ["test/integration/run.ts"] },
  tests("workbench in a browser", ["test/workbench/*.test.ts"], ["--test-concurrency=1"]),
];

const only = process.argv.slice(2);
// VS Code and a browser are fetched while the first steps run; a failure shows in the step that needs them.
const fetched = Promise.allSettled([fetchServer(), findBrowser()]);
const failed = await runSteps(
  steps.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word))),
);
await fetched;
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}
