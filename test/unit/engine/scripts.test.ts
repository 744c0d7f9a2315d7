import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { parse } from "../../../src/syntax/index.ts";
import { type ScriptForm, scriptFiles, scriptForms } from "../../support/scripts.ts";
import { treeOf } from "../../support/tree.ts";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  harness = await startHarness((_request, response) => void response.end('{"x":"> {% canary %}"}'));
  await harness.restart({ PATH: "/bin" });
  for (const [name, text] of Object.entries(scriptFiles)) await harness.write(name, filled(text));
});
after(() => harness.stop());

const filled = (text: string) =>
  text
    .replaceAll("HOST", harness.host)
    .replaceAll("CANARY_MARK", "\0")
    .replaceAll("CANARY", "canary.txt")
    .replaceAll("\0", "CANARY_MARK");

/** What reached the server while `work` ran, which changed nothing else: no file, no variable, no call. */
async function observed(work: () => Promise<void>): Promise<string[]> {
  const seen = harness.server.recorded.length;
  const environment = { ...process.env };
  const globals = Object.keys(globalThis);
  const tree = await treeOf(harness.workspace.root);
  await work();
  assert.deepEqual(await treeOf(harness.workspace.root), tree);
  assert.deepEqual({ ...process.env }, environment);
  assert.deepEqual(Object.keys(globalThis), globals);
  return harness.server.recorded.slice(seen).map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
}

/** Sends each of a file's requests, as the editor and the command line do. */
async function sendAll(name: string, text: string): Promise<string[]> {
  const content = filled(text);
  await harness.workspace.write(name, content);
  return observed(async () => {
    for (const [block, { request, runs }] of parse(content).blocks.entries()) {
      if (!request && runs.length === 0) continue;
      await harness.engine.run({
        text: content,
        file: harness.workspace.path(name),
        block,
        settings: await harness.engine.findSettings(harness.workspace.path(name)),
        trusted: true,
        environmentName: "dev",
        signal: AbortSignal.timeout(10_000),
      });
    }
  });
}

const arrivals = ({ arrives }: ScriptForm) => (arrives === undefined ? [] : [filled(arrives)]);

describe("a script of another tool is never run", () => {
  for (const form of scriptForms) {
    it(`${form.name}: alone, named, imported, run by another file`, { timeout: 60_000 }, async () => {
      const expected = arrivals(form);
      assert.deepEqual(await sendAll("form.https", form.text), expected);
      const named = `# @name it\n${form.text}`;
      await harness.workspace.write("form.https", filled(named));
      const main = expected.length > 0 ? ["GET /main"] : [];
      assert.deepEqual(await sendAll("same.https", `### main\n# @ref it\nGET HOST/main\n\n### it\n${form.text}`), [
        ...expected,
        ...main,
        ...expected,
      ]);
      assert.deepEqual(await sendAll("ref.https", "# @import form.https\n# @ref it\nGET HOST/main"), [
        ...expected,
        ...main,
      ]);
      assert.deepEqual(await sendAll("run.https", "run ./form.https"), expected);
      assert.deepEqual(await sendAll("run-name.https", "run ./form.https #it\n\nGET HOST/main"), [
        ...expected,
        ...main,
      ]);
    });
  }
});

/** The selections of a response by a later request: the paths are the file's, the response is the server's. */
describe("a query runs nothing and ends", () => {
  const queries = [
    "body.$[?process.exit(9)]",
    "body.$[?(process.exit(9))]",
    "body.$[(process.exit(9))]",
    "body.$[?@.constructor.constructor('return process')().exit(9)]",
    "body.$[?match(@, '(a+)+$')]",
    "body.$..[?search($..x, '(x+x+)+y')]",
    "body.//*[document('file:///etc/passwd')]",
    "body.//*[php:function('system', 'touch CANARY')]",
    "body.//*[unparsed-text('CANARY')]",
    "body.$.x.toString.constructor",
    "headers.constructor.constructor",
    "body.__proto__.x",
  ];
  for (const query of queries) {
    it(query, { timeout: 30_000 }, async () => {
      const text = `### a\n# @name a\nGET HOST/a\n\n### b\n# @ref a\nGET HOST/b?x={{a.response.${query}}}`;
      assert.deepEqual(await sendAll("query.https", text), ["GET /a"]);
    });
  }
});
