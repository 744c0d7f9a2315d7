import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { suite, test } from "mocha";
import { extensions, Uri, window, workspace } from "vscode";

const extensionId = "padlock.padlock";

export function activation(): void {
  suite("activation", () => {
    test("the extension is installed", () => {
      assert.ok(extensions.getExtension(extensionId));
    });

    test("a file that is no request file leaves it asleep", async () => {
      const document = await workspace.openTextDocument(inWorkspace("notes.txt"));
      await window.showTextDocument(document);
      await delay(500);
      assert.equal(extensions.getExtension(extensionId)?.isActive, false);
    });

    test("a .https file has our language and wakes it up", async () => {
      const document = await workspace.openTextDocument(inWorkspace("hello.https"));
      assert.equal(document.languageId, "https");
      await window.showTextDocument(document);
      await becomesActive();
    });
  });
}

function inWorkspace(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, "a folder is open");
  return Uri.joinPath(folder.uri, name);
}

async function becomesActive(): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!extensions.getExtension(extensionId)?.isActive) {
    assert.ok(Date.now() < deadline, "the extension did not become active within 10 s");
    await delay(50);
  }
}
