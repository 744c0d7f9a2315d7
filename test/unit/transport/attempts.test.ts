import assert from "node:assert/strict";
import dns from "node:dns";
import { createServer, type Server } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { startPlainHttpServer, unusedPort } from "../../support/servers.ts";
import { failureOf, get, responseOf, sendOnce } from "./support.ts";

const name = "two.example";

/** The name server of the test: what `name` leads to. */
function lookUp(context: TestContext, ...addresses: readonly string[]): void {
  const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const real = dns.lookup as (...given: unknown[]) => void;
  context.mock.method(dns, "lookup", ((asked: string, options: object, done: (...results: unknown[]) => void) => {
    if (asked !== name) return real(asked, options, done);
    setImmediate(() => done(null, found));
  }) as unknown as typeof dns.lookup);
}

/** Listens at one address only. */
async function listen(address: string): Promise<{ port: number } & AsyncDisposable> {
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  assert.ok(bound && typeof bound === "object");
  return { port: bound.port, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
}

describe("the addresses that are tried", () => {
  test("one after the other until one answers", async (context) => {
    lookUp(context, "::1", "127.0.0.1");
    await using server = await listen("127.0.0.1");
    const result = await sendOnce(get(`http://${name}:${server.port}/`));
    assert.equal(responseOf(result).status, 204);
    const attempts = result.connection?.attempts ?? [];
    const shown = attempts.map(({ address, port, outcome, problem }) => [address, port, outcome, problem]);
    assert.deepEqual(shown, [
      ["::1", server.port, "failed", "ECONNREFUSED"],
      ["127.0.0.1", server.port, "connected", null],
    ]);
    for (const { milliseconds } of attempts) assert.ok(milliseconds !== null && milliseconds >= 0);
    assert.equal(result.connection?.remoteAddress, "127.0.0.1");
    assert.equal(result.connection?.localAddress, "127.0.0.1");
  });

  test("an address behind the one that answered is not needed", async (context) => {
    lookUp(context, "127.0.0.1", "::1");
    await using server = await startPlainHttpServer();
    const { connection } = await sendOnce(get(`http://${name}:${server.port}/`));
    const shown = connection?.attempts.map(({ address, outcome, milliseconds }) => [
      address,
      outcome,
      milliseconds === null,
    ]);
    assert.deepEqual(shown, [
      ["127.0.0.1", "connected", false],
      ["::1", "not needed", true],
    ]);
  });

  test("an address in the URL is one attempt", async () => {
    await using server = await startPlainHttpServer();
    const { connection } = await sendOnce(get(`http://127.0.0.1:${server.port}/`));
    assert.deepEqual(
      connection?.attempts.map(({ address, outcome }) => [address, outcome]),
      [["127.0.0.1", "connected"]],
    );
  });

  test("all of them are named where none answers", async (context) => {
    lookUp(context, "::1", "127.0.0.1");
    const failure = failureOf(await sendOnce(get(`http://${name}:${await unusedPort()}/`)));
    assert.equal(failure.code, "network.refused");
    assert.match(failure.detail, /Tried ::1 \(ECONNREFUSED\) and 127\.0\.0\.1 \(ECONNREFUSED\)\./);
  });
});
