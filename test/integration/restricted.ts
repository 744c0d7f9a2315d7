import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { suite, test } from "mocha";
import { commands, window, workspace } from "vscode";
import { type CommandId, commandTable, settings } from "../../src/extension/manifest.ts";
import { runSuites } from "./mocha-run.ts";

/* Runs inside a VS Code that does not trust the folder; whoever starts it counts what reaches the servers. */

export function run(): Promise<void> {
  return runSuites([restricted]);
}

/** One opens a folder of its own; one lists what was refused here, for the person to choose from. */
const leftOut: readonly CommandId[] = ["padlock.openDemo", "padlock.showHistory"];

/** What a key binding or another extension might hand in. */
const argumentsOf = (uri: unknown): Partial<Record<CommandId, readonly unknown[]>> => ({
  "padlock.sendBlock": [uri, 1],
  "padlock.setSecret": ["PADLOCK_TEST_SECRET"],
  "padlock.allowSecret": [{ name: "PADLOCK_DEMO_PASSPHRASE", host: "localhost:*" }],
  "padlock.moveSecret": [
    { uri: String(uri), version: 1, range: { start: { line: 4, character: 0 }, end: { line: 4, character: 40 } } },
  ],
});

function restricted(): void {
  suite("in Restricted Mode", () => {
    test("no command asks anything, and each ends", async () => {
      assert.equal(workspace.isTrusted, false);
      const [uri] = await workspace.findFiles("restricted.https");
      assert.ok(uri);
      const document = await workspace.openTextDocument(uri);
      const given = argumentsOf(uri);
      const ids = (Object.keys(commandTable) as CommandId[]).filter((id) => !leftOut.includes(id));
      assert.ok(ids.includes("padlock.listSecrets"));
      for (const id of ids) {
        await window.showTextDocument(document);
        // A question would wait for an answer that nobody gives here.
        const ended = commands.executeCommand(id, ...(given[id] ?? [])).then(() => true);
        assert.equal(await Promise.race([ended, delay(15_000, false)]), true, `${id} waits for somebody`);
      }
    }).timeout(100_000);

    test("no rule is written, and the workspace's own ones do not count", () => {
      const own = workspace.getConfiguration().inspect<object>(settings.secrets)?.workspaceValue ?? {};
      assert.ok(!Object.hasOwn(own, "PADLOCK_DEMO_PASSPHRASE"));
      assert.deepEqual(workspace.getConfiguration().get(settings.secrets), {});
      assert.deepEqual(workspace.getConfiguration().get(settings.hosts), {});
    });
  });
}
