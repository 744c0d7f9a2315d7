import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestPki } from "../support/pki.ts";
import { scriptFiles, scriptForms } from "../support/scripts.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { treeOf } from "../support/tree.ts";
import { padlock } from "./padlock.ts";

let server: TlsServer;
let workspace: TempWorkspace;
before(async () => {
  const pki = await createTestPki();
  server = await startTlsServer(serverIdentity(pki.server));
  const host = `localhost:${server.port}`;
  workspace = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({ "padlock.hosts": { [host]: { ca: ["certs/ca.pem"] } } }),
  });
  filled = (text) => text.replaceAll("HOST", host).replaceAll("CANARY", workspace.path("requests/canary.txt"));
  for (const [name, text] of Object.entries(scriptFiles)) await workspace.write(`requests/${name}`, filled(text));
  for (const [index, { text }] of scriptForms.entries()) await workspace.write(fileOf(index), filled(text));
});
after(async () => {
  await server.close();
  await workspace.remove();
});

let filled: (text: string) => string;
const fileOf = (index: number) => `requests/${String(index).padStart(2, "0")}.https`;

/** What the command sends; neither a file nor the server may show that it did anything else. */
async function sentBy(args: readonly string[]): Promise<string[]> {
  const seen = server.recorded.length;
  const tree = await treeOf(workspace.root);
  const start = performance.now();
  const { exitCode, stderr } = await padlock(args, { cwd: workspace.root });
  assert.ok(
    exitCode !== null && exitCode !== 9,
    `ended with ${exitCode} after ${performance.now() - start} ms: ${stderr}`,
  );
  assert.doesNotMatch(stderr, /internal/);
  assert.deepEqual(await treeOf(workspace.root), tree);
  return server.recorded.slice(seen).map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
}

describe("a script of another tool is never run", () => {
  it("by padlock run over a folder, which sends the rest as it stands", { timeout: 120_000 }, async () => {
    const expected = scriptForms.flatMap(({ arrives }) => (arrives === undefined ? [] : [filled(arrives)]));
    assert.deepEqual(await sentBy(["run", "requests", "--env", "dev"]), expected);
  });

  it("by padlock run over one file", { timeout: 120_000 }, async () => {
    for (const start of [
      "script above, on one line",
      "script below",
      "script block for every request",
      "command in curl",
    ]) {
      const index = scriptForms.findIndex(({ name }) => name === start);
      const arrives = scriptForms[index]?.arrives;
      assert.deepEqual(
        await sentBy(["run", fileOf(index), "--env", "dev"]),
        arrives === undefined ? [] : [filled(arrives)],
      );
    }
  });

  it("and the run says so beside the response, at its place", async () => {
    const text = "GET HOST/it\n\n> {% client.test('x', () => {}) %}\n\n### plain\nGET HOST/plain\n";
    await workspace.write("requests/said.https", filled(text));
    const { exitCode, stdout } = await padlock(["run", "requests/said.https"], { cwd: workspace.root });
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(stdout.match(/! .*:3: Scripts are never run/g), [
      "! requests/said.https:3: Scripts are never run",
    ]);
  });

  it("by a value that is given", async () => {
    await workspace.write("requests/given.https", filled("POST HOST/it\nContent-Type: text/plain\n\n{{given}}"));
    const value = `$(touch canary.txt) \${process.exit(9)} {{$processEnv HOME}} {% x %}`;
    assert.deepEqual(await sentBy(["run", "requests/given.https", "--var", `given=${value}`]), [`POST /it ${value}`]);
  });

  it("by padlock list and padlock check, which send nothing", async () => {
    for (const command of ["list", "check"]) {
      assert.deepEqual(await sentBy([command, "requests"]), []);
      assert.deepEqual(await sentBy([command, "requests", "--json"]), []);
    }
  });
});
