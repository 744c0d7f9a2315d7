import assert from "node:assert/strict";
import { Agent } from "node:https";
import { connect } from "node:net";
import { test } from "node:test";
import { send } from "../../support/https-client.ts";
import { createTestPki } from "../../support/pki.ts";
import {
  handlers,
  serverIdentity,
  startPlainHttpServer,
  startRawTlsServer,
  startResettingServer,
  startSilentServer,
  startTlsServer,
  unusedPort,
} from "../../support/servers.ts";

const pki = await createTestPki();
const identity = serverIdentity(pki.server);
const ca = pki.root.certificatePem;

test("startTlsServer records requests, bytes and the connection they used", async (t) => {
  await using server = await startTlsServer(identity);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  await send(`${server.url}/a`, { ca, agent, method: "POST", body: "one", headers: { "X-A": "1" } });
  await send(`${server.url}/b?c`, { ca, agent });
  assert.deepEqual(
    server.recorded.map(({ method, url, connection, body }) => [method, url, connection, body.toString()]),
    [
      ["POST", "/a", 1, "one"],
      ["GET", "/b?c", 1, ""],
    ],
  );
  assert.deepEqual(server.recorded[0]?.rawHeaders.slice(0, 2), ["X-A", "1"]);
  assert.deepEqual([server.connections, server.handshakes, server.requests], [1, 1, 2]);
  assert.ok(server.receivedBytes > 50);
});

test("startTlsServer keeps to TLS versions and asks for client certificates", async () => {
  await using old = await startTlsServer({ ...identity, maxVersion: "TLSv1.2" });
  assert.equal((await send(old.url, { ca })).protocol, "TLSv1.2");
  await using mutual = await startTlsServer({
    ...identity,
    ca,
    requestCert: true,
    rejectUnauthorized: true,
    maxVersion: "TLSv1.2",
  });
  await assert.rejects(send(mutual.url, { ca }), /alert handshake failure/);
  const withClient = { ca, cert: pki.client.chainPem, key: pki.client.privateKeyPem };
  assert.equal((await send(mutual.url, withClient)).status, 200);
});

test("a client that does not trust the server sends it nothing", async () => {
  await using server = await startTlsServer(identity);
  const other = await createTestPki();
  await assert.rejects(send(server.url, { ca: other.root.certificatePem }), {
    code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  });
  assert.equal(server.connections, 1);
  assert.equal(server.receivedBytes, 0);
});

test("a handler may never answer, stall, close or reset", async () => {
  const cases: [string, Parameters<typeof startTlsServer>[0]["handler"], "timeout" | "ECONNRESET"][] = [
    ["neverAnswer", handlers.neverAnswer, "timeout"],
    ["headersThenStall", handlers.headersThenStall, "timeout"],
    ["halfBodyThenStall", handlers.halfBodyThenStall, "timeout"],
    ["closeBeforeHeaders", handlers.closeBeforeHeaders, "ECONNRESET"],
    ["closeMidBody", handlers.closeMidBody, "ECONNRESET"],
  ];
  for (const [name, handler, expected] of cases) {
    await using server = await startTlsServer({ ...identity, ...(handler && { handler }) });
    const signal = AbortSignal.timeout(expected === "timeout" ? 100 : 5000);
    const outcome = send(server.url, { ca, signal });
    await assert.rejects(
      outcome,
      expected === "timeout" ? { name: /AbortError|TimeoutError/ } : { code: expected },
      name,
    );
    assert.equal(server.recorded.length, 1, name);
  }
  const reset = await startTlsServer({ ...identity, handler: () => reset.reset() });
  await assert.rejects(send(reset.url, { ca }), { code: "ECONNRESET", message: "read ECONNRESET" });
  await reset.close();
});

test("servers that are no HTTPS servers", async () => {
  await using silent = await startSilentServer();
  const signal = AbortSignal.timeout(100);
  await assert.rejects(send(`https://localhost:${silent.port}`, { signal }), { name: "AbortError" });
  assert.equal(silent.connections, 1);

  await using resetting = await startResettingServer();
  await assert.rejects(send(`https://localhost:${resetting.port}`), { code: "ECONNRESET" });

  await using plain = await startPlainHttpServer("hello");
  await assert.rejects(send(`https://localhost:${plain.port}`), /wrong version number/);
  assert.equal(await (await fetch(`http://127.0.0.1:${plain.port}`)).text(), "hello");

  await using raw = await startRawTlsServer(identity, (socket) => socket.end("no HTTP at all\r\n\r\n"));
  await assert.rejects(send(`https://localhost:${raw.port}`, { ca }), { code: "HPE_INVALID_CONSTANT" });
});

test("nothing listens on an unused port", async () => {
  const port = await unusedPort();
  const code = await new Promise<unknown>((resolve) =>
    connect(port, "127.0.0.1").on("error", (error: NodeJS.ErrnoException) => resolve(error.code)),
  );
  assert.equal(code, "ECONNREFUSED");
});
