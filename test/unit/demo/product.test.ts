import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { readExpectations, startDemo } from "../../../src/demo/index.ts";
import { checkSecret } from "../../../src/secrets/allow-list.ts";
import { loadRawSettings, readSettings, resolveProfile } from "../../../src/settings/index.ts";
import { parse } from "../../../src/syntax/index.ts";

const demo = await startDemo();
after(() => demo.close());

const environment = { get: (name: string) => demo.environment[name] };

test("Padlock's own settings reader takes the demo's settings without a complaint", async () => {
  const raw = await loadRawSettings(join(demo.workspace, "1-first-request.https"));
  assert.equal(raw.root, demo.workspace);
  const read = readSettings(raw);
  assert.ok(read.ok);
  for (const [name, server] of Object.entries(demo.servers)) {
    const url = new URL(server.url);
    const profile = resolveProfile(read.value, url, environment, "");
    assert.ok(profile.ok, name);
    const { ca, cert, key, passphrase } = profile.value;
    const certs = (file: string) => join(demo.workspace, "certs", file);
    assert.deepEqual(
      ca?.map((each) => typeof each === "object" && each.path),
      [certs("demo-ca.pem")],
      name,
    );
    const isMutual = name === "mutual";
    assert.equal(cert?.path, isMutual ? certs("client.pem") : undefined, name);
    assert.equal(key?.path, isMutual ? certs("client-key.pem") : undefined, name);
    assert.equal(passphrase?.value, isMutual ? demo.environment["PADLOCK_DEMO_PASSPHRASE"] : undefined, name);
    assert.equal(checkSecret(read.value, "PADLOCK_DEMO_TOKEN", url).ok, name === "api", name);
  }
});

test("Padlock's own parser reads every demo request without a problem, each with its expectation", async () => {
  const names = (await readdir(demo.workspace)).filter((name) => name.endsWith(".https"));
  assert.equal(names.length, 7);
  for (const name of names) {
    const text = await readFile(join(demo.workspace, name), "utf8");
    const file = parse(text);
    assert.deepEqual(file.problems, [], name);
    const requests = file.blocks.filter((block) => block.request);
    assert.deepEqual(
      requests.map((block) => block.name?.text),
      readExpectations(text).map(({ title }) => title),
      name,
    );
  }
});
