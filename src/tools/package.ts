import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { root, run } from "./steps.ts";

/** The whole extension in one file, made of what `.vscodeignore` lets in. */
export const packagePath = join(root, "padlock.vsix");

const limit = 1.5 * 1024 * 1024;

// A test packs the bundles as they are: VS Code may be running from them.
const build = !process.argv.includes("--as-built");
if (build && (await run(process.execPath, ["src/tools/bundle.ts"])) !== 0) process.exit(1);
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  // The README's picture is in the package; without a repository there is no address to rewrite it to.
  rewriteRelativeLinks: false,
});
const { size } = await stat(packagePath);
process.stdout.write(`padlock.vsix: ${(size / 1024).toFixed(0)} KB\n`);
if (size > limit) {
  process.stderr.write(`The package is larger than ${limit / 1024} KB.\n`);
  process.exit(1);
}
