import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { findVsCode } from "../../src/tools/vscode/find.ts";

/* Runs the suites of this folder inside VS Code, against the extension as it was built last. */

const root = resolve(import.meta.dirname, "../..");
const temporary = await mkdtemp(join(tmpdir(), "padlock-integration-"));
const workspace = join(temporary, "workspace");
await mkdir(workspace);
await writeFile(join(workspace, "hello.https"), "### Hello\nGET https://localhost:1/\n");
await writeFile(join(workspace, "notes.txt"), "Not a request file.\n");

const vscode = await findVsCode();
try {
  await runTests({
    vscodeExecutablePath: vscode.path,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, "dist", "test", "integration.js"),
    launchArgs: [
      workspace,
      `--user-data-dir=${join(temporary, "user-data")}`,
      `--extensions-dir=${join(temporary, "extensions")}`,
    ],
  });
} catch (error) {
  if (!(error instanceof TestRunFailedError)) throw error;
  process.exitCode = error.code || 1;
} finally {
  await vscode.close();
  await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
