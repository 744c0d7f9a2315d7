import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { createTransport, type TransportRequest } from "../../../../src/transport/index.ts";
import {
  data,
  frame,
  goAway,
  type Http2Server,
  ok,
  reset,
  startFrameServer,
  startHttp2Server,
} from "../../../support/http2-servers.ts";
import { createTestPki, type TestPki } from "../../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "../support.ts";

const signal = new AbortController().signal;

describe("HTTP/2", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  const profile = () => ({ ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] });
  const request = (url: string, changes: Partial<TransportRequest> = {}) =>
    get(url, { profile: profile(), http2: true, ...changes });
  type Start = Parameters<typeof startHttp2Server>;
  const start = (handler?: Start[1], onStream?: Start[2], allowHTTP1 = false): Promise<Http2Server> =>
    startHttp2Server({ ...serverIdentity(pki.server), allowHTTP1 }, handler, onStream);

  test("is chosen by ALPN, said in response and report, and its connection is used again", async () => {
    await using server = await start();
    const transport = createTransport();
    const first = await transport.send(request(`${server.url}/a?b=c`), signal);
    const second = await transport.send(request(server.url), signal);
    await transport.close();
    for (const result of [first, second]) {
      assert.equal(responseOf(result).httpVersion, "2");
      assert.equal(result.connection?.tls?.alpn, "h2");
    }
    assert.deepEqual([first.connection?.reused, second.connection?.reused], [false, true]);
    assert.deepEqual([server.handshakes, server.resumed], [1, 0]);
  });

  test("a host's settings ask for it; a request line that says HTTP/1.1 has its way", async () => {
    await using server = await start(undefined, undefined, true);
    const asking = { ...profile(), http2: true };
    const { http2: _none, ...plain } = request(server.url, { profile: asking });
    assert.equal(responseOf(await sendOnce(plain)).httpVersion, "2");
    assert.equal(responseOf(await sendOnce({ ...plain, http2: false })).httpVersion, "1.1");
    assert.equal(responseOf(await sendOnce(get(server.url, { profile: profile() }))).httpVersion, "1.1");
  });

  test("a server that chooses HTTP/1.1 gets HTTP/1.1, over the same connection again", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const transport = createTransport();
    const first = await transport.send(request(server.url), signal);
    const second = await transport.send(request(server.url), signal);
    await transport.close();
    assert.deepEqual([responseOf(first).httpVersion, first.connection?.tls?.alpn], ["1.1", "http/1.1"]);
    assert.deepEqual([second.connection?.reused, server.handshakes], [true, 1]);
  });

  test("a server that speaks nothing else says so to HTTP/1.1", async () => {
    await using server = await start();
    const failure = failureOf(await sendOnce(get(server.url, { profile: profile() })));
    assert.equal(failure.code, "tls.alpn");
    assert.match(failure.fix, /write HTTP\/2 .*"http2": true/);
    assert.equal(server.recorded.length, 0);
  });

  test("names in lower case, :authority from Host, order and number kept, nothing about the connection", async () => {
    await using server = await start();
    const headers = [
      ["X-B", "1"],
      ["Host", "other.test"],
      ["x-a", "2"],
      ["X-B", "ü"],
      ["Connection", "close"],
      ["TE", "trailers"],
      ["X-Empty", ""],
    ] as const;
    await sendOnce(request(`${server.url}/p?q`, { method: "PUT", headers, body: Buffer.from("abc") }));
    await sendOnce(request(server.url, { method: "POST", headers: [["Te", "gzip"]] }));
    const [put, post] = server.recorded;
    assert.deepEqual(pairsOf(put?.rawHeaders), [
      [":method", "PUT"],
      [":scheme", "https"],
      [":authority", "other.test"],
      [":path", "/p?q"],
      ["x-b", "1"],
      ["x-a", "2"],
      ["x-b", Buffer.from("ü").toString("latin1")],
      ["te", "trailers"],
      ["x-empty", ""],
      ["content-length", "3"],
    ]);
    assert.deepEqual(pairsOf(post?.rawHeaders).slice(2), [
      [":authority", `localhost:${server.port}`],
      [":path", "/"],
      ["content-length", "0"],
    ]);
  });

  test("1xx responses, duplicates and trailers come as they are", async () => {
    await using server = await start(undefined, (stream) => {
      stream.additionalHeaders({ ":status": 103, link: "</a.css>" });
      stream.respond({ ":status": 200, "set-cookie": ["a=1", "b=2"], "x-a": "é" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": "1" }));
      stream.end("body");
    });
    const response = responseOf(await sendOnce(request(server.url)));
    const own = response.headers.filter(([name]) => name !== "date");
    assert.deepEqual(own, [
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
      ["x-a", "é"],
    ]);
    assert.deepEqual(response.informational, [{ status: 103, statusText: "", headers: [["link", "</a.css>"]] }]);
    assert.deepEqual(response.trailers, [["x-sum", "1"]]);
    assert.equal(response.statusText, "");
    assert.equal(Buffer.from(response.body).toString(), "body");
  });

  test("HEAD, 204 and 304 have no body", async () => {
    await using server = await start(undefined, (stream, headers) => {
      const status = Number(headers[":path"]?.slice(1));
      stream.respond({ ":status": status, ...(status !== 204 && { "content-length": "9" }) }, { endStream: true });
    });
    for (const [method, status] of [
      ["HEAD", 200],
      ["GET", 204],
      ["GET", 304],
    ] as const) {
      const response = responseOf(await sendOnce(request(`${server.url}/${status}`, { method })));
      assert.deepEqual([response.status, response.body.length], [status, 0]);
    }
  });

  test("large bodies arrive whole both ways", async () => {
    const body = Buffer.alloc(4.5 * 1024 * 1024, "0123456789");
    await using server = await start((_request, response, got) => response.end(got.body));
    const streamed = {
      size: body.length,
      beginning: body.subarray(0, 10),
      open: async function* () {
        for (let at = 0; at < body.length; at += 1_000_000) yield body.subarray(at, at + 1_000_000);
      },
    };
    const response = responseOf(
      await sendOnce(request(server.url, { method: "POST", body: streamed, maxBodySize: body.length })),
    );
    assert.equal(response.bodySize, body.length);
    assert.ok(server.recorded[0]?.body.equals(body));
  });

  test("a body that cannot be read to its end ends the stream, and the server gets no whole request", async () => {
    await using server = await start();
    const body = {
      size: 10,
      beginning: new Uint8Array(),
      open: async function* () {
        yield Buffer.from("12345");
        throw new Error("the file is gone");
      },
    };
    failureOf(await sendOnce(request(server.url, { method: "POST", body })));
    assert.equal(server.recorded.length, 0);
  });

  test("a stream of streams on one connection gets each its own, and parallel requests do not wait", async () => {
    let waiting = 0;
    await using server = await start((_request, response, got) => {
      waiting += 1;
      const answer = setInterval(() => {
        if (waiting < 3) return;
        clearInterval(answer);
        response.end(got.rawHeaders[7] ?? "");
      }, 1);
    });
    const transport = createTransport();
    const paths = ["/1", "/2", "/3"];
    const results = await Promise.all(paths.map((path) => transport.send(request(server.url + path), signal)));
    await transport.close();
    assert.deepEqual(
      results.map((result) => Buffer.from(responseOf(result).body).toString()),
      paths,
    );
  });

  type Broken = readonly [title: string, answer: (socket: Socket) => void, code: string, text: RegExp];
  const endStream = 1;
  const broken: readonly Broken[] = [
    ["refused", (s) => s.write(reset(7)), "network.stream-reset", /REFUSED_STREAM \(7\).*nothing has happened/],
    ["reset", (s) => s.write(reset(2)), "network.stream-reset", /INTERNAL_ERROR \(2\)/],
    ["canceled", (s) => s.write(reset(8)), "network.stream-reset", /CANCEL \(8\)/],
    ["HTTP/1.1 required", (s) => s.write(reset(13)), "network.stream-reset", /HTTP_1_1_REQUIRED.*HTTP\/1\.1/],
    ["an unknown code", (s) => s.write(reset(77)), "network.stream-reset", /the code 77/],
    ["reset without error, no head", (s) => s.write(reset(0)), "network.stream-reset", /NO_ERROR/],
    ["reset in the body", (s) => s.write(Buffer.concat([ok, data("abc"), reset(2)])), "network.stream-reset", /broke/],
    [
      "reset without error in the body",
      (s) => s.write(Buffer.concat([ok, data("abc"), reset(0)])),
      "network.stream-reset",
      /broke/,
    ],
    [
      "canceled in the body",
      (s) => s.write(Buffer.concat([ok, data("abc"), reset(8)])),
      "network.stream-reset",
      /broke/,
    ],
    ["flow control", (s) => s.write(Buffer.concat([ok, reset(3)])), "response.malformed", /FLOW_CONTROL_ERROR/],
    ["GOAWAY", (s) => s.end(goAway(0, 11, "calm down")), "network.reset", /ENHANCE_YOUR_CALM.*“calm down”.*not acted/],
    [
      "GOAWAY with more words than are shown, of which none is cut",
      (s) => s.end(goAway(0, 11, "secret".padStart(201, "x"))),
      "network.reset",
      /It says: “\(201 characters\)”/,
    ],
    [
      "GOAWAY in the body",
      (s) => s.end(Buffer.concat([ok, data("a"), goAway(1, 2)])),
      "network.reset",
      /INTERNAL_ERROR/,
    ],
    [
      "closed in the body",
      (s) => s.end(Buffer.concat([ok, data("abc")])),
      "network.reset",
      /before the whole response/,
    ],
    ["closed without an answer", (s) => s.end(), "network.reset", /without a response/],
    ["not HTTP/2", (s) => s.end("HTTP/1.1 200 OK\r\n\r\n"), "response.malformed", /chose HTTP\/2/],
    [
      "bad compression",
      (s) => s.write(frame(1, 4 + endStream, 1, Buffer.alloc(6, 0xff))),
      "response.malformed",
      /HTTP\/2/,
    ],
    [
      "no status",
      (s) => s.write(frame(1, 4 + endStream, 1, Buffer.from([0, 1, 97, 1, 98]))),
      "response.malformed",
      /PROTOCOL_ERROR/,
    ],
  ];
  for (const [title, answer, code, text] of broken) {
    test(`${title}: ${code}`, async () => {
      await using server = await startFrameServer(serverIdentity(pki.server), answer);
      const failure = failureOf(await sendOnce(request(`https://localhost:${server.port}/`)));
      assert.equal(failure.code, code, failure.detail);
      assert.match(`${failure.title} ${failure.detail} ${failure.fix}`, text);
    });
  }

  test("a response in one piece is whole, with frames about other origins before it too", async () => {
    const origin = Buffer.concat([Buffer.from([0, 22]), Buffer.from("https://elsewhere.test")]);
    const about = { nothing: [], ALTSVC: [frame(10, 0, 0, Buffer.concat([origin, Buffer.from('h2=":1"')]))] };
    for (const [before, frames] of Object.entries({ ...about, ORIGIN: [frame(12, 0, 0, origin)] })) {
      await using server = await startFrameServer(serverIdentity(pki.server), (socket) =>
        socket.write(Buffer.concat([...frames, ok, data("all of it", endStream)])),
      );
      const result = await sendOnce(request(`https://localhost:${server.port}/`));
      assert.equal(Buffer.from(responseOf(result).body).toString(), "all of it", before);
    }
  });

  test("a response that ends before the upload is whole counts, and the rest is not sent", async () => {
    await using server = await startFrameServer(serverIdentity(pki.server), (socket) =>
      socket.write(Buffer.concat([ok, data("enough", endStream), reset(0)])),
    );
    const body = {
      size: 50_000_000,
      beginning: new Uint8Array(),
      open: async function* () {
        for (let sent = 0; sent < 50; sent++) yield Buffer.alloc(1_000_000);
      },
    };
    const result = await sendOnce(request(`https://localhost:${server.port}/`, { method: "POST", body }));
    assert.equal(Buffer.from(responseOf(result).body).toString(), "enough");
  });

  test("what the server has not acted on is sent once more on a new connection, whatever the method", async () => {
    let requests = 0;
    await using server = await start(undefined, (stream) => {
      requests += 1;
      if (requests === 2) return stream.close(7);
      stream.respond({ ":status": 200 });
      stream.end("ok");
    });
    const transport = createTransport();
    await transport.send(request(server.url), signal);
    const post = await transport.send(request(server.url, { method: "POST" }), signal);
    await transport.close();
    assert.equal(responseOf(post).status, 200);
    assert.deepEqual([requests, server.handshakes, post.connection?.reused], [3, 2, false]);
  });

  test("after a GOAWAY between two requests the next one has a new connection", async () => {
    await using server = await start((incoming, response) => {
      response.end("ok");
      response.stream.once("close", () => incoming.stream.session?.goaway(0));
    });
    const transport = createTransport();
    await transport.send(request(server.url), signal);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const second = await transport.send(request(server.url, { method: "POST" }), signal);
    await transport.close();
    assert.equal(responseOf(second).status, 200);
    assert.equal(server.recorded.length, 2);
  });

  test("after an error the next request has a new connection", async () => {
    let requests = 0;
    await using server = await start(undefined, (stream) => {
      requests += 1;
      if (requests === 1) return stream.close(2);
      stream.respond({ ":status": 200 });
      stream.end("ok");
    });
    const transport = createTransport();
    failureOf(await transport.send(request(server.url), signal));
    const second = await transport.send(request(server.url), signal);
    await transport.close();
    assert.deepEqual([responseOf(second).status, second.connection?.reused], [200, false]);
  });

  test("a server that never answers runs into the timers, in each phase", async () => {
    await using silent = await startFrameServer(serverIdentity(pki.server), () => undefined);
    await using half = await startFrameServer(serverIdentity(pki.server), (s) =>
      s.write(Buffer.concat([ok, data("a")])),
    );
    const timeouts = { ...get("https://a.test").timeouts, response: 80, idle: 80 };
    const codeOf = async (port: number) =>
      failureOf(await sendOnce(request(`https://localhost:${port}/`, { timeouts }))).code;
    assert.equal(await codeOf(silent.port), "timeout.response");
    assert.equal(await codeOf(half.port), "timeout.idle");
  });

  test("too many or too large headers end the exchange", async () => {
    await using server = await start(undefined, (stream, headers) => {
      const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x-${index}`, "1"]));
      stream.respond(headers[":path"] === "/many" ? many : { "x-large": "a".repeat(100_000) });
      stream.end("ok");
    });
    for (const path of ["/many", "/large"]) {
      const { code } = failureOf(await sendOnce(request(server.url + path)));
      assert.match(code, /^(?:network|response)\./, path);
    }
  });
});

function pairsOf(raw: readonly string[] = []): (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}
