import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { after, before, describe, test } from "node:test";
import type { TLSSocket } from "node:tls";
import { defaultTimeouts } from "../../../../src/settings/model.ts";
import type { ProxyRoute } from "../../../../src/settings/tls-profile.ts";
import { createTransport } from "../../../../src/transport/index.ts";
import { startHttp2Server } from "../../../support/http2-servers.ts";
import { startConnectProxy, startSocksProxy, type TestProxy } from "../../../support/proxies.ts";
import { serverIdentity, startPlainHttpServer, startSilentServer } from "../../../support/servers.ts";
import { failureOf, get, noProfile, responseOf, sendOnce } from "../support.ts";
import { host, makeWorld, route, type World } from "./given.ts";

const signal = new AbortController().signal;
const secrets = /secret-token|secret-cookie|secret-body|authorization: bearer|POST/i;

describe("a tunnel through a proxy", () => {
  let world: World;
  before(async () => {
    world = await makeWorld();
  });
  after(() => world[Symbol.asyncDispose]());

  type Start = (port: number, login?: string) => Promise<TestProxy>;
  const names = (port: number) => ({ [`${host}:8443`]: port });
  const kinds: readonly ["http" | "https" | "socks5", Start][] = [
    ["http", (port, login) => startConnectProxy({ names: names(port), ...(login && { login }) })],
    [
      "https",
      (port, login) =>
        startConnectProxy({
          names: names(port),
          tls: { ...serverIdentity(world.pki.server), ALPNProtocols: ["h2", "http/1.1"] },
          ...(login && { login }),
        }),
    ],
    ["socks5", (port, login) => startSocksProxy({ names: names(port), ...(login && { login }) })],
  ];
  const through = (proxy: TestProxy, kind: "http" | "https" | "socks5", changes: Partial<ProxyRoute> = {}) => ({
    ...world.trusting,
    proxy: route(proxy.port, { kind, ...(kind === "https" && { profile: world.trusting }), ...changes }),
  });
  for (const [kind, start] of kinds) {
    test(`${kind}: the client certificate and the request reach the origin alone, the login the proxy alone`, async () => {
      let certificate = "";
      await using server = await world.startServer({
        ca: world.pki.root.certificatePem,
        requestCert: true,
        rejectUnauthorized: true,
        handler: (request: IncomingMessage, response) => {
          certificate = (request.socket as TLSSocket).getPeerCertificate().fingerprint256;
          response.end("ok");
        },
      });
      await using proxy = await start(server.port, "user:pässword");
      const credentials = { username: "user", password: "pässword" };
      const result = await sendOnce(
        get(`https://${host}:8443/path?q=1`, {
          method: "POST",
          headers: [
            ["Authorization", "Bearer secret-token"],
            ["Cookie", "sid=secret-cookie"],
          ],
          body: Buffer.from("secret-body"),
          profile: { ...through(proxy, kind, { credentials }), cert: world.mutual.cert, key: world.mutual.key },
        }),
      );
      assert.equal(responseOf(result).status, 200);
      const [recorded] = server.recorded;
      assert.equal(recorded?.body.toString(), "secret-body");
      const fields = recorded?.rawHeaders.map((text) => text.toLowerCase()) ?? [];
      assert.ok(fields.includes("authorization"));
      assert.ok(!fields.some((text) => text.startsWith("proxy-")), "nothing for the proxy at the origin");
      assert.equal(certificate, world.pki.client.certificate.fingerprint256);
      assert.deepEqual(proxy.tunnels, [`${host}:8443`]);
      assert.doesNotMatch(proxy.received, secrets, "the proxy sees ciphertext");
      if (kind === "socks5") {
        const address = `\x05\x01\x00\x03${String.fromCharCode(host.length)}${host}\x20\xfb`;
        const login = `\x01\x04user\x09${Buffer.from("pässword").toString("latin1")}`;
        assert.deepEqual(proxy.asked, ["\x05\x02\x00\x02", login, address]);
      } else {
        const authorization = `Basic ${Buffer.from("user:pässword").toString("base64")}`;
        const head = `CONNECT ${host}:8443 HTTP/1.1\r\nHost: ${host}:8443\r\nProxy-Authorization: ${authorization}\r\n\r\n`;
        assert.deepEqual(proxy.asked, [head]);
      }
      const { connection } = result;
      assert.equal(connection?.tls?.verdict.verified, true);
      assert.equal(connection?.tls?.serverName, host);
      assert.equal(connection?.tls?.clientCertificate.presented, true);
      assert.equal(connection?.remotePort, proxy.port);
      assert.equal(connection?.proxy?.tls?.verdict.verified, kind === "https" ? true : undefined);
      assert.deepEqual(
        { ...connection?.proxy, tls: undefined },
        { kind, host: "127.0.0.1", port: proxy.port, source: "HTTPS_PROXY", tls: undefined },
      );
      assert.doesNotMatch(JSON.stringify(connection), /pässword/);
    });

    test(`${kind}: a refused server gets no byte of the request, and its chain is shown`, async () => {
      await using server = await world.startServer(
        serverIdentity(await world.pki.intermediate.issueServer({ name: "x", hosts: ["wrong.test"] })),
      );
      await using proxy = await start(server.port);
      const profile = through(proxy, kind);
      const result = await sendOnce(get(`https://${host}:8443/`, { profile }));
      assert.equal(failureOf(result).code, "tls.hostname-mismatch");
      assert.equal(server.receivedBytes, 0);
      assert.equal(result.connection?.tls?.chain.length, 3);
      assert.doesNotMatch(proxy.received, /GET/);
    });

    test(`${kind}: without a login none is sent; connections are shared under the same route alone`, async () => {
      await using server = await world.startServer();
      await using proxy = await start(server.port);
      await using other = await start(server.port);
      const transport = createTransport();
      try {
        const send = async (profile: typeof noProfile) =>
          transport.send(get(`https://${host}:8443/`, { profile }), signal);
        assert.equal((await send(through(proxy, kind))).connection?.reused, false);
        const again = await send(through(proxy, kind));
        assert.equal(again.connection?.reused, true);
        assert.equal(again.connection?.proxy?.port, proxy.port);
        assert.equal((await send(through(other, kind))).connection?.reused, false, "another proxy");
        const login = { credentials: { username: "u", password: "p" } };
        assert.equal((await send(through(proxy, kind, login))).connection?.reused, false, "another login");
        assert.equal(proxy.tunnels.length, 2);
        assert.equal(other.tunnels.length, 1);
        assert.doesNotMatch(proxy.asked[0] ?? "", /authorization/i);
      } finally {
        await transport.close();
      }
      await closed(proxy);
      assert.equal(server.recorded.length, 4);
    });
  }

  for (const [kind, start] of kinds) {
    test(`${kind}: HTTP/2 is between the two ends; the proxy itself is asked in HTTP/1.1`, async () => {
      await using server = await startHttp2Server(serverIdentity(world.server), (_request, response) =>
        response.end("ok"),
      );
      await using proxy = await start(server.port);
      const profile = through(proxy, kind);
      const result = await sendOnce(get(`https://${host}:8443/`, { profile, http2: true }));
      assert.equal(responseOf(result).httpVersion, "2");
      assert.equal(result.connection?.tls?.alpn, "h2");
      assert.equal(result.connection?.proxy?.tls?.alpn, kind === "https" ? "http/1.1" : undefined);
    });

    test(`${kind}: a server that says nothing behind the tunnel: its handshake timeout, and all is closed`, async () => {
      await using server = await startSilentServer();
      await using proxy = await start(server.port);
      const profile = through(proxy, kind);
      const timeouts = { ...defaultTimeouts, handshake: 50 };
      const result = await sendOnce(get(`https://${host}:8443/`, { profile, timeouts }));
      assert.equal(failureOf(result).code, "timeout.handshake");
      assert.equal(result.connection?.proxy?.port, proxy.port);
      await closed(proxy);
    });

    test(`${kind}: fifty canceled requests leave no connection`, async () => {
      await using server = await startSilentServer();
      await using proxy = await start(server.port);
      const profile = through(proxy, kind);
      const transport = createTransport();
      const sent = Array.from({ length: 50 }, async (_, index) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), index);
        return failureOf(await transport.send(get(`https://${host}:8443/`, { profile }), controller.signal)).code;
      });
      assert.deepEqual(new Set(await Promise.all(sent)), new Set(["canceled"]));
      await transport.close();
      await closed(proxy);
    });
  }

  for (const tls of [false, true]) {
    test(`plain http goes through a tunnel of an ${tls ? "HTTPS" : "HTTP"} proxy too: no login of the proxy in the request`, async () => {
      await using server = await startPlainHttpServer();
      const options = { names: { "plain.example.test:80": server.port }, login: "u:p" };
      await using proxy = await startConnectProxy({
        ...options,
        ...(tls && { tls: serverIdentity(world.pki.server) }),
      });
      const login = { credentials: { username: "u", password: "p" } };
      const profile = { ...noProfile, proxy: through(proxy, tls ? "https" : "http", login).proxy };
      const transport = createTransport();
      for (const reused of [false, true]) {
        const result = await transport.send(get("http://plain.example.test/x", { profile }), signal);
        assert.equal(Buffer.from(responseOf(result).body).toString(), "plain");
        assert.equal(result.connection?.reused, reused);
      }
      await transport.close();
      assert.match(proxy.asked[0] ?? "", /^CONNECT plain\.example\.test:80 HTTP\/1\.1\r\n/);
      const inside = proxy.received.slice(proxy.asked[0]?.length);
      assert.match(inside, /^GET \/x HTTP\/1\.1\r\n/);
      assert.doesNotMatch(inside, /proxy-authorization/i);
      await closed(proxy);
    });
  }

  for (const [kind, start] of [
    ["http", startConnectProxy],
    ["socks5", startSocksProxy],
  ] as const) {
    test(`${kind}: addresses are sent as addresses`, async () => {
      await using server = await world.startServer();
      const names = { "127.0.0.1:8443": server.port, "[0:0:0:0:0:0:0:1]:8443": server.port, "[::1]:8443": server.port };
      await using proxy = await start({ names });
      const profile = { ...world.trusting, proxy: route(proxy.port, { kind }) };
      assert.equal(responseOf(await sendOnce(get("https://127.0.0.1:8443/", { profile }))).status, 200);
      // The certificate is not for it: the tunnel is what counts.
      assert.equal(failureOf(await sendOnce(get("https://[::1]:8443/", { profile }))).code, "tls.hostname-mismatch");
      assert.equal(proxy.tunnels.length, 2);
    });
  }

  for (const url of ["http://localhost:8080/", "http://127.0.0.1:8080/"]) {
    test(`${url} never goes through a proxy: there it would be another machine`, async () => {
      await using proxy = await startConnectProxy({ names: {} });
      const profile = { ...noProfile, proxy: route(proxy.port) };
      assert.equal(failureOf(await sendOnce(get(url, { profile }))).code, "policy.plain-http");
      assert.equal(proxy.connections, 0);
    });
  }

  test("nor does a name of this machine whose certificate need not verify", async () => {
    await using proxy = await startConnectProxy({ names: {} });
    const profile = { ...noProfile, unverified: true, proxy: route(proxy.port) };
    assert.equal(failureOf(await sendOnce(get("https://localhost:8443/", { profile }))).code, "policy.unverified-host");
    assert.equal(proxy.connections, 0);
  });
});

async function closed(proxy: TestProxy): Promise<void> {
  for (let wait = 0; proxy.open > 0 && wait < 200; wait++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(proxy.open, 0, "no connection to the proxy stays open");
}
