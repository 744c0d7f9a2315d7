import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import { createEngine } from "../../../src/engine/index.ts";
import { logLines } from "../../../src/protocol/log-line.ts";
import { createTestPki } from "../../support/pki.ts";
import { startConnectProxy, startSocksProxy } from "../../support/proxies.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { ports } from "./given.ts";

const [api, other] = ["api.example.test:8443", "other.example.test:8443"];
const password = "pr0xy:p@ssword";
const login = `agent:${password}`;

describe("proxies, from the settings and the environment to what is shown", () => {
  let server: TlsServer;
  let workspace: TempWorkspace;
  before(async () => {
    const pki = await createTestPki();
    const hosts = ["api.example.test", "other.example.test"];
    const identity = await pki.intermediate.issueServer({ name: "api", hosts });
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
    server = await startTlsServer({
      ...serverIdentity(identity),
      handler: (request, response) => {
        if (request.url === "/away") response.writeHead(302, { location: `https://${other}/there` }).end();
        else response.end(`echo ${login} ${Buffer.from(login).toString("base64")}`);
      },
    });
  });
  after(async () => {
    await server.close();
    await workspace.remove();
  });

  async function send(path: string, environment: Readonly<Record<string, string>>, more: object = {}) {
    const ca = ["ca.pem"];
    const settings = {
      "padlock.hosts": { [api]: { ca }, [other]: { ca } },
      "padlock.secrets": { TOKEN: [api] },
      ...more,
    };
    const text = `GET https://${api}${path}\nX-Token: {{$env.TOKEN}}\n`;
    await workspace.write(".vscode/settings.json", JSON.stringify(settings));
    const engine = createEngine(ports({ TOKEN: "token-for-the-api", ...environment }));
    try {
      const file = await workspace.write("a.https", text);
      return await engine.run({
        text,
        file,
        block: 0,
        settings: await engine.findSettings(file),
        trusted: true,
        environmentName: "",
        signal: new AbortController().signal,
      });
    } finally {
      await engine.close();
    }
  }
  const environmentOf = (port: number) => ({
    HTTPS_PROXY: `http://agent:${encodeURIComponent(password)}@127.0.0.1:${port}`,
  });

  test("the login is in no output, the proxy is in each", async () => {
    await using proxy = await startConnectProxy({ names: { [api]: server.port }, login });
    const view = await send("/x", environmentOf(proxy.port));
    assert.equal(view.response?.status, 200, view.failure?.detail);
    assert.equal(server.recorded.at(-1)?.rawHeaders.includes("token-for-the-api"), true);
    const via = `127.0.0.1:${proxy.port} (HTTPS_PROXY)`;
    const cli = renderExchange(view, createStyle(false));
    assert.ok(cli.includes(`Via     ${via}`), cli);
    const [line] = logLines(view);
    assert.match(line?.text ?? "", new RegExp(` via=127\\.0\\.0\\.1:${proxy.port} `));
    const { source, kind, host, port } = view.connection?.proxy ?? {};
    assert.deepEqual(
      { source, kind, host, port },
      { source: "HTTPS_PROXY", kind: "http", host: "127.0.0.1", port: proxy.port },
    );
    const all = JSON.stringify(view) + cli + line?.text;
    assert.doesNotMatch(all, /p@ssword|p%40ssword/);
    assert.ok(!all.includes(Buffer.from(login).toString("base64")));
    assert.doesNotMatch(proxy.received, /token-for-the-api/);
  });

  test("nor in a failure", async () => {
    await using proxy = await startConnectProxy({ names: {}, login: "someone:else" });
    const view = await send("/x", environmentOf(proxy.port));
    assert.equal(view.failure?.code, "network.proxy-auth");
    assert.equal(view.failure?.requestSent, false);
    assert.equal(view.verdict.text, "Not verified · no certificate came through the proxy");
    assert.match(logLines(view)[0]?.text ?? "", / failure=network\.proxy-auth .* via=127\.0\.0\.1:\d+ /);
    assert.doesNotMatch(JSON.stringify(view), /p@ssword|p%40ssword/);
  });

  test("each hop of a redirect goes through the proxy of its own host", async () => {
    await using first = await startConnectProxy({ names: { [api]: server.port }, login });
    await using second = await startSocksProxy({ names: { [other]: server.port } });
    const ca = ["ca.pem"];
    const hosts = { [api]: { ca }, [other]: { ca, proxy: `socks5://127.0.0.1:${second.port}` } };
    const view = await send("/away", environmentOf(first.port), { "padlock.hosts": hosts });
    assert.equal(view.response?.status, 200, view.failure?.detail);
    assert.equal(view.redirects[0]?.connection?.proxy?.port, first.port);
    assert.equal(view.connection?.proxy?.kind, "socks5");
    assert.deepEqual([first.tunnels, second.tunnels], [[api], [other]]);
    assert.ok(!server.recorded.at(-1)?.rawHeaders.includes("token-for-the-api"), "the secret is not for that host");
  });

  test("a proxy that cannot be used: nothing is sent, also not directly", async () => {
    const { connections } = server;
    const view = await send("/x", { HTTPS_PROXY: `socks4://agent:${encodeURIComponent(password)}@127.0.0.1:1` });
    assert.equal(view.failure?.code, "settings.bad-proxy");
    assert.doesNotMatch(JSON.stringify(view), /p@ssword|p%40ssword/);
    assert.equal(server.connections, connections);
  });
});
