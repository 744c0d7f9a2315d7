import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { listenOnLoopback } from "../../../../src/demo/loopback.ts";
import { createTransport, type Transport, type TransportRequest } from "../../../../src/transport/index.ts";
import { startHttp2Server } from "../../../support/http2-servers.ts";
import { createTestPki, type TestPki } from "../../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf } from "../support.ts";

const signal = new AbortController().signal;

describe("kept connections", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      "same-ca.pem": pki.root.certificatePem,
    });
  });
  after(() => workspace.remove());

  const profile = (file = "ca.pem") => ({ ...noProfile, ca: [fileReference(workspace.path(file), "ca")] });

  test("whatever differs has a connection of its own; what is the same again uses the old ones", async () => {
    await using server = await startHttp2Server({ ...serverIdentity(pki.server), allowHTTP1: true });
    const { url } = server;
    const variants: readonly (() => TransportRequest)[] = [
      () => get(url, { profile: profile() }),
      () => get(url, { profile: { ...profile(), minVersion: "TLSv1.3" } }),
      () => get(url, { profile: { ...profile(), maxVersion: "TLSv1.2" } }),
      () => get(url, { profile: { ...profile(), serverName: "127.0.0.1" } }),
      () => get(url, { profile: { ...profile(), groups: ["P-256"] } }),
      () => get(url, { profile: { ...profile(), ciphers: ["TLS_AES_128_GCM_SHA256"] } }),
      () => get(url, { profile: { ...profile(), unverified: true } }),
      () => get(url, { profile: profile(), http2: true }),
      () => get(url, { profile: profile(), method: "POST", headers: [["Expect", "100-continue"]] }),
      () => get(url.replace("localhost", "127.0.0.1"), { profile: profile() }),
    ];
    const transport = createTransport();
    const reused: unknown[] = [];
    for (let round = 0; round < 2; round++) {
      for (const variant of variants) reused.push((await transport.send(variant(), signal)).connection?.reused);
    }
    const same = await transport.send(get(`${url}/other`, { profile: profile("same-ca.pem") }), signal);
    await transport.close();
    assert.deepEqual(reused, [...variants.map(() => false), ...variants.map(() => true)]);
    assert.equal(same.connection?.reused, true, "the same authorities from another file");
    assert.deepEqual([server.handshakes, server.resumed], [variants.length, 0]);
  });

  test("a file that changes on the disk opens a new connection", async () => {
    const other = await createTestPki();
    await using server = await startTlsServer(serverIdentity(pki.server));
    const transport = createTransport();
    const send = () => transport.send(get(server.url, { profile: profile("changing.pem") }), signal);
    await workspace.write("changing.pem", pki.root.certificatePem);
    await send();
    await workspace.write("changing.pem", `${pki.root.certificatePem}${other.root.certificatePem}`);
    const second = await send();
    await workspace.write("changing.pem", other.root.certificatePem);
    const third = await send();
    await transport.close();
    assert.equal(second.connection?.reused, false);
    assert.match(failureOf(third).code, /^tls\./);
    assert.equal(server.recorded.length, 2);
  });

  test("requests at the same time have connections of their own, which serve the next ones", async () => {
    await using server = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (_request, response, { url }) => setTimeout(() => response.end(url), 10),
    });
    const transport = createTransport();
    const send = (path: string) => transport.send(get(server.url + path, { profile: profile() }), signal);
    const paths = ["/1", "/2", "/3", "/4"];
    for (let round = 0; round < 3; round++) {
      const bodies = (await Promise.all(paths.map(send))).map((result) =>
        Buffer.from(responseOf(result).body).toString(),
      );
      assert.deepEqual(bodies, paths);
    }
    await transport.close();
    assert.equal(server.handshakes, 4);
  });

  test("no more than 32 idle connections are kept", async () => {
    await using server = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (_request, response) => setTimeout(() => response.end("ok"), 50),
    });
    const transport = createTransport();
    const one = () => transport.send(get(server.url, { profile: profile() }), signal);
    await Promise.all(Array.from({ length: 40 }, one));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(server.open, 32);
    await transport.close();
  });

  test("a server's own limit is kept: Keep-Alive: timeout=1 is not used again after it", async () => {
    await using server = await startPlain((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n"),
    );
    const transport = createTransport();
    await sendPlain(transport, server.port);
    const second = await sendPlain(transport, server.port);
    await transport.close();
    assert.equal(second.connection?.reused, false);
    assert.equal(server.connections, 2);
  });

  test("a broken reused connection: once more for what may be repeated, never after a byte of the response", async () => {
    const seen: string[] = [];
    let mode: "answer" | "close" | "half" = "answer";
    await using server = await startPlain((socket, text) => {
      seen.push(text.slice(0, text.indexOf(" ")));
      if (mode === "answer") socket.write("HTTP/1.1 204 No Content\r\n\r\n");
      else if (mode === "half") socket.end("HTTP/1.1 200 OK\r\nContent-Le");
      else socket.end();
      mode = "answer";
    });
    const transport = createTransport();
    for (const [method, broken, sent] of [
      ["PUT", "close", 2],
      ["GET", "close", 2],
      ["POST", "close", 1],
      ["PATCH", "close", 1],
      ["GET", "half", 1],
    ] as const) {
      mode = "answer";
      await sendPlain(transport, server.port);
      seen.length = 0;
      mode = broken;
      await sendPlain(transport, server.port, method);
      assert.deepEqual(
        seen,
        Array.from({ length: sent }, () => method),
        `${method} ${broken}`,
      );
    }
    await transport.close();
  });

  test("a fresh connection that breaks is not tried again", async () => {
    await using server = await startPlain((socket) => socket.destroy());
    const transport = createTransport();
    assert.equal(failureOf(await sendPlain(transport, server.port)).code, "network.reset");
    await transport.close();
    assert.equal(server.connections, 1);
  });
});

function sendPlain(transport: Transport, port: number, method = "GET") {
  return transport.send(get(`http://localhost:${port}/`, { method }), signal);
}

async function startPlain(answer: (socket: Socket, head: string) => void) {
  const server = await listenOnLoopback((socket) =>
    socket.on("data", (chunk: Buffer) => answer(socket, chunk.toString("latin1"))),
  );
  return Object.assign(server, { [Symbol.asyncDispose]: server.close });
}
