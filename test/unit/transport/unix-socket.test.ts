import assert from "node:assert/strict";
import { link, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import type { TlsProfile } from "../../../src/settings/tls-profile.ts";
import { createTransport } from "../../../src/transport/index.ts";
import { serverIdentity } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { startUnixServer } from "../../support/unix-servers.ts";
import { host, makeWorld, type World } from "./proxy/given.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "./support.ts";

const skip = process.platform === "win32";

describe("a Unix socket", { skip }, () => {
  let world: World;
  let workspace: TempWorkspace;
  before(async () => {
    world = await makeWorld();
    workspace = await makeWorkspace({ "file.txt": "no socket" });
  });
  after(async () => {
    await workspace.remove();
    await world[Symbol.asyncDispose]();
  });

  let count = 0;
  const socketAt = (name: string): NonNullable<TlsProfile["socket"]> => ({
    ...fileReference(workspace.path(name), "socket"),
    folders: [workspace.root],
  });
  const newSocket = () => socketAt(`s${count++}.sock`);

  test("https goes over it, verified for the URL's host, with the client certificate", async () => {
    const socket = newSocket();
    const asking = { ca: world.pki.root.certificatePem, requestCert: true, rejectUnauthorized: true };
    await using server = await startUnixServer(socket.path, { ...serverIdentity(world.server), ...asking });
    const result = await sendOnce(get(`https://${host}/path`, { profile: { ...world.mutual, socket } }));
    assert.equal(responseOf(result).status, 200);
    assert.match(server.received, /^GET \/path HTTP\/1\.1\r\nhost: api\.example\.test\r\n/i);
    const { connection } = result;
    assert.equal(connection?.socketPath, socket.written);
    assert.equal(connection?.remoteAddress, null);
    assert.equal(connection?.tls?.verdict.verified, true);
    assert.equal(connection?.tls?.clientCertificate.presented, true);
    assert.deepEqual(connection?.attempts, []);
  });

  test("a server that does not verify gets no byte", async () => {
    const socket = newSocket();
    await using server = await startUnixServer(socket.path, serverIdentity(world.pki.server));
    const result = await sendOnce(get(`https://${host}/`, { profile: { ...world.trusting, socket } }));
    assert.equal(failureOf(result).code, "tls.hostname-mismatch");
    assert.equal(server.received, "");
  });

  test("http://localhost goes over it in clear; two sockets never share a connection", async () => {
    const [one, two] = [newSocket(), newSocket()];
    await using first = await startUnixServer(one.path);
    await using second = await startUnixServer(two.path);
    const transport = createTransport();
    try {
      for (const socket of [one, one, two]) {
        const result = await transport.send(
          get("http://localhost/v1/info", { profile: { ...noProfile, socket } }),
          new AbortController().signal,
        );
        assert.equal(responseOf(result).status, 200);
        assert.equal(result.connection?.socketPath, socket.written);
      }
      assert.equal(first.connections, 1);
      assert.equal(second.connections, 1);
      assert.match(second.received, /^GET \/v1\/info HTTP\/1\.1\r\nhost: localhost\r\n/i);
    } finally {
      await transport.close();
    }
  });

  const refused: readonly [string, RegExp, (name: string) => Promise<unknown>][] = [
    ["is not there", /there is no such file/, async () => undefined],
    ["is a file", /it is not a socket/, (name) => workspace.write(name, "x")],
  ];
  for (const [name, words, make] of refused) {
    test(`one that ${name}: network.refused, with the setting`, async () => {
      const socket = newSocket();
      await make(socket.written);
      const failure = failureOf(await sendOnce(get("http://localhost/", { profile: { ...noProfile, socket } })));
      assert.equal(failure.code, "network.refused");
      assert.match(failure.detail, words);
      assert.match(failure.detail, /padlock\.hosts › localhost:\* › socket names the Unix socket s\d+\.sock/);
    });
  }

  test("one whose server is gone: network.refused", async () => {
    const socket = newSocket();
    // A listener that is closed takes its socket with it; one that is killed leaves it behind: a second name stays.
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(`${socket.path}.old`, resolve));
    await link(`${socket.path}.old`, socket.path);
    await new Promise((resolve) => server.close(resolve));
    const failure = failureOf(await sendOnce(get("http://localhost/", { profile: { ...noProfile, socket } })));
    assert.equal(failure.code, "network.refused");
    assert.match(failure.detail, /nothing listens on it/);
  });

  test("one outside of the folders that may be used is not opened, also through a link", async () => {
    const outside = await makeWorkspace();
    await using server = await startUnixServer(outside.path("out.sock"));
    const socket = newSocket();
    await symlink(outside.path("out.sock"), socket.path);
    const profile = { ...noProfile, socket };
    assert.equal(
      failureOf(await sendOnce(get("http://localhost/", { profile }))).code,
      "policy.path-outside-workspace",
    );
    assert.equal(server.connections, 0);
    const allowed = { ...profile, socket: { ...socket, folders: [workspace.root, outside.root] } };
    assert.equal(responseOf(await sendOnce(get("http://localhost/", { profile: allowed }))).status, 200);
    const own = { ...profile, socket: { ...socket, folders: undefined } };
    assert.equal(responseOf(await sendOnce(get("http://localhost/", { profile: own }))).status, 200);
    await outside.remove();
  });
});
