import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { suite, suiteSetup, suiteTeardown, teardown, test } from "mocha";
import { ConfigurationTarget, commands, type Tab, window, workspace } from "vscode";
import { type Demo, startDemo } from "../../../src/demo/index.ts";
import { leaksIn, treeOf } from "../../support/tree.ts";
import { closeEverything, configure, eventually, openText, panelSays, panelTabs } from "./support.ts";

let demo: Demo;

/** The history: what it shows and sends, and what is on the disk of it. */
export function history(): void {
  suite("history", () => {
    suiteSetup(async () => {
      demo = await startDemo();
      Object.assign(process.env, demo.environment);
      const { api } = demo.servers;
      await configure("hosts", { "localhost:*": { ca: [join(demo.workspace, "certs", "demo-ca.pem")] } });
      // The demo's certificates lie outside of the workspace folder.
      await configure("outsidePaths", [demo.workspace]);
      await configure("secrets", { PADLOCK_DEMO_TOKEN: [`localhost:${api.port}`] });
      await commands.executeCommand("padlock.clearHistory");
    });

    teardown(async () => {
      await commands.executeCommand("padlock.clearHistory");
      await configure("history.persist", undefined);
      await closeEverything();
    });

    suiteTeardown(async () => {
      await configure("hosts", undefined);
      await configure("outsidePaths", undefined);
      await configure("secrets", undefined);
      for (const name of Object.keys(demo.environment)) delete process.env[name];
      await demo.close();
    });

    test("shows an earlier exchange again, and sends nothing for that", async () => {
      await send("/books");
      await send("/missing");
      const { requests } = demo.servers.api;
      await showOldest();
      await panelSays("History: 200 GET /books");
      assert.equal(demo.servers.api.requests, requests);
      assert.equal(panelTabs().length, 1);
    });

    test("sends the shown exchange again, and never the one that was sent last", async () => {
      await send("/books");
      await send("/missing");
      await showOldest();
      await panelSays("History: 200 GET /books");
      await commands.executeCommand("padlock.sendAgain");
      await panelSays("200 GET /books");
    });

    test("sends nothing again where the request has changed since", async () => {
      const { url } = demo.servers.api;
      const editor = await openText(`GET ${url}/books\n`, "GET");
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      await send("/missing");
      await editor.document.save();
      const changed = await window.showTextDocument(editor.document);
      await changed.edit((edit) => edit.replace(changed.document.lineAt(0).range, `DELETE ${url}/books`));
      await showOldest();
      await panelSays("History: 200 GET /books");
      const { requests } = demo.servers.api;
      await commands.executeCommand("padlock.sendAgain");
      await panelSays("History: 200 GET /books");
      assert.equal(demo.servers.api.requests, requests);
      await commands.executeCommand("notifications.clearAll");
    });

    test("leaves the panel to the next request, and forgets with Clear History", async () => {
      await send("/books");
      await send("/missing");
      await showOldest();
      await panelSays("History: 200 GET /books");
      await send("/books");
      await showOldest();
      await panelSays("History: 200 GET /books");
      await commands.executeCommand("padlock.clearHistory");
      // The last run again: it is not the history's.
      await panelSays("200 GET /books");
      await commands.executeCommand("padlock.showHistory");
      await panelSays("200 GET /books");
      await commands.executeCommand("notifications.clearAll");
    });

    test("is not on the disk, nor is anything else of a send", async () => {
      const before = [await ownStorage(), await workspaceFiles()];
      const { document } = await send("/books");
      const own = basename(document.uri.fsPath);
      const after = [await ownStorage(), (await workspaceFiles()).filter((name) => name !== own)];
      assert.deepEqual(after, before);
    });

    test("is in one file of its owner with the person's setting, redacted, and gone with it", async () => {
      const token = demo.environment["PADLOCK_DEMO_TOKEN"] ?? assert.fail("the demo has a token");
      await configure("history.persist", true);
      const { api } = demo.servers;
      const basic = `{{$basic "someone" $env.PADLOCK_DEMO_TOKEN}}`;
      await send(
        `/books?x={{$env.PADLOCK_DEMO_TOKEN}}`,
        `X-Token: {{$env.PADLOCK_DEMO_TOKEN}}\nAuthorization: ${basic}\n`,
      );
      await send("/hidden-by-no-log", "", "# @no-log\n");
      const files = await eventually("the file", async () => {
        const found = await ownStorage();
        return found.some((name) => name.endsWith("/history.jsonl")) && found;
      });
      const [file, ...others] = files.filter((name) => name.includes("/history."));
      assert.deepEqual(others, []);
      const path = join(userData(), file ?? "");
      if (process.platform !== "win32") {
        assert.equal((await stat(path)).mode & 0o777, 0o600);
        assert.equal((await stat(dirname(path))).mode & 0o777, 0o700);
      }
      const text = await readFile(path, "utf8");
      assert.match(text, new RegExp(`localhost:${api.port}/books`));
      assert.match(text, /\{\{\$env\.PADLOCK_DEMO_TOKEN\}\}/);
      assert.doesNotMatch(text, /hidden-by-no-log/);
      assert.deepEqual(leaksIn(text, [token, `someone:${token}`]), []);
      await configure("history.persist", false);
      await eventually(
        "the file is gone",
        async () => !(await ownStorage()).some((name) => name.includes("/history.")),
      );
    });

    test("is not put on the disk because a workspace asks for it", async () => {
      const settings = join(folder(), ".vscode", "settings.json");
      const uri = (await openText("# settings\n")).document.uri.with({ path: settings });
      const wanted = { "padlock.history.persist": true, "padlock.codeLens.enabled": false };
      await workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify(wanted)));
      try {
        await eventually(
          "VS Code has read the workspace's settings",
          () => workspace.getConfiguration("padlock").inspect("codeLens.enabled")?.workspaceValue === false,
        );
        await send("/books");
        await delay(1000);
        assert.deepEqual(
          (await ownStorage()).filter((name) => name.includes("/history.")),
          [],
        );
      } finally {
        await workspace.fs.delete(uri);
      }
    });

    test("VS Code refuses to write the setting into a workspace", async () => {
      const configuration = workspace.getConfiguration("padlock");
      await assert.rejects(
        configuration.update("history.persist", true, ConfigurationTarget.Workspace) as Promise<void>,
      );
    });
  });
}

