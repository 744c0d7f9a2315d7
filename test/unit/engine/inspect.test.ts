import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createEngine } from "../../../src/engine/index.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { startConnectProxy } from "../../support/proxies.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace } from "../../support/temp.ts";
import { ports } from "./given.ts";

describe("inspecting a server by the settings", () => {
  let pki: TestPki;
  let server: TlsServer;
  before(async () => {
    pki = await createTestPki();
    server = await startTlsServer(serverIdentity(pki.server));
  });
  after(() => server.close());

  async function look(settings: object, { trusted = true, port = server.port, environment = {}, name = "" } = {}) {
    await using workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      ".vscode/settings.json": JSON.stringify(settings),
    });
    const engine = createEngine(ports(environment));
    try {
      return await engine.inspect({
        host: "localhost",
        port,
        settings: await engine.findSettings(`${workspace.root}/a.https`),
        trusted,
        environmentName: name,
        signal: new AbortController().signal,
      });
    } finally {
      await engine.close();
    }
  }

  test("in a folder that is not trusted no connection is made", async () => {
    const before = server.connections;
    const view = await look({ "padlock.hosts": { localhost: { ca: ["ca.pem"] } } }, { trusted: false });
    assert.equal(view.failure?.code, "policy.untrusted-workspace");
    assert.deepEqual([view.connection, view.versions, view.verdict.kind], [null, [], "not-connected"]);
    assert.equal(server.connections, before);
  });

  test("the entry of the active environment counts", async () => {
    const hosts = { "localhost:*": { environment: "dev", ca: ["ca.pem"] } };
    const [dev, none] = await Promise.all([
      look({ "padlock.hosts": hosts }, { name: "dev" }),
      look({ "padlock.hosts": hosts }),
    ]);
    assert.deepEqual([dev.failure, dev.verdict.kind], [null, "verified"]);
    assert.equal(none.failure?.code, "tls.unknown-authority");
  });

  test("a time limit says which setting set it", async () => {
    await using silent = await startConnectProxy();
    const view = await look({ "padlock.timeout": { handshake: "100ms" } }, { port: silent.port });
    assert.equal(view.failure?.code, "timeout.handshake");
    assert.match(`${view.failure?.detail} ${view.failure?.fix}`, /padlock\.timeout/);
  });

  test("the login of a proxy is nowhere in what is shown", async () => {
    const password = "pr0xy-passw0rd";
    await using proxy = await startConnectProxy({
      names: { [`localhost:${server.port}`]: server.port },
      login: `agent:${password}`,
    });
    const at = `127.0.0.1:${proxy.port}`;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
    const url = "http://agent:${env:PROXY_PASSWORD}@";
    const settings = {
      "padlock.hosts": { "localhost:*": { ca: ["ca.pem"], proxy: `${url}${at}` } },
      "padlock.secrets": { PROXY_PASSWORD: [at] },
    };
    const view = await look(settings, { environment: { PROXY_PASSWORD: password } });
    assert.deepEqual([view.failure, view.verdict.kind], [null, "verified"]);
    assert.deepEqual(
      view.versions.map(({ accepted }) => accepted),
      [false, false, true, true],
    );
    assert.doesNotMatch(
      JSON.stringify(view),
      new RegExp(`${password}|${Buffer.from(`agent:${password}`).toString("base64")}`),
    );
    assert.equal(proxy.tunnels.length, 5);
    const wrong = await look(settings, { environment: { PROXY_PASSWORD: "another-passw0rd" } });
    assert.equal(wrong.failure?.code, "network.proxy-auth");
    assert.doesNotMatch(JSON.stringify(wrong), /another-passw0rd/);
  });
});
