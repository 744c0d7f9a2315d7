import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { describe, test } from "node:test";
import { listenOnLoopback } from "../../../../src/demo/loopback.ts";
import { createTransport, type TransportRequest } from "../../../../src/transport/index.ts";
import { get, responseOf, sendOnce } from "../support.ts";

/** The bytes of each request that came, up to its end, and what is answered. */
interface RawServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly string[];
}

const noContent = "HTTP/1.1 204 No Content\r\n\r\n";

/** Plain http on loopback: TLS changes nothing of the bytes inside. */
async function startRaw(answer: string | ((socket: Socket, request: string) => void) = noContent): Promise<RawServer> {
  const requests: string[] = [];
  const server = await listenOnLoopback((socket) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n") + 4;
      const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1] ?? 0);
      if (end < 4 || text.length < end + length) return;
      requests.push(text);
      if (typeof answer === "string") socket.write(answer);
      else answer(socket, text);
      text = "";
    });
  });
  return { url: `http://localhost:${server.port}`, requests, [Symbol.asyncDispose]: server.close };
}

const host = (url: string) => new URL(url).host;

describe("HTTP/1.1 on the wire", () => {
  const cases: readonly (readonly [
    title: string,
    request: Partial<TransportRequest> & { readonly path?: string },
    lines: (host: string) => string,
  ])[] = [
    ["without headers", {}, (h) => `GET / HTTP/1.1\r\nhost: ${h}\r\nconnection: keep-alive\r\n\r\n`],
    [
      "order, case and number of the headers",
      {
        headers: [
          ["X-B", "1"],
          ["x-a", ""],
          ["X-B", "2"],
          ["ACCEPT", "*/*"],
        ],
      },
      (h) =>
        `GET / HTTP/1.1\r\nhost: ${h}\r\nconnection: keep-alive\r\nX-B: 1\r\nx-a: \r\nX-B: 2\r\nACCEPT: */*\r\n\r\n`,
    ],
    [
      "Host and Connection where the file has them, as it writes them",
      {
        headers: [
          ["X-A", "1"],
          ["HOST", "other.test:81"],
          ["X-B", "2"],
          ["Connection", "Close"],
        ],
      },
      () => "GET / HTTP/1.1\r\nX-A: 1\r\nHOST: other.test:81\r\nX-B: 2\r\nConnection: Close\r\n\r\n",
    ],
    [
      "Connection alone",
      {
        headers: [
          ["X-A", "1"],
          ["connection", "Keep-Alive"],
        ],
      },
      (h) => `GET / HTTP/1.1\r\nhost: ${h}\r\nX-A: 1\r\nconnection: Keep-Alive\r\n\r\n`,
    ],
    [
      "HEAD closes its connection and says so",
      {
        method: "HEAD",
        headers: [
          ["Host", "a.test"],
          ["Connection", "keep-alive"],
        ],
      },
      () => "HEAD / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n",
    ],
    [
      "GET with a body",
      { headers: [["Host", "a.test"]], body: Buffer.from("a=b") },
      () => "GET / HTTP/1.1\r\nconnection: keep-alive\r\nHost: a.test\r\ncontent-length: 3\r\n\r\na=b",
    ],
    [
      "POST without a body",
      { method: "POST" },
      (h) => `POST / HTTP/1.1\r\nhost: ${h}\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n`,
    ],
    [
      "a streamed body",
      { method: "PUT", headers: [["Host", "a.test"]], body: streamed("abc", "def") },
      () => "PUT / HTTP/1.1\r\nconnection: keep-alive\r\nHost: a.test\r\ncontent-length: 6\r\n\r\nabcdef",
    ],
    [
      "other letters as UTF-8, a tab and signs as they are",
      {
        headers: [
          ["Host", "a.test"],
          ["X-Ü".replace("Ü", "U"), "ü\t€ ~!"],
        ],
      },
      () =>
        `GET / HTTP/1.1\r\nconnection: keep-alive\r\nHost: a.test\r\nX-U: ${Buffer.from("ü\t€ ~!").toString("latin1")}\r\n\r\n`,
    ],
    [
      "a method of one's own, a long path and a query",
      { method: "PURGE", path: `/${"a".repeat(20_000)}?q=%20&q=[]`, headers: [["Host", "a.test"]] },
      () => `PURGE /${"a".repeat(20_000)}?q=%20&q=[] HTTP/1.1\r\nconnection: keep-alive\r\nHost: a.test\r\n\r\n`,
    ],
    [
      "two slashes at the start of the path",
      { path: "//a/b", headers: [["Host", "a.test"]] },
      () => "GET //a/b HTTP/1.1\r\nconnection: keep-alive\r\nHost: a.test\r\n\r\n",
    ],
  ];
  for (const [title, { path = "/", ...changes }, expected] of cases) {
    test(title, async () => {
      await using server = await startRaw();
      responseOf(await sendOnce(get(server.url + path, changes)));
      assert.equal(server.requests[0], expected(host(server.url)));
    });
  }

  test("the next request on the same connection has its own order", async () => {
    await using server = await startRaw();
    const transport = createTransport();
    const signal = new AbortController().signal;
    const last = ["GET / HTTP/1.1", `host: ${host(server.url)}`, "connection: keep-alive", "A: 1", "", ""];
    await transport.send(
      get(server.url, {
        headers: [
          ["A", "1"],
          ["Host", "a.test"],
        ],
      }),
      signal,
    );
    const second = await transport.send(get(server.url, { headers: [["A", "1"]] }), signal);
    await transport.close();
    assert.equal(second.connection?.reused, true);
    assert.equal(server.requests[1], last.join("\r\n"));
  });

  const responses: readonly (readonly [title: string, raw: string, headers: [string, string][], body: string])[] = [
    [
      "duplicate Set-Cookie, empty values, octets beyond ASCII",
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Empty:\r\nset-cookie: b=2\r\nX-Raw: \xfc\r\nContent-Length: 0\r\n\r\n",
      [
        ["Set-Cookie", "a=1"],
        ["X-Empty", ""],
        ["set-cookie", "b=2"],
        ["X-Raw", "ü"],
        ["Content-Length", "0"],
      ],
      "",
    ],
    ["no reason phrase", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", [["Content-Length", "2"]], "hi"],
    [
      "chunked, with an extension",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n",
      [["Transfer-Encoding", "chunked"]],
      "abc",
    ],
    ["304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", [["Content-Length", "9"]], ""],
  ];
  for (const [title, raw, headers, body] of responses) {
    test(`a response: ${title}`, async () => {
      await using server = await startRaw((socket) => socket.write(Buffer.from(raw, "latin1")));
      const response = responseOf(await sendOnce(get(server.url)));
      assert.deepEqual(response.headers, headers);
      assert.equal(Buffer.from(response.body).toString(), body);
    });
  }

  test("a folded header line (RFC 9112 §5.2) is joined or refused, never two headers", async () => {
    await using server = await startRaw((socket) =>
      socket.end("HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 0\r\n\r\n"),
    );
    const { outcome } = await sendOnce(get(server.url));
    if (outcome.kind === "failure") assert.equal(outcome.failure.code, "response.malformed");
    else
      assert.deepEqual(
        outcome.response.headers.map(([name]) => name),
        ["X-A", "Content-Length"],
      );
  });
});

function streamed(...pieces: string[]) {
  const bytes = pieces.map((piece) => Buffer.from(piece));
  return {
    size: Buffer.concat(bytes).length,
    beginning: new Uint8Array(),
    open: async function* () {
      yield* bytes;
    },
  };
}
