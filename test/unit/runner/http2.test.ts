import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createEngine } from "../../../src/engine/index.ts";
import { startHttp2Server } from "../../support/http2-servers.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { ports } from "../engine/given.ts";

describe("HTTP/2 in a request file", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  async function send(text: string, entry: object = {}) {
    const hosts = { "localhost:*": { ca: ["ca.pem"], ...entry } };
    await workspace.write(".vscode/settings.json", JSON.stringify({ "padlock.hosts": hosts }));
    const file = await workspace.write("api.https", text);
    const engine = createEngine(ports());
    const settings = await engine.findSettings(file);
    const signal = new AbortController().signal;
    try {
      return await engine.run({ text, file, block: 0, settings, trusted: true, environmentName: "", signal });
    } finally {
      await engine.close();
    }
  }

  for (const version of ["HTTP/2", "HTTP/2.0", "HTTP/2 (prior knowledge)"]) {
    test(`${version} behind the URL, and the header section is shown as it was sent`, async () => {
      await using server = await startHttp2Server(serverIdentity(pki.server));
      const view = await send(`GET ${server.url}/a?b ${version}\nX-A: 1\nHost: other.test`);
      assert.equal(view.response?.httpVersion, "HTTP/2");
      assert.equal(view.connection?.tls?.alpn, "h2");
      assert.deepEqual(view.notes, []);
      const shown = view.request.headers.flatMap(({ name, value }) => [name, value]);
      assert.deepEqual(server.recorded[0]?.rawHeaders, shown);
      assert.deepEqual(shown.slice(0, 10), [
        ":method",
        "GET",
        ":scheme",
        "https",
        ":authority",
        "other.test",
        ":path",
        "/a?b",
        "x-a",
        "1",
      ]);
    });
  }

  test('"http2": true in the host\'s entry', async () => {
    await using server = await startHttp2Server({ ...serverIdentity(pki.server), allowHTTP1: true });
    assert.equal((await send(`GET ${server.url}/`, { http2: true })).response?.httpVersion, "HTTP/2");
    assert.equal((await send(`GET ${server.url}/ HTTP/1.1`, { http2: true })).response?.httpVersion, "HTTP/1.1");
    assert.equal((await send(`curl --http2 ${server.url}/`)).response?.httpVersion, "HTTP/2");
    assert.equal((await send(`GET ${server.url}/`)).response?.httpVersion, "HTTP/1.1");
  });

  test("a server that chose HTTP/1.1: a note says so, and the header section is that of HTTP/1.1", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const view = await send(`GET ${server.url}/ HTTP/2`);
    assert.equal(view.response?.httpVersion, "HTTP/1.1");
    assert.deepEqual(
      view.notes.map(({ text }) => text),
      [`HTTP/2 was offered, but localhost:${server.port} chose HTTP/1.1.`],
    );
    const shown = view.request.headers.flatMap(({ name, value }) => [name, value]);
    assert.deepEqual(server.recorded[0]?.rawHeaders, shown);
  });

  test("plain http: refused in words, nothing is sent", async () => {
    const { failure } = await send("GET http://localhost:1/ HTTP/2");
    assert.equal(failure?.code, "parse.error");
    assert.match(`${failure?.title} ${failure?.detail} ${failure?.fix}`, /without encryption.*ALPN.*Write https:/);
  });
});
