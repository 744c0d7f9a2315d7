import assert from "node:assert/strict";
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { access, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { type ParseError, parse } from "jsonc-parser";
import { readExpectations, startDemo } from "../../../src/demo/index.ts";
import { send } from "../../support/https-client.ts";
import { makeWorkspace } from "../../support/temp.ts";

const demo = await startDemo();
after(() => demo.close());
const read = (name: string) => readFile(join(demo.workspace, name), "utf8");
const requestFiles = (await readdir(demo.workspace)).filter((name) => name.endsWith(".https")).sort();

test("the workspace holds seven request files, settings, certificates and a README", async () => {
  assert.deepEqual(requestFiles, [
    "1-first-request.https",
    "2-mutual-tls.https",
    "3-secrets.https",
    "4-bodies-and-headers.https",
    "5-slow-large-redirect.https",
    "6-must-fail.https",
    "7-http2-and-cookies.https",
  ]);
  const readme = await read("README.md");
  for (const name of requestFiles) assert.ok(readme.includes(`\`${name}\``), name);
  assert.deepEqual((await readdir(join(demo.workspace, "certs"))).sort(), [
    "client-key.pem",
    "client.pem",
    "demo-ca.pem",
  ]);
});

test("only this user can read it", { skip: process.platform === "win32" }, async () => {
  for (const name of [".", "certs", ".vscode"]) {
    assert.equal((await stat(join(demo.workspace, name))).mode & 0o777, 0o700, name);
  }
  for (const name of ["certs/client-key.pem", ".vscode/settings.json", ...requestFiles]) {
    assert.equal((await stat(join(demo.workspace, name))).mode & 0o777, 0o600, name);
  }
});

test("no secret value stands in any file", async () => {
  const names = await readdir(demo.workspace, { recursive: true, withFileTypes: true });
  for (const entry of names.filter((each) => each.isFile())) {
    const text = await readFile(join(entry.parentPath, entry.name), "utf8");
    for (const value of Object.values(demo.environment)) assert.ok(!text.includes(value), entry.name);
    assert.ok(!text.includes("BEGIN PRIVATE KEY"), entry.name);
  }
});

test("the settings are JSON with comments that name the real ports and files", async () => {
  const errors: ParseError[] = [];
  const settings = parse(await read(".vscode/settings.json"), errors, { allowTrailingComma: false });
  assert.deepEqual(errors, []);
  const { api, mutual, otherKey } = demo.servers;
  const client = new X509Certificate(await read("certs/client.pem"));
  const key = client.publicKey.export({ type: "spki", format: "der" });
  assert.deepEqual(settings["padlock.hosts"], {
    "localhost:*": { ca: ["certs/demo-ca.pem"] },
    [`localhost:${mutual.port}`]: {
      cert: "certs/client.pem",
      key: "certs/client-key.pem",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the setting's own syntax
      passphrase: "${env:PADLOCK_DEMO_PASSPHRASE}",
      ca: ["certs/demo-ca.pem"],
    },
    [`localhost:${otherKey.port}`]: {
      ca: ["certs/demo-ca.pem"],
      pins: [`sha256/${createHash("sha256").update(key).digest("base64")}`],
    },
  });
  assert.deepEqual(settings["padlock.secrets"], { PADLOCK_DEMO_TOKEN: [`localhost:${api.port}`] });
});

test("the files in certs and the environment's passphrase open the mutual TLS server", async () => {
  const passphrase = String(demo.environment["PADLOCK_DEMO_PASSPHRASE"]);
  const [ca, cert, key] = await Promise.all(
    ["demo-ca", "client", "client-key"].map((name) => read(`certs/${name}.pem`)),
  );
  assert.ok(cert && key);
  assert.ok(new X509Certificate(cert).checkPrivateKey(createPrivateKey({ key, passphrase })));
  const { status, protocol } = await send(demo.servers.mutual.url, { ca, cert, key, passphrase });
  assert.deepEqual([status, protocol], [200, "TLSv1.3"]);
});

test("each request has a title of its own and exactly one expectation above its request line", async () => {
  for (const name of requestFiles) {
    const blocks = (await read(name)).split(/^(?=###)/m).filter((block) => block.startsWith("###"));
    const titles = new Set<string>();
    for (const block of blocks) {
      const [expectation, ...more] = readExpectations(block);
      assert.ok(expectation && more.length === 0, `${name}: ${block}`);
      const requestLine = block.split("\n")[expectation.line];
      assert.match(requestLine ?? "", /^((GET|POST) )?(https:\/\/localhost:|localhost:|\{\{base\}\}\/)/, name);
      titles.add(expectation.title);
    }
    assert.equal(titles.size, blocks.length, name);
    assert.ok(!titles.has(""), name);
  }
});

test("every file keeps a last line end and no trailing blanks, and names no port but the demo's", async () => {
  const ports = new Set(Object.values(demo.servers).map((server) => String(server.port)));
  for (const name of requestFiles) {
    const text = await read(name);
    assert.match(text, /[^\n]\n$/, name);
    assert.doesNotMatch(text, /[ \t]+$/m, name);
    for (const [, port] of text.matchAll(/(?:localhost:|port )(\d+)/g)) assert.ok(ports.has(String(port)), name);
  }
});

test("the must-fail file expects the five failures", async () => {
  const codes = readExpectations(await read("6-must-fail.https")).map(({ expected }) => expected);
  assert.deepEqual(codes, [
    { kind: "failure", code: "tls.expired" },
    { kind: "failure", code: "tls.hostname-mismatch" },
    { kind: "failure", code: "tls.self-signed" },
    { kind: "failure", code: "tls.pin-mismatch" },
    { kind: "failure", code: "tls.client-certificate-required" },
  ]);
});

test("closing stops the servers and removes the temporary workspace; twice is fine", async () => {
  const other = await startDemo();
  assert.notDeepEqual(other.environment, demo.environment);
  await other.close();
  await other.close();
  await assert.rejects(access(other.workspace), { code: "ENOENT" });
  await assert.rejects(send(other.servers.api.url), { code: "ECONNREFUSED" });
});

test("a folder of one's own is written, replaced by the next demo, and stays", async () => {
  await using temporary = await makeWorkspace({ "notes.txt": "mine" });
  const first = await startDemo({ folder: temporary.root });
  const before = await readFile(temporary.path("1-first-request.https"), "utf8");
  await first.close();
  const second = await startDemo({ folder: temporary.root });
  const after = await readFile(temporary.path("1-first-request.https"), "utf8");
  await second.close();
  assert.equal(second.workspace, temporary.root);
  assert.ok(before.includes(first.servers.api.url) && after.includes(second.servers.api.url));
  assert.notEqual(before, after);
  assert.equal(await readFile(temporary.path("notes.txt"), "utf8"), "mine");
});