async function send(path: string, headers = "", directives = "") {
  const before = panelTabs()[0]?.label;
  const editor = await openText(`${directives}GET ${demo.servers.api.url}${path}\n${headers}`, "GET");
  await commands.executeCommand("padlock.send");
  await eventually(`an answer for ${path}`, () => panelTabs().find(({ label }: Tab) => /^\d{3} /.test(label)));
  assert.ok(before === undefined || panelTabs().length === 1);
  return editor;
}

/** Opens the list and takes its last entry, with the commands behind the keys End and Enter. */
async function showOldest(): Promise<void> {
  let isChosen = false;
  const shown = Promise.resolve(commands.executeCommand("padlock.showHistory")).finally(() => {
    isChosen = true;
  });
  await eventually("the list takes the choice", async () => {
    // Before the list is there they do nothing.
    for (let count = 0; count < 5 && !isChosen; count++) {
      await delay(100);
      await commands.executeCommand("quickInput.last");
    }
    if (!isChosen) await commands.executeCommand("quickInput.accept");
    await delay(50);
    return isChosen;
  });
  await shown;
}

function folder(): string {
  return workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail("a folder is open");
}

/** The runner of these tests puts VS Code's own data beside the workspace. */
function userData(): string {
  return join(dirname(folder()), "user-data");
}

/** The files in what VS Code gives the extension to store things in. */
async function ownStorage(): Promise<string[]> {
  const names = Object.entries(await treeOf(join(userData(), "User")).catch(() => ({})));
  return names
    .filter(([name, what]) => /Storage\/.*padlock\.padlock\//.test(name) && !what.startsWith("folder"))
    .map(([name]) => `User/${name}`);
}

async function workspaceFiles(): Promise<string[]> {
  return (await readdir(folder(), { recursive: true })).sort();
}
