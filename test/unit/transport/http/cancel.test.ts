import assert from "node:assert/strict";
import { createServer, type Server, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { createTransport, type TransportRequest } from "../../../../src/transport/index.ts";
import { frame } from "../../../support/http2-servers.ts";
import { createTestPki, type TestPki } from "../../../support/pki.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { failureOf, fileReference, get, noProfile } from "../support.ts";

const head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
const endless = {
  size: 1e12,
  beginning: new Uint8Array(),
  open: async function* () {
    for (;;) yield Buffer.alloc(65_536);
  },
};

describe("cancel", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  test("in any phase, 1,000 times, leaves no socket and no listener, and the server's connections end", async () => {
    const identity = serverIdentity(pki.server);
    const silent = createServer((socket) => socket.resume());
    const waiting = createServer((socket) => socket.resume());
    const half = createServer((socket) => socket.once("data", () => socket.write(head)));
    // It reads on when the client has gone: else nothing would tell it.
    const stuck = createServer({ pauseOnConnect: true }, (socket) => setTimeout(() => socket.resume(), 250));
    const secure = createTlsServer(identity, (socket) => socket.on("error", () => undefined).resume());
    // Sends its settings and no more: an upload fills its window and waits.
    const h2 = createTlsServer({ ...identity, ALPNProtocols: ["h2"] }, (socket) => {
      socket.on("error", () => undefined).resume();
      socket.write(frame(4, 0, 0));
    });
    await using servers = await startAll([silent, waiting, half, stuck, secure, h2]);
    const profile = { ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] };
    const to = (scheme: string, server: Server, changes: Partial<TransportRequest> = {}) =>
      get(`${scheme}://localhost:${portOf(server)}/`, { profile, ...changes });
    const upload = { method: "POST", body: endless };
    const phases: readonly (readonly [times: number, milliseconds: number, request: TransportRequest])[] = [
      [100, 40, to("https", silent)],
      [250, 60, to("http", waiting)],
      [100, 60, to("http", waiting, { ...upload, headers: [["Expect", "100-continue"]] })],
      [150, 60, to("http", half)],
      [150, 80, to("http", stuck, upload)],
      [30, 200, to("https", h2, { http2: true })],
      [20, 200, to("https", h2, { http2: true, ...upload })],
    ];
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => warnings.push(name);
    process.on("warning", onWarning);
    const resourcesBefore = resources();
    const listenersBefore = listeners();
    const transport = createTransport();
    const codes = new Map<string, number>();
    const count = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1);
    // Names, connecting, handshakes: each request is stopped a little later than the one before.
    const early = Array.from({ length: 200 }, async (_, index) => {
      const controller = new AbortController();
      const result = transport.send(to("https", secure), controller.signal);
      if (index % 5 === 0) setImmediate(() => controller.abort());
      else setTimeout(() => controller.abort(), index / 4);
      count(failureOf(await result).code);
    });
    await Promise.all(early);
    for (const [times, milliseconds, request] of phases) {
      // One signal for many requests, as for all of a run: each must take its listener away.
      const controller = new AbortController();
      const all = Array.from({ length: times }, () => transport.send(request, controller.signal));
      setTimeout(() => controller.abort(), milliseconds);
      for (const result of await Promise.all(all)) count(failureOf(result).code);
    }
    assert.deepEqual([...codes], [["canceled", 1000]]);
    for (const [, , request] of phases) {
      const { timeouts } = request;
      const late = { ...request, timeouts: { ...timeouts, total: 60 } };
      assert.equal(failureOf(await transport.send(late, new AbortController().signal)).code, "timeout.total");
    }
    await until(
      () => servers.open === 0 && resources() <= resourcesBefore,
      () => `open at the servers: ${servers.left}; resources: ${resources()}`,
    );
    process.off("warning", onWarning);
    assert.equal(listeners() - listenersBefore, 0);
    assert.deepEqual(warnings, []);
    await transport.close();
  });
});

/** Sockets and requests to the system that are open; the timers of others come and go. */
function resources(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCPSocket|TLS|GetAddrInfo|Connect|FileHandle/.test(name))
    .length;
}

function listeners(): number {
  const others = process.eventNames().filter((name) => name !== "warning");
  return others.reduce((sum, name) => sum + process.listenerCount(name), 0);
}

async function until(isSo: () => boolean, state: () => string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(state());
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function startAll(servers: readonly Server[]) {
  const sockets = new Map<Socket, number>();
  for (const [index, server] of servers.entries()) {
    server.on("connection", (socket) => {
      sockets.set(socket, index);
      socket.on("error", () => undefined);
      socket.once("close", () => sockets.delete(socket));
    });
    server.on("tlsClientError", (_error, socket: Socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }
  return {
    get open() {
      return sockets.size;
    },
    /** Indexes of the servers whose connections are open. */
    get left() {
      return [...sockets.values()].join();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.keys()) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
