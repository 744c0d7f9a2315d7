import assert from "node:assert/strict";
import { lookup } from "node:dns/promises";
import { createServer, type Server } from "node:net";
import { after, before, describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { createTestPki, type TestPki } from "../../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "../support.ts";

const hasIpv6 = await canListen("::1");
const names = await lookup("localhost", { all: true });
/** Does `localhost` mean both here? */
const hasBoth = hasIpv6 && new Set(names.map(({ family }) => family)).size === 2;

describe("addresses", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());
  const request = (url: string) =>
    get(url, { profile: { ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] } });

  test("an IPv6 address in the URL: Host in brackets, no SNI, verified by its IP", { skip: !hasIpv6 }, async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const result = await sendOnce(request(`https://[::1]:${server.port}/a`));
    assert.equal(responseOf(result).status, 200);
    assert.equal(result.connection?.remoteAddress, "::1");
    assert.equal(result.connection?.tls?.serverName, null);
    const raw = server.recorded[0]?.rawHeaders ?? [];
    assert.equal(raw[raw.findIndex((name) => /^host$/i.test(name)) + 1], `[::1]:${server.port}`);
  });

  test("an address that the certificate does not name is refused", async () => {
    const named = await pki.intermediate.issueServer({ name: "localhost", hosts: ["localhost"] });
    await using server = await startTlsServer(serverIdentity(named));
    for (const host of ["127.0.0.1", ...(hasIpv6 ? ["[::1]"] : [])]) {
      assert.equal(failureOf(await sendOnce(request(`https://${host}:${server.port}/`))).code, "tls.hostname-mismatch");
    }
    assert.equal(server.receivedBytes, 0);
  });

  for (const [alive, dead] of [
    ["127.0.0.1", "::1"],
    ["::1", "127.0.0.1"],
  ] as const) {
    test(`a name with two addresses, ${dead} refuses: ${alive} is used`, { skip: !hasBoth }, async () => {
      await using server = await startOn(alive, serverIdentity(pki.server));
      const result = await sendOnce(request(`https://localhost:${server.port}/`));
      assert.equal(responseOf(result).status, 204);
      assert.equal(result.connection?.remoteAddress, alive);
    });
  }

  test("both refuse: one failure that names host and port", async () => {
    const server = await startOn("127.0.0.1", serverIdentity(pki.server));
    await server[Symbol.asyncDispose]();
    const failure = failureOf(await sendOnce(request(`https://localhost:${server.port}/`)));
    assert.equal(failure.code, "network.refused");
    assert.match(failure.title, new RegExp(`localhost:${server.port}`));
  });
});

async function startOn(host: string, identity: { cert: string; key: string }) {
  const server = createTlsServer(identity, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
  });
  const port = await listen(server, host);
  return { port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

async function canListen(host: string): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, host);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
