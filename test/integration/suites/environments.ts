import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, suiteSetup, suiteTeardown, teardown, test } from "mocha";
import { type CodeLens, commands, type TextDocument, Uri, workspace } from "vscode";
import { type Demo, startDemo } from "../../../src/demo/index.ts";
import { completionsAt, hoverText } from "./editing.ts";
import { closeEverything, configure, eventually, openText, panelSays } from "./support.ts";

let demo: Demo;

async function writeBeside(name: string, content: string): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder);
  const uri = Uri.joinPath(folder.uri, name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

const select = (name: string) => commands.executeCommand("padlock.selectEnvironment", name);

/** What stands above the requests, without the milliseconds. */
async function lensTitles({ uri }: TextDocument): Promise<(string | undefined)[]> {
  const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", uri);
  return lenses.map(({ command }) => command?.title.replace(/[\d.]+ m?s$/, "N ms"));
}

export function environments(): void {
  suite("environments and references", () => {
    let file: Uri;

    suiteSetup(async () => {
      demo = await startDemo();
      await configure("hosts", { "localhost:*": { ca: [join(demo.workspace, "certs", "demo-ca.pem")] } });
      // The demo's authority lies outside of the workspace folder.
      await configure("outsidePaths", [demo.workspace]);
      const { url } = demo.servers.api;
      file = await writeBeside(
        "http-client.env.json",
        `{ // with comments\n  "dev": { "base": "${url}", "page": "books" },\n  "other": { "base": "${url}", "page": "no" } }`,
      );
    });

    teardown(closeEverything);

    suiteTeardown(async () => {
      await workspace.fs.delete(file);
      await configure("hosts", undefined);
      await configure("outsidePaths", undefined);
      await demo.close();
    });

    test("a request takes the values of the chosen environment, and of another one once that is chosen", async () => {
      await openText("GET {{base}}/{{page}}\n", "GET");
      await select("dev");
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      await select("other");
      await commands.executeCommand("padlock.send");
      await panelSays("404 GET /no");
      await select("");
      await commands.executeCommand("padlock.send");
      await panelSays("Not sent: GET /{{page}}");
    });

    test("the editor knows the variables of the chosen environment, also after the file has changed", async () => {
      const { document } = await openText("GET {{base}}/{{page}}\n", "GET");
      await select("dev");
      const inside = document.positionAt(document.getText().indexOf("page") + 1);
      await eventually("hover shows the value", async () => (await hoverText(document, inside)).includes("books"));
      assert.ok((await completionsAt(document, inside)).includes("page"));
      await writeBeside("http-client.env.json", '{ "dev": { "base": "https://localhost:1", "page": "changed" } }');
      await eventually("hover shows the new value", async () =>
        (await hoverText(document, inside)).includes("changed"),
      );
      await select("");
    });

    test("a request that another one needs is sent before it, and both say what came of them", async () => {
      const { url } = demo.servers.api;
      const { document } = await openText(
        `### list\n# @name list\nGET ${url}/books\n\n### detail\n# @ref list\nGET ${url}/books?status={{list.response.headers.content-type}}\n`,
        `GET ${url}/books?`,
      );
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
      const sent = "$(play) Send again · 200 · N ms";
      assert.deepEqual(await lensTitles(document), [sent, sent]);
    });

    test("a lens shows the last send, not the one before it", async () => {
      const { document } = await openText(`GET ${demo.servers.api.url}/books\n`, "GET");
      for (let round = 0; round < 3; round++) {
        await commands.executeCommand(round === 0 ? "padlock.send" : "padlock.sendAgain");
        await panelSays("200 GET /books");
        // Without a number of lenses to resolve VS Code resolves none: the command came with the lens.
        assert.deepEqual(await lensTitles(document), ["$(play) Send again · 200 · N ms"]);
      }
    });

    test("a question that is dismissed sends nothing, and so does one that is canceled", async () => {
      await openText(`# @prompt pin Your PIN\nGET ${demo.servers.api.url}/books?pin={{pin}}\n`, "GET");
      for (const command of ["workbench.action.closeQuickOpen", "padlock.cancel"]) {
        const sent = commands.executeCommand("padlock.send");
        await panelSays("Waiting: GET /books");
        // The box opens some time after the engine has asked for it; a command that comes too early does nothing.
        let over = false;
        const ended = Promise.resolve(sent).then(() => {
          over = true;
        });
        await eventually(`${command} ends the request`, async () => {
          await commands.executeCommand(command);
          return over;
        });
        await ended;
      }
      await panelSays("Canceled: GET /books");
    });
  });
}
