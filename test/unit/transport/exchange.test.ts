import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import zlib from "node:zlib";
import { createTransport, type TransportRequest } from "../../../src/transport/index.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import {
  handlers,
  serverIdentity,
  startPlainHttpServer,
  startRawTlsServer,
  startResettingServer,
  startTlsServer,
  type TlsServerOptions,
  unusedPort,
} from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "./support.ts";

const signal = new AbortController().signal;

describe("exchanges", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      "client.pem": pki.client.chainPem,
      "client.key": pki.client.privateKeyPem,
    });
  });
  after(() => workspace.remove());

  const trusting = () => ({ ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] });
  const request = (url: string, changes: Partial<TransportRequest> = {}) =>
    get(url, { profile: trusting(), ...changes });
  const start = (handler?: TlsServerOptions["handler"]) =>
    startTlsServer({ ...serverIdentity(pki.server), ...(handler ? { handler } : {}) });

  test("two requests to one host use one TLS connection, and the second says so", async () => {
    await using server = await start();
    const transport = createTransport();
    const first = await transport.send(request(`${server.url}/a`), signal);
    const second = await transport.send(request(`${server.url}/b`), signal);
    await transport.close();
    assert.equal(responseOf(first).status, 200);
    assert.equal(responseOf(second).status, 200);
    assert.equal(server.handshakes, 1);
    assert.deepEqual([first.connection?.reused, second.connection?.reused], [false, true]);
    assert.deepEqual(second.connection?.tls?.chain, first.connection?.tls?.chain, "the facts of the handshake stay");
    assert.ok(first.timings.ssl !== null && first.timings.ssl > 0);
    assert.equal(second.timings.ssl, null);
    assert.equal(second.timings.dns, null);
  });

  test("at the same time they use two, and each keeps its own", async () => {
    await using server = await start((_request, response) => setTimeout(() => response.end("ok"), 50));
    const transport = createTransport();
    const both = await Promise.all([
      transport.send(request(server.url), signal),
      transport.send(request(server.url), signal),
    ]);
    await transport.close();
    assert.deepEqual(
      both.map((result) => responseOf(result).status),
      [200, 200],
    );
    assert.equal(server.handshakes, 2);
  });

  test("changed settings never use the old connection", async () => {
    await using server = await startTlsServer({
      ...serverIdentity(pki.server),
      ca: pki.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: false,
    });
    const transport = createTransport();
    await transport.send(request(server.url), signal);
    const profile = {
      ...trusting(),
      cert: fileReference(workspace.path("client.pem"), "cert"),
      key: fileReference(workspace.path("client.key"), "key"),
    };
    const second = await transport.send(request(server.url, { profile }), signal);
    await transport.close();
    assert.equal(second.connection?.reused, false);
    assert.equal(second.connection?.tls?.clientCertificate.presented, true);
    assert.equal(server.handshakes, 2);
  });

  test("a kept connection that the server closed as it was used again is opened anew for GET", async () => {
    let dropped = false;
    await using server = await start((incoming, response, recorded) => {
      if (recorded.url === "/drop" && !dropped) {
        dropped = true;
        incoming.socket.destroy();
      } else response.end("ok");
    });
    const transport = createTransport();
    await transport.send(request(server.url), signal);
    const again = await transport.send(request(`${server.url}/drop`), signal);
    assert.equal(responseOf(again).status, 200);
    dropped = false;
    await transport.send(request(server.url), signal);
    const post = await transport.send(request(`${server.url}/drop`, { method: "POST" }), signal);
    await transport.close();
    assert.equal(failureOf(post).code, "network.reset", "a POST is never sent twice");
    assert.equal(server.recorded.filter(({ method }) => method === "POST").length, 1);
  });

  test("order, case and number of the headers are those of the file; the body arrives as it is", async () => {
    await using server = await start();
    const headers = [
      ["X-Second", "2"],
      ["x-FIRST", "1"],
      ["X-Second", "again"],
    ] as const;
    const body = new Uint8Array([0, 255, 13, 10, 128]);
    await sendOnce(request(`${server.url}/p?q=1`, { method: "PUT", headers, body }));
    const [got] = server.recorded;
    assert.equal(got?.method, "PUT");
    assert.equal(got?.url, "/p?q=1");
    assert.deepEqual(got?.body, Buffer.from(body));
    const own: string[] = [];
    for (let index = 0; index < (got?.rawHeaders.length ?? 0); index += 2) {
      const name = got?.rawHeaders[index] ?? "";
      if (/^x-/i.test(name)) own.push(`${name}: ${got?.rawHeaders[index + 1]}`);
    }
    assert.deepEqual(own, ["X-Second: 2", "x-FIRST: 1", "X-Second: again"]);
  });

  test("a response keeps the case, order and duplicates of its headers", async () => {
    const raw = "HTTP/1.0 200 Fine\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 2\r\n\r\nhi";
    await using server = await startRawTlsServer(serverIdentity(pki.server), (socket) =>
      socket.once("data", () => socket.end(raw)),
    );
    const response = responseOf(await sendOnce(request(`https://localhost:${server.port}/`)));
    assert.deepEqual(response.headers, [
      ["X-B", "1"],
      ["x-a", "2"],
      ["X-B", "3"],
      ["Content-Length", "2"],
    ]);
    assert.deepEqual([response.httpVersion, response.status, response.statusText], ["1.0", 200, "Fine"]);
    assert.equal(Buffer.from(response.body).toString(), "hi");
  });

  const codings: readonly [string, (text: string) => Buffer][] = [
    ["gzip", (text) => zlib.gzipSync(text)],
    ["deflate", (text) => zlib.deflateSync(text)],
    ["deflate", (text) => zlib.deflateRawSync(text)],
    ["br", (text) => zlib.brotliCompressSync(text)],
    ["zstd", (text) => zlib.zstdCompressSync(text)],
    ["gzip, br", (text) => zlib.brotliCompressSync(zlib.gzipSync(text))],
  ];
  for (const [coding, encode] of codings) {
    test(`Content-Encoding ${coding} is undone, and both sizes are told`, async () => {
      const text = "secure ".repeat(500);
      const encoded = encode(text);
      await using server = await start((_request, response) => {
        response.setHeader("content-encoding", coding);
        response.end(encoded);
      });
      const response = responseOf(await sendOnce(request(server.url)));
      assert.equal(Buffer.from(response.body).toString(), text);
      assert.equal(response.encodedBodySize, encoded.length);
    });
  }

  test("a body that is not what its Content-Encoding says: response.decompression", async () => {
    await using server = await start((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end("not gzip");
    });
    assert.equal(failureOf(await sendOnce(request(server.url))).code, "response.decompression");
  });

  test("a small body that inflates beyond the limit: response.too-large", async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(101 * 1024 * 1024));
    await using server = await start((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(bomb);
    });
    assert.equal(failureOf(await sendOnce(request(server.url))).code, "response.too-large");
  });

  test("HEAD and 204 have no body and end at once", async () => {
    await using server = await start((incoming, response) => {
      if (incoming.method === "HEAD") response.setHeader("content-length", "5");
      else response.statusCode = 204;
      response.end();
    });
    assert.equal(responseOf(await sendOnce(request(server.url, { method: "HEAD" }))).body.length, 0);
    assert.equal(responseOf(await sendOnce(request(server.url))).status, 204);
  });

  test("GET with a body is sent with it", async () => {
    await using server = await start();
    await sendOnce(request(server.url, { body: new TextEncoder().encode("q") }));
    assert.equal(server.recorded[0]?.body.toString(), "q");
  });

  test("plain HTTP on the port: tls.not-tls", async () => {
    await using server = await startPlainHttpServer();
    assert.equal(failureOf(await sendOnce(request(`https://localhost:${server.port}/`))).code, "tls.not-tls");
  });

  test("plain http to loopback is sent, and reported as not encrypted", async () => {
    await using server = await startPlainHttpServer("plain");
    const result = await sendOnce(request(`http://localhost:${server.port}/`));
    assert.equal(responseOf(result).status, 200);
    assert.equal(result.connection?.encrypted, false);
    assert.equal(result.connection?.tls, null);
  });

  test("nobody listens: network.refused, with host and port", async () => {
    const port = await unusedPort();
    const failure = failureOf(await sendOnce(request(`https://localhost:${port}/`)));
    assert.equal(failure.code, "network.refused");
    assert.match(failure.title, new RegExp(`localhost:${port}`));
  });

  test("a name that nobody knows: network.dns", async () => {
    const failure = failureOf(await sendOnce(request("https://no-such-host.invalid/")));
    assert.equal(failure.code, "network.dns");
    assert.match(failure.title, /no-such-host\.invalid/);
  });

  test("reset in the handshake: a failure of its own, nothing sent", async () => {
    await using server = await startResettingServer();
    const result = await sendOnce(request(`https://localhost:${server.port}/`));
    assert.equal(failureOf(result).code, "tls.handshake-failed");
    assert.equal(result.outcome.kind === "failure" && result.outcome.requestSent, false);
  });

  test("closed without a response, and in the middle of one: network.reset", async () => {
    await using silent = await start(handlers.closeBeforeHeaders);
    await using half = await start(handlers.closeMidBody);
    assert.match(failureOf(await sendOnce(request(silent.url))).detail, /without a response/);
    const broken = failureOf(await sendOnce(request(half.url)));
    assert.equal(broken.code, "network.reset");
    assert.match(broken.title, /middle of the response/);
  });

  test("an answer that is not HTTP: response.malformed", async () => {
    await using server = await startRawTlsServer(serverIdentity(pki.server), (socket) =>
      socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.9\r\n")),
    );
    assert.equal(failureOf(await sendOnce(request(`https://localhost:${server.port}/`))).code, "response.malformed");
  });
});
