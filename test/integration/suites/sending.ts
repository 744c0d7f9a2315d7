import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, suiteSetup, suiteTeardown, teardown, test } from "mocha";
import { type CodeLens, commands, TabInputText, window, workspace } from "vscode";
import { type Demo, startDemo } from "../../../src/demo/index.ts";
import { closeEverything, configure, eventually, openFile, openText, panelSays, panelTabs } from "./support.ts";

/** The demo's servers stand in for a team's: real TLS on loopback. */
let demo: Demo;

export function sending(): void {
  suite("sending", () => {
    suiteSetup(async () => {
      demo = await startDemo();
      Object.assign(process.env, demo.environment);
      const { api, mutual } = demo.servers;
      const certs = (name: string) => join(demo.workspace, "certs", name);
      await configure("hosts", {
        "localhost:*": { ca: [certs("demo-ca.pem")] },
        [`localhost:${mutual.port}`]: {
          cert: certs("client.pem"),
          key: certs("client-key.pem"),
          // The extension reads the environment of the process that it shares with this test.
          passphrase: "$" + "{env:PADLOCK_DEMO_PASSPHRASE}",
          ca: [certs("demo-ca.pem")],
        },
      });
      // The demo's certificates lie outside of the workspace folder.
      await configure("outsidePaths", [demo.workspace]);
      await configure("secrets", { PADLOCK_DEMO_TOKEN: [`localhost:${api.port}`] });
    });

    teardown(closeEverything);

    suiteTeardown(async () => {
      await configure("hosts", undefined);
      await configure("outsidePaths", undefined);
      await configure("secrets", undefined);
      for (const name of Object.keys(demo.environment)) delete process.env[name];
      await demo.close();
    });

    test("shows the response beside the editor, which keeps the focus", async () => {
      const { document } = await openText(`GET ${demo.servers.api.url}/books\n`, "GET");
      await commands.executeCommand("padlock.send");
      const panel = await panelSays("200 GET /books");
      assert.notEqual(panel.group.viewColumn, window.tabGroups.activeTabGroup.viewColumn);
      const active = window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(active instanceof TabInputText && active.uri.toString() === document.uri.toString());
      assert.equal(window.activeTextEditor?.document, document);
    });

    test("moves the panel beside a file that was opened in the panel's own group", async () => {
      const { document } = await openText(`GET ${demo.servers.api.url}/books\n`, "GET");
      await commands.executeCommand("padlock.send");
      const { viewColumn } = (await panelSays("200 GET /books")).group;
      const editor = await window.showTextDocument(document, viewColumn);
      assert.equal(editor.viewColumn, viewColumn);
      await commands.executeCommand("padlock.send");
      const panel = await eventually("the panel is in another group than the editor", () =>
        panelTabs().find((tab) => tab.isActive && tab.group.viewColumn !== window.activeTextEditor?.viewColumn),
      );
      assert.equal(panelTabs().length, 1);
      assert.notEqual(panel.group, window.tabGroups.activeTabGroup, "the focus stays in the editor");
      assert.equal(window.activeTextEditor?.document, document);
    });

    test("uses the one panel again, and says above the request what came of it", async () => {
      const { document } = await openText(
        `### a\nGET ${demo.servers.api.url}/books\n\n### b\nGET ${demo.servers.api.url}/no\n`,
      );
      await commands.executeCommand("padlock.sendBlock", document.uri, blockOf(document.getText(), "a"));
      await panelSays("200 GET /books");
      await commands.executeCommand("padlock.sendBlock", document.uri.toString(), blockOf(document.getText(), "b"));
      await panelSays("404 GET /no");
      assert.equal(panelTabs().length, 1);
      const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 100);
      const titles = lenses.map(({ command }) => command?.title.replace(/[\d.]+ m?s$/, "N ms"));
      assert.deepEqual(titles, ["$(play) Send again · 200 · N ms", "$(play) Send again · 404 · N ms"]);
    });

    test("sends what the editor holds, also after an edit, with Send Again", async () => {
      const editor = await openText(`GET ${demo.servers.api.url}/books\n`, "GET");
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      await editor.edit((edit) => edit.replace(editor.document.lineAt(0).range, `GET ${demo.servers.api.url}/gone`));
      await commands.executeCommand("padlock.sendAgain");
      await panelSays("404 GET /gone");
    });

    test("sends a file that was never saved", async () => {
      const content = `GET ${demo.servers.api.url}/books\n`;
      const document = await workspace.openTextDocument({ language: "https", content });
      await window.showTextDocument(document);
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    });

    test("shows who it is to a server that asks, with a key that has a passphrase", async () => {
      await openText(`GET ${demo.servers.mutual.url}/\n`, "GET");
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /");
    });

    test("sends nothing to a server that does not verify", async () => {
      await openText(`GET ${demo.servers.expired.url}/secret-path\n`, "GET");
      await commands.executeCommand("padlock.send");
      await panelSays("Not sent: GET /secret-path");
    });

    test("says which setting is wrong, and sends nothing", async () => {
      await configure("timeout", { total: "soon" });
      try {
        await openText(`GET ${demo.servers.api.url}/\n`, "GET");
        await commands.executeCommand("padlock.send");
        await panelSays("Not sent: GET /");
      } finally {
        await configure("timeout", undefined);
      }
    });

    test("can be canceled while it waits", async () => {
      const { document } = await openText(`GET ${demo.servers.api.url}/slow?delay=15000\n`, "GET");
      const sent = commands.executeCommand("padlock.send");
      await panelSays("Sending GET /slow");
      await eventually("Cancel stands above the request", async () => {
        const [lens] = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 1);
        return lens?.command?.command === "padlock.cancel" && /Cancel \(\d+\.\d s\)$/.test(lens.command.title);
      });
      await commands.executeCommand("padlock.cancel");
      await sent;
      await panelSays("Canceled: GET /slow");
    });

    test("opens the body in an editor of its language", async () => {
      await openText(`GET ${demo.servers.api.url}/books\n`, "GET");
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      await commands.executeCommand("padlock.openBody");
      const document = await eventually("the body's editor", () => {
        const active = window.activeTextEditor?.document;
        return active?.uri.scheme === "padlock" && active;
      });
      assert.equal(document.languageId, "json");
      assert.doesNotThrow(() => JSON.parse(document.getText()));
    });

    test("leads from the panel back to the request", async () => {
      const { document } = await openText(`# top\n\n###\nGET ${demo.servers.api.url}/books\n`, "GET");
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      await openText("# another file\n");
      await commands.executeCommand("padlock.revealRequest");
      await eventually("the request is in sight", () => window.activeTextEditor?.document === document);
      assert.equal(window.activeTextEditor?.selection.active.line, 3);
    });

    test("reads a body file beside the request file", async () => {
      await openFile(join(demo.workspace, "4-bodies-and-headers.https"), "< ");
      await commands.executeCommand("padlock.send");
      await eventually("a success", () => panelTabs().some(({ label }) => /^2\d\d /.test(label)));
    });
  });
}

/** The block that starts with the `###` line of this title. */
function blockOf(text: string, title: string): number {
  const separators = text.split("\n").filter((line) => line.startsWith("###"));
  const index = separators.indexOf(`### ${title}`);
  // Text before the first separator is a block of its own.
  return text.startsWith("###") ? index : index + 1;
}
