import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { createTransport, type TransportRequest } from "../../../../src/transport/index.ts";
import { startHttp2Server } from "../../../support/http2-servers.ts";
import { createTestPki, type TestPki } from "../../../support/pki.ts";
import { serverIdentity, startRawTlsServer } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "../support.ts";

const signal = new AbortController().signal;
const proceed = "HTTP/1.1 100 Continue\r\n\r\n";
const done = "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nok";

describe("Expect: 100-continue", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  /** Every byte that came, with the time of the first byte of the body. */
  async function startServer(onHead: (socket: Socket) => void, onBody: (socket: Socket) => void = () => undefined) {
    const seen = { text: "", bodyAt: 0, headAt: 0, closed: undefined as Promise<unknown> | undefined };
    const server = await startRawTlsServer(serverIdentity(pki.server), (socket) => {
      let text = "";
      seen.closed = once(socket, "end");
      socket.on("data", (chunk: Buffer) => {
        const hadHead = text.includes("\r\n\r\n");
        text += chunk.toString("latin1");
        seen.text += chunk.toString("latin1");
        const end = text.indexOf("\r\n\r\n") + 4;
        if (!hadHead && end >= 4) {
          seen.headAt ||= performance.now();
          onHead(socket);
        }
        if (end >= 4 && text.length > end) seen.bodyAt ||= performance.now();
        if (end >= 4 && text.length === end + Number(/content-length: (\d+)/.exec(text)?.[1])) {
          text = "";
          onBody(socket);
        }
      });
    });
    return Object.assign(server, { seen, url: `https://localhost:${server.port}/` });
  }
  const post = (url: string, changes: Partial<TransportRequest> = {}) =>
    get(url, {
      method: "POST",
      headers: [
        ["X-A", "1"],
        ["Expect", "100-continue"],
      ],
      body: Buffer.from("hello"),
      profile: { ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] },
      ...changes,
    });
  const stream = (onOpen: () => void) => ({
    size: 5,
    beginning: new Uint8Array(),
    open: async function* () {
      onOpen();
      yield Buffer.from("hel");
      yield Buffer.from("lo");
    },
  });

  test("the body goes out after 100, header lines as the file has them, the connection used again", async () => {
    let heads = 0;
    await using server = await startServer(
      (socket) => {
        heads += 1;
        setTimeout(() => socket.write(proceed), 40);
      },
      (socket) => socket.write(done),
    );
    const transport = createTransport();
    const first = await transport.send(post(server.url), signal);
    const again = await transport.send(post(server.url, { body: stream(() => undefined) }), signal);
    await transport.close();
    const response = responseOf(first);
    assert.deepEqual(
      [response.status, response.httpVersion, Buffer.from(response.body).toString()],
      [200, "1.1", "ok"],
    );
    assert.deepEqual(
      response.informational.map(({ status }) => status),
      [100],
    );
    assert.equal(first.connection?.tls?.verdict.verified, true);
    assert.ok(server.seen.bodyAt - server.seen.headAt >= 35);
    const head = `POST / HTTP/1.1\r\nhost: localhost:${server.port}\r\nconnection: keep-alive\r\nX-A: 1\r\nExpect: 100-continue\r\ncontent-length: 5\r\n\r\n`;
    assert.equal(server.seen.text, `${head}hello${head}hello`);
    assert.deepEqual([responseOf(again).status, again.connection?.reused, heads], [200, true, 2]);
  });

  for (const kind of ["bytes", "a stream"]) {
    test(`a final status instead: no byte of ${kind} is sent, and the connection ends`, async () => {
      await using server = await startServer((socket) =>
        socket.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno"),
      );
      let opened = false;
      const body =
        kind === "bytes"
          ? Buffer.from("hello")
          : stream(() => {
              opened = true;
            });
      const transport = createTransport();
      const result = await transport.send(post(server.url, { body }), signal);
      assert.equal(responseOf(result).status, 417);
      await server.seen.closed;
      await transport.close();
      assert.ok(server.seen.text.endsWith("\r\n\r\n"), "nothing behind the head");
      assert.equal(opened, false, "the file was not even read");
    });
  }

  test("a server that says nothing gets the body after a second", async () => {
    await using server = await startServer(
      () => undefined,
      (socket) => socket.write(done),
    );
    assert.equal(responseOf(await sendOnce(post(server.url))).status, 200);
    const waited = server.seen.bodyAt - server.seen.headAt;
    assert.ok(waited > 900 && waited < 2000, `${waited}`);
  });

  test("without a body nothing is waited for", async () => {
    await using server = await startServer((socket) => socket.write(done));
    const result = await sendOnce(post(server.url, { body: undefined }));
    assert.equal(responseOf(result).status, 200);
    assert.ok(result.timings.total < 700);
  });

  test("timeouts, a cancel and a connection that breaks end it at once", async () => {
    await using silent = await startServer(() => undefined);
    await using broken = await startServer((socket) => socket.destroy());
    const { timeouts } = get(silent.url);
    const late = await sendOnce(post(silent.url, { timeouts: { ...timeouts, total: 100 } }));
    assert.equal(failureOf(late).code, "timeout.total");
    const canceled = await sendOnce(post(silent.url), AbortSignal.timeout(80));
    assert.equal(failureOf(canceled).code, "canceled");
    assert.equal(failureOf(await sendOnce(post(broken.url))).code, "network.reset");
    assert.ok(silent.seen.text.endsWith("\r\n\r\n"));
  });

  test("a change to another protocol, which nobody asked for, ends it at once", async () => {
    const upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\n";
    await using server = await startServer((socket) => socket.write(upgrade));
    const result = await sendOnce(post(server.url));
    assert.equal(failureOf(result).code, "network.reset");
    assert.ok(result.timings.total < 900);
    assert.ok(!server.seen.text.includes("hello"));
  });

  test("over HTTP/2 the body waits too", async () => {
    const bodies: string[] = [];
    await using server = await startHttp2Server(serverIdentity(pki.server), undefined, (h2, headers) => {
      const refuses = headers[":path"] === "/no";
      h2.on("data", (chunk: Buffer) => bodies.push(chunk.toString()));
      h2.on("end", () => {
        if (refuses) return;
        h2.respond({ ":status": 200 });
        h2.end("ok");
      });
      if (refuses) {
        h2.respond({ ":status": 401 }, { endStream: true });
      } else setTimeout(() => h2.additionalHeaders({ ":status": 100 }), 30);
    });
    const yes = await sendOnce(post(server.url, { http2: true }));
    const no = await sendOnce(post(`${server.url}/no`, { http2: true }));
    assert.deepEqual([responseOf(yes).httpVersion, responseOf(yes).status, responseOf(no).status], ["2", 200, 401]);
    assert.deepEqual(bodies, ["hello"]);
  });
});
