import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../../src/common/failure.ts";
import { listenOnLoopback } from "../../../../src/demo/loopback.ts";
import { defaultTimeouts } from "../../../../src/settings/model.ts";
import type { ProxyRoute } from "../../../../src/settings/tls-profile.ts";
import { createSelfSigned } from "../../../support/pki.ts";
import { startConnectProxy, startSocksProxy, type TestProxy } from "../../../support/proxies.ts";
import { serverIdentity, startPlainHttpServer, type TlsServer, unusedPort } from "../../../support/servers.ts";
import { failureOf, get, sendOnce } from "../support.ts";
import { host, makeWorld, route, type World } from "./given.ts";

const url = `https://${host}:8443/`;
const credentials = { username: "user", password: "hunter2-hunter2" };

describe("a proxy that opens no tunnel", () => {
  let world: World;
  let server: TlsServer;
  before(async () => {
    world = await makeWorld();
    server = await world.startServer();
  });
  after(async () => {
    await server.close();
    await world[Symbol.asyncDispose]();
  });

  /** What comes of a request through it, and that its server received nothing. */
  async function refuse(proxy: ProxyRoute, signal?: AbortSignal, connect = defaultTimeouts.connect) {
    const timeouts = { ...defaultTimeouts, connect };
    const profile = { ...world.trusting, proxy };
    const { connections } = server;
    const result = await sendOnce(get(url, { method: "POST", body: Buffer.from("body"), profile, timeouts }), signal);
    assert.equal(server.connections, connections, "the server was not reached");
    assert.ok(result.outcome.kind === "failure" && !result.outcome.requestSent);
    const failure = failureOf(result);
    const text = [failure.title, failure.detail, failure.fix].join("\n");
    assert.doesNotMatch(text, /hunter2/);
    return { failure, text, result };
  }
  const answering = (text: string | Uint8Array, end = true) => ({
    answer: (client: Socket) => (end ? client.end(text) : client.write(text)),
  });
  const reply = (status: string, fields = "") => answering(`HTTP/1.1 ${status}\r\n${fields}Content-Length: 0\r\n\r\n`);

  type Case = readonly [name: string, code: FailureCode, words: RegExp, options: object, changes?: Partial<ProxyRoute>];
  const ofConnect: readonly Case[] = [
    [
      "asks for a login",
      "network.proxy-auth",
      /asks for a user name.*offers Negotiate, Basic auth.*HTTPS_PROXY.*user:password@/s,
      { login: "a:b" },
    ],
    [
      "refuses the login",
      "network.proxy-auth",
      /does not accept the user name.*407.*%40/s,
      { login: "a:b" },
      { credentials },
    ],
    [
      "wants a login that is not Basic",
      "network.proxy-auth",
      /offers NTLM auth.*Only Basic/s,
      reply("407 Auth", "Proxy-Authenticate: NTLM\r\n"),
    ],
    ["asks for a login without a scheme", "network.proxy-auth", /407/, reply("407")],
    [
      "forbids the host",
      "network.proxy-refused",
      /refuses a tunnel to api\.example\.test:8443.*403 Forbidden.*NO_PROXY/s,
      reply("403 Forbidden"),
    ],
    ["knows no CONNECT", "network.proxy-refused", /405/, reply("405 Method Not Allowed")],
    [
      "answers with a redirect",
      "network.proxy-refused",
      /302/,
      reply("302 Found", "Location: https://login.example/\r\n"),
    ],
    ["answers 101", "network.proxy-refused", /101/, reply("101 Switching Protocols")],
    ["finds no host", "network.proxy-refused", /cannot reach api\.example\.test:8443.*502 Bad Gateway/s, {}],
    ["is overloaded", "network.proxy-refused", /503/, reply("503 Service Unavailable")],
    ["gives up", "network.proxy-refused", /504/, reply("504 Gateway Timeout")],
    ["has hostile words", "network.proxy-refused", /with 403\. /, reply(`403 evil\x1b\x00[2J ${"x".repeat(500)}`)],
    ["sends garbage", "network.proxy", /not HTTP\/1\.1/, answering("SSH-2.0-OpenSSH_9.9\r\n", false)],
    ["speaks HTTP/2", "network.proxy", /not HTTP\/1\.1/, answering("HTTP/2 200 OK\r\n\r\n")],
    ["speaks TLS", "network.proxy", /but TLS.*https:\/\//s, answering(Buffer.from([0x15, 3, 1, 0, 2, 2, 22]), false)],
    ["closes", "network.proxy", /closed the connection.*no answer/s, answering("")],
    ["closes within its reply", "network.proxy", /closed the connection/, answering("HTTP/1.1 200 OK\r\nVia")],
    ["resets", "network.proxy", /closed the connection/, { answer: (client: Socket) => client.resetAndDestroy() }],
    [
      "has an endless head",
      "network.proxy",
      /16384 bytes/,
      answering(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}`, false),
    ],
    [
      "goes on with interim responses",
      "network.proxy",
      /16384 bytes/,
      answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(700), false),
    ],
    [
      "speaks before it is asked",
      "network.proxy",
      /sent more than its reply/,
      answering("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", false),
    ],
  ];
  for (const [name, code, words, options, changes] of ofConnect) {
    test(`http proxy that ${name}: ${code}`, async () => {
      await using proxy = await startConnectProxy(options);
      const { failure, text, result } = await refuse(route(proxy.port, changes));
      assert.equal(failure.code, code, text);
      assert.equal(result.connection?.proxy?.port, proxy.port);
      assert.equal(result.connection?.tls, null);
      assert.match(text, words);
      assert.match(text, /HTTPS_PROXY names the HTTP proxy 127\.0\.0\.1:/);
      assert.doesNotMatch(proxy.received, /POST|body/);
      await closed(proxy);
    });
  }

  const socks = (...bytes: number[]) => ({ answer: (client: Socket) => client.end(Buffer.from(bytes)) });
  const ofSocks: readonly Case[] = [
    ["asks for a login", "network.proxy-auth", /asks for a login.*user:password@/s, { login: "a:b" }],
    ["refuses the login", "network.proxy-auth", /does not accept the user name/, { login: "a:b" }, { credentials }],
    ["does not know the host", "network.proxy-refused", /cannot reach.*could not reach the host \(reply 4\)/s, {}],
    ["does not allow the host", "network.proxy-refused", /refuses a connection.*not allowed/s, { refusal: 2 }],
    ["was refused", "network.proxy-refused", /refused by the host/, { refusal: 5 }],
    ["has a reason of its own", "network.proxy-refused", /reason of its own \(reply 77\)/, { refusal: 77 }],
    ["is an HTTP proxy", "network.proxy", /SOCKS 5 proxy.*RFC 1928/s, answering("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["chooses what was not offered", "network.proxy", /RFC 1928/, socks(5, 1)],
    ["speaks SOCKS 4", "network.proxy", /RFC 1928/, socks(0, 90, 0, 0, 0, 0, 0, 0)],
    ["closes", "network.proxy", /closed the connection/, socks()],
    ["has an unknown kind of address", "network.proxy", /RFC 1928/, socks(5, 0, 5, 0, 0, 9, 0, 0, 0)],
    ["says more than its reply", "network.proxy", /RFC 1928/, socks(5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 0, 0, 22, 3, 3)],
  ];
  for (const [name, code, words, options, changes] of ofSocks) {
    test(`socks5 proxy that ${name}: ${code}`, async () => {
      await using proxy = await startSocksProxy(options);
      const { failure, text } = await refuse(route(proxy.port, { kind: "socks5", ...changes }));
      assert.equal(failure.code, code, text);
      assert.match(text, words);
      assert.doesNotMatch(proxy.received, /POST|body/);
      await closed(proxy);
    });
  }

  test("a proxy that does not listen is named, with where it was configured", async () => {
    const setting = "padlock.hosts › api.example.test:8443 › proxy";
    const location = { file: ".vscode/settings.json", line: 3, column: 5 };
    const { failure, text } = await refuse(route(await unusedPort(), { source: setting, location }));
    assert.equal(failure.code, "network.proxy");
    assert.match(text, /proxy 127\.0\.0\.1:\d+ cannot be reached\n.*Nothing listens.*write "none" in padlock\.hosts/s);
    assert.equal(failure.setting, setting);
    assert.deepEqual(failure.location, location);
  });

  test("an HTTPS proxy that does not verify gets no CONNECT and no login; its chain is shown", async () => {
    const identity = await createSelfSigned({ name: "proxy", hosts: ["127.0.0.1"] });
    await using proxy = await startConnectProxy({ tls: serverIdentity(identity) });
    const { failure, text, result } = await refuse(
      route(proxy.port, { kind: "https", credentials, profile: world.trusting }),
    );
    assert.equal(failure.code, "tls.self-signed");
    assert.match(text, /The HTTPS proxy 127\.0\.0\.1:\d+: .*HTTPS_PROXY names the HTTPS proxy/s);
    assert.equal(proxy.received, "");
    assert.equal(result.connection?.proxy?.tls?.verdict.verified, false);
    assert.equal(result.connection?.proxy?.tls?.chain[0]?.fingerprint256, identity.certificate.fingerprint256);
    assert.equal(result.connection?.tls, null);
  });

  test("an HTTPS proxy that asks for a client certificate says so, and gets that of its own entry", async () => {
    const asking = { ca: world.pki.root.certificatePem, requestCert: true, rejectUnauthorized: true };
    await using proxy = await startConnectProxy({ tls: { ...serverIdentity(world.pki.server), ...asking } });
    const without = await refuse(route(proxy.port, { kind: "https", profile: world.trusting }));
    assert.equal(without.failure.code, "tls.client-certificate-required");
    assert.match(without.failure.fix, new RegExp(`127\\.0\\.0\\.1:${proxy.port}`));
    const mutual = await refuse(route(proxy.port, { kind: "https", profile: world.mutual }));
    assert.equal(mutual.failure.code, "network.proxy-refused");
    assert.equal(mutual.result.connection?.proxy?.tls?.clientCertificate.presented, true);
  });

  test("an HTTP proxy where an HTTPS one is configured: tls.not-tls, and what to write", async () => {
    await using proxy = await startPlainHttpServer();
    const { failure } = await refuse(route(proxy.port, { kind: "https", profile: world.trusting }));
    assert.equal(failure.code, "tls.not-tls");
    assert.match(failure.fix, /^Write http:\/\/ in place of https:\/\/ in HTTPS_PROXY/);
  });

  const hanging: readonly [
    string,
    () => Promise<{ port: number; open: number } & AsyncDisposable>,
    Partial<ProxyRoute>,
  ][] = [
    ["CONNECT", () => startConnectProxy({ answer: () => undefined }), {}],
    ["half a reply", () => startConnectProxy(answering("HTTP/1.1 200 O", false)), {}],
    ["SOCKS greeting", () => startSocksProxy({ answer: () => undefined }), { kind: "socks5" }],
    ["TLS to the proxy", startMute, { kind: "https" }],
  ];
  for (const [phase, start, changes] of hanging) {
    const changed = () => ({ ...changes, ...(changes.kind === "https" && { profile: world.trusting }) });
    test(`${phase} that is never answered: timeout.connect, on time, and the socket is closed`, async () => {
      await using proxy = await start();
      const begin = performance.now();
      const { failure, text } = await refuse(route(proxy.port, changed()), undefined, 60);
      assert.equal(failure.code, "timeout.connect");
      assert.match(text, /through the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\)/);
      assert.ok(performance.now() - begin < 1000);
      await closed(proxy);
    });

    test(`${phase}: a cancel closes the socket`, async () => {
      await using proxy = await start();
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 40);
      const { failure } = await refuse(route(proxy.port, changed()), controller.signal);
      assert.equal(failure.code, "canceled");
      await closed(proxy);
    });
  }
});

/** Says nothing, and closes when its client does. */
async function startMute() {
  const server = await listenOnLoopback((socket) => socket.resume().on("end", () => socket.end()));
  return Object.assign(server, { [Symbol.asyncDispose]: server.close });
}

async function closed(proxy: Pick<TestProxy, "open">): Promise<void> {
  for (let wait = 0; proxy.open > 0 && wait < 200; wait++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(proxy.open, 0, "no connection to the proxy stays open");
}
