import assert from "node:assert/strict";
import dns from "node:dns";
import { test } from "node:test";
import { createSelfSigned } from "../../support/pki.ts";
import { serverIdentity, startPlainHttpServer, startTlsServer } from "../../support/servers.ts";
import { failureOf, get, noProfile, responseOf, sendOnce } from "./support.ts";

test("plain http goes to a loopback address only, whatever a name server says of the name", async (context) => {
  await using server = await startPlainHttpServer();
  const url = `http://service.localhost:${server.port}/`;
  let answer = "127.0.0.1";
  context.mock.method(dns, "lookup", ((_name: string, _options: object, done: (...found: unknown[]) => void) => {
    setImmediate(() => done(null, [{ address: answer, family: 4 }]));
  }) as unknown as typeof dns.lookup);
  assert.equal(responseOf(await sendOnce(get(url))).status, 200);
  answer = "192.0.2.1";
  const result = await sendOnce(get(url));
  const failure = failureOf(result);
  assert.equal(failure.code, "policy.plain-http");
  assert.match(failure.detail, /192\.0\.2\.1/);
  assert.equal(server.connections, 1);
});

test("a name that is not of this machine was allowed by whoever calls, wherever it leads", async (context) => {
  await using server = await startPlainHttpServer();
  // No loopback address, but one that leads to this machine.
  context.mock.method(dns, "lookup", ((_name: string, _options: object, done: (...found: unknown[]) => void) => {
    setImmediate(() => done(null, [{ address: "0.0.0.0", family: 4 }]));
  }) as unknown as typeof dns.lookup);
  assert.equal(responseOf(await sendOnce(get(`http://plain.example:${server.port}/`))).status, 200);
});

test("a name of this machine that is not verified may not lead elsewhere either", async (context) => {
  await using server = await startTlsServer(serverIdentity(await createSelfSigned({ name: "x", hosts: ["x"] })));
  const request = { ...get(`https://service.localhost:${server.port}/`), profile: { ...noProfile, unverified: true } };
  let answer = "127.0.0.1";
  context.mock.method(dns, "lookup", ((_name: string, _options: object, done: (...found: unknown[]) => void) => {
    setImmediate(() => done(null, [{ address: answer, family: 4 }]));
  }) as unknown as typeof dns.lookup);
  assert.equal(responseOf(await sendOnce(request)).status, 200);
  answer = "0.0.0.0";
  assert.equal(failureOf(await sendOnce(request)).code, "policy.unverified-host");
  assert.equal(server.recorded.length, 1);
});
