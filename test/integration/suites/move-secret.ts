import assert from "node:assert/strict";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { suite, teardown, test } from "mocha";
import { type CodeAction, commands, languages, type TextDocument, Uri, workspace } from "vscode";
import { settings } from "../../../src/extension/manifest.ts";
import { closeEverything, eventually, openText } from "./support.ts";

const value = "k3Jx9vQp2z7T";
const text = `GET https://api.example.test:8443/\nAuthorization: Bearer ${value}\n`;
const folder = () => workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";

/** The quick fix of the only credential in a document. */
async function quickFix({ uri }: TextDocument): Promise<CodeAction> {
  const found = await eventually("the credential is marked", () =>
    languages.getDiagnostics(uri).find(({ code }) => typeof code === "object" && code.value === "secret.hard-coded"),
  );
  const actions = await commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", uri, found.range);
  const action = actions.find(({ title }) => title.startsWith("Move to an environment variable"));
  assert.ok(action?.command, actions.map(({ title }) => title).join(", "));
  assert.ok(!JSON.stringify([action, found]).includes(value), "neither holds the value");
  return action;
}

/** Runs it, and answers each question with what it proposes; `first` acts on the first question. */
async function runWith(action: CodeAction, document: TextDocument, first?: () => Promise<void>): Promise<void> {
  const { command, arguments: args = [] } = action.command ?? { command: "" };
  let isOver = false;
  const running = Promise.resolve(commands.executeCommand(command, ...args)).finally(() => {
    isOver = true;
  });
  if (first) {
    await delay(1500);
    await first();
  }
  await eventually("the command has ended", async () => {
    if (!isOver) await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await delay(100);
    return isOver;
  });
  await running;
  await eventually("the document has changed", () => !document.getText().includes(value));
}

function allowedHosts(name: string): unknown {
  const secrets = workspace
    .getConfiguration(undefined, Uri.file(folder()))
    .get<Record<string, unknown>>(settings.secrets);
  return secrets?.[name];
}

export function moveSecret(): void {
  suite("moving a credential", () => {
    teardown(async () => {
      await closeEverything();
      for (const name of [".git", ".gitignore", "http-client.private.env.json", ".vscode"]) {
        await rm(join(folder(), name), { recursive: true, force: true });
      }
    });

    test("keeps it in VS Code's storage, allows it for its host, and is one step to undo", async () => {
      const { document } = await openText(text);
      await runWith(await quickFix(document), document);
      const moved = text.replace(value, "{{$env.EXAMPLE_TOKEN}}");
      assert.equal(document.getText(), moved);
      assert.deepEqual(allowedHosts("EXAMPLE_TOKEN"), ["api.example.test:8443"]);
      const written = await readFile(join(folder(), ".vscode", "settings.json"), "utf8");
      assert.ok(!written.includes(value), "the settings hold the name alone");
      await eventually("it counts as set", () =>
        languages.getDiagnostics(document.uri).every(({ message }) => !message.includes("EXAMPLE_TOKEN")),
      );
      await commands.executeCommand("undo");
      assert.equal(document.getText(), text);
      await commands.executeCommand("redo");
      assert.equal(document.getText(), moved);
    }).timeout(30_000);

    test("keeps it in the private environment file where Git ignores that one", async () => {
      await mkdir(join(folder(), ".git"));
      const ignored = new TextEncoder().encode("*.private.env.json\n");
      await workspace.fs.writeFile(Uri.file(join(folder(), ".gitignore")), ignored);
      const { document } = await openText(text.replace("Authorization: Bearer", "X-Api-Key:"));
      await runWith(await quickFix(document), document, async () => {
        await commands.executeCommand("workbench.action.quickOpenSelectNext");
        await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      });
      assert.match(document.getText(), /^X-Api-Key: \{\{EXAMPLE_API_KEY\}\}$/m);
      const path = join(folder(), "http-client.private.env.json");
      assert.deepEqual(JSON.parse(await readFile(path, "utf8")), { $shared: { EXAMPLE_API_KEY: value } });
      if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o600);
      assert.deepEqual(allowedHosts("EXAMPLE_API_KEY"), ["api.example.test:8443"]);
    }).timeout(30_000);

    test("does nothing to a document that has changed since", async () => {
      const { document } = await openText(text);
      const action = await quickFix(document);
      const [request] = action.command?.arguments ?? [];
      await commands.executeCommand("padlock.moveSecret", { ...request, version: request.version - 1 });
      assert.equal(document.getText(), text);
    });

    test("marks a credential in a public environment file", async () => {
      const uri = Uri.file(join(folder(), "http-client.env.json"));
      await workspace.fs.writeFile(uri, new TextEncoder().encode(`{ "dev": { "token": "${value}" } }`));
      try {
        await workspace.openTextDocument(uri);
        const [found] = await eventually("it is marked", () => {
          const all = languages.getDiagnostics(uri).filter(({ source }) => source === "Padlock");
          return all.length > 0 && all;
        });
        assert.equal(found?.range.start.character, '{ "dev": { "token": "'.length);
      } finally {
        await rm(uri.fsPath);
      }
    });
  });
}
