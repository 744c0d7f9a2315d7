import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { type Demo, startDemo } from "../../src/demo/index.ts";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import { startSession, type VsCodeSession } from "../../src/tools/vscode/session.ts";
import { Workbench } from "../../src/tools/vscode/workbench.ts";
import { patient, requestLine, root } from "./support.ts";

describe("the packaged extension", patient, () => {
  let demo: Demo;
  let session: VsCodeSession;

  before(async () => {
    await promisify(execFile)(process.execPath, [join(root, "src", "tools", "package.ts"), "--as-built"], {
      cwd: root,
    });
    demo = await startDemo();
    session = await startSession({ vsix: join(root, "padlock.vsix"), env: demo.environment });
  }, patient);

  after(async () => {
    await session?.close();
    await demo?.close();
  });

  test("installed in VS Code it opens a .https file and sends", patient, async () => {
    const file = join(demo.workspace, "2-mutual-tls.https");
    const window = await session.open({ folder: demo.workspace, file });
    await window.waitForCodeLens("Send");
    const shown = await sendAndRead(window, await requestLine(file, "Show who I am"));
    assert.equal(shown.status, "200 OK");
    assert.match(shown.verdict, /^Verified · TLS 1\.3 · client certificate sent/);
    assert.deepEqual(window.problems, []);
    await window.close();
  });

  test("its command opens the demo workspace, whose own servers answer", patient, async () => {
    const folder = await mkdtemp(join(tmpdir(), "padlock-other-"));
    await writeFile(join(folder, "notes.txt"), "Some other work.\n");
    const window = await session.open({ folder, file: join(folder, "notes.txt") });
    const opened = window.page.context().waitForEvent("page", patient);
    await window.runCommand("Padlock: Open Demo Workspace");
    const demoWindow = new Workbench(await opened, []);
    // The extension opens the first file itself, once the servers run.
    await demoWindow.waitForCodeLens("Send");
    const shown = await sendAndRead(demoWindow, (await demoWindow.codeLenses())[0]?.line ?? 0);
    assert.equal(shown.status, "200 OK");
    assert.match(shown.verdict, /^Verified · TLS 1\.3/);
    await window.close();
    await rm(folder, { recursive: true });
  });
});
