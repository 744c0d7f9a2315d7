import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createTransport, type TransportRequest } from "../../../../src/transport/index.ts";
import { failureOf, responseOf, sendOnce } from "../support.ts";
import { CountingStore, request, startHttp, startRaw } from "./support.ts";

const megabyte = 1024 * 1024;
const timeouts = { connect: 2_000, handshake: 2_000, response: 2_000, idle: 150, total: 10_000 };

/** Writes as long as it may, and again when the buffer has room. @returns how many bytes it wrote so far */
function flood(response: ServerResponse, limit = Number.POSITIVE_INFINITY): () => number {
  const piece = Buffer.alloc(64 * 1024, "x");
  let written = 0;
  const write = () => {
    while (written < limit) {
      written += piece.length;
      if (!response.write(piece)) return void response.once("drain", write);
    }
    response.end();
  };
  write();
  return () => written;
}

async function raw(text: string, changes: Partial<TransportRequest> = {}, staysOpen = false) {
  await using server = await startRaw((socket) => {
    if (staysOpen) socket.write(text);
    else socket.end(text);
  });
  return await sendOnce(request(server.url, { timeouts, ...changes }));
}

describe("receiving a body", () => {
  test("up to 5 MB stay in memory; of a larger one the file gets every byte, and memory keeps its beginning", async () => {
    for (const [size, created] of [
      [5 * megabyte, 0],
      [5 * megabyte + 64 * 1024, 1],
    ] as const) {
      await using server = await startHttp((_incoming, response) => flood(response, size));
      const store = new CountingStore();
      const response = responseOf(await sendOnce(request(server.url, { store })));
      assert.equal(response.bodySize, size);
      assert.deepEqual([store.created, store.size, store.ended], [created, created * size, created]);
      assert.equal(response.bodyFile, created ? "/nowhere" : undefined);
      assert.equal(response.body.length, created ? 256 * 1024 : size);
    }
  });

  test("a store that lags stops the server: its writes are blocked", async () => {
    let written = () => 0;
    await using server = await startHttp((_incoming, response) => {
      written = flood(response);
    });
    let isBlocked = false;
    const store = new CountingStore(() => {
      isBlocked = true;
      return new Promise(() => undefined);
    });
    const stop = new AbortController();
    const idle = { ...timeouts, idle: 100 };
    const result = sendOnce(request(server.url, { store, timeouts: idle }), stop.signal);
    while (!isBlocked) await wait(10);
    await wait(300);
    const before = written();
    await wait(200);
    assert.equal(written(), before, "nothing more fits into the buffers");
    assert.ok(before < 40 * megabyte, `${before}`);
    stop.abort();
    assert.equal(failureOf(await result).code, "canceled", "it is not the server that is idle");
  });

  test("an endless body ends at the limit, with its beginning kept", async () => {
    await using server = await startHttp((_incoming, response) => void flood(response));
    const store = new CountingStore();
    const { outcome } = await sendOnce(request(server.url, { store, maxBodySize: 8 * megabyte }));
    assert.ok(outcome.kind === "failure");
    assert.equal(outcome.failure.code, "response.too-large");
    assert.match(outcome.failure.fix, /padlock\.maxBodySize/);
    assert.ok(store.size <= 8 * megabyte && store.ended === 1);
    assert.ok(Number(outcome.received?.bodySize) > 7 * megabyte);
    assert.equal(outcome.received?.body.length, 256 * 1024);
  });

  test("millions of tiny chunks take the memory of their bytes", async () => {
    const chunks = "1\r\nx\r\n".repeat(300_000);
    const before = process.memoryUsage.rss();
    const result = await raw(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    assert.equal(responseOf(result).body.length, 300_000);
    const grown = (process.memoryUsage.rss() - before) / megabyte;
    assert.ok(grown < 60, `${grown} MB`);
  });

  test("1xx responses and trailers are kept in order, with the case of their names", async () => {
    const response = responseOf(
      await raw(
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nlink: </b.js>\r\n\r\n" +
          "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n",
      ),
    );
    assert.deepEqual(response.informational, [
      { status: 102, statusText: "Processing", headers: [] },
      {
        status: 103,
        statusText: "Early Hints",
        headers: [
          ["Link", "</a.css>"],
          ["link", "</b.js>"],
        ],
      },
    ]);
    assert.deepEqual(response.trailers, [
      ["X-Sum", "1"],
      ["x-sum", "2"],
    ]);
    assert.equal(Buffer.from(response.body).toString(), "hi");
  });

  const tooMuch: readonly (readonly [what: string, text: string, title: RegExp])[] = [
    ["a header field of 100 KB", `HTTP/1.1 200 OK\r\nX-Big: ${"x".repeat(100_000)}\r\n\r\n`, /larger than 64 KB/],
    ["1,001 header fields", `HTTP/1.1 200 OK\r\n${"A: b\r\n".repeat(1001)}\r\n`, /more than 1000 header fields/],
    ["interim responses without end", "HTTP/1.1 102 Processing\r\n\r\n".repeat(60), /no end of interim responses/],
    [
      "1,001 trailers",
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${"A: b\r\n".repeat(1001)}\r\n`,
      /more than 1000 trailer fields/,
    ],
  ];
  for (const [what, text, title] of tooMuch) {
    test(`${what}: response.too-large, with a fix`, async () => {
      const failure = failureOf(await raw(text));
      assert.equal(failure.code, "response.too-large");
      assert.match(failure.title, title);
      assert.notEqual(failure.fix, "");
    });
  }

  const chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n";
  const broken: readonly (readonly [what: string, text: string, code: string, body?: string])[] = [
    ["a chunk size that is no number", `${chunked}zz\r\nx\r\n`, "response.malformed", "part"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "response.malformed"],
    [
      "a length beside chunks",
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "response.malformed",
    ],
    ["an early end of chunks", chunked, "network.reset", "part"],
    ["an early end of a length", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart", "network.reset", "part"],
    ["an end within the header", "HTTP/1.1 200 OK\r\nConte", "network.reset"],
    ["a header without a colon", "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "response.malformed"],
  ];
  for (const [what, text, code, body] of broken) {
    test(`${what}: ${code}${body ? ", with what had come" : ""}`, async () => {
      const { outcome } = await raw(text);
      assert.ok(outcome.kind === "failure");
      assert.equal(outcome.failure.code, code, outcome.failure.detail);
      assert.equal(outcome.received && Buffer.from(outcome.received.body).toString(), body);
    });
  }

  test("a body that pauses ends in timeout.idle, one that trickles in timeout.total, each with what had come", async () => {
    const stalled = await raw(`${chunked}`, {}, true);
    assert.ok(stalled.outcome.kind === "failure");
    assert.equal(stalled.outcome.failure.code, "timeout.idle");
    assert.equal(Buffer.from(stalled.outcome.received?.body ?? []).toString(), "part");

    await using server = await startHttp((_incoming, response) => {
      const timer = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(timer));
    });
    const { outcome } = await sendOnce(request(server.url, { timeouts: { ...timeouts, total: 400 } }));
    assert.ok(outcome.kind === "failure");
    assert.equal(outcome.failure.code, "timeout.total");
    assert.ok(Number(outcome.received?.body.length) > 3);
  });

  test("an event stream outlives the total timeout and a pause longer than idle, but not its own @timeout", async () => {
    const events = (response: ServerResponse) => {
      response.setHeader("content-type", "text/event-stream; charset=utf-8");
      response.write("data: 1\n\n");
      setTimeout(() => response.end("data: 2\n\n"), 400);
    };
    await using server = await startHttp((_incoming, response) => events(response));
    const short = { ...timeouts, idle: 100, total: 200 };
    const whole = responseOf(await sendOnce(request(server.url, { timeouts: short })));
    assert.equal(Buffer.from(whole.body).toString(), "data: 1\n\ndata: 2\n\n");
    const { outcome } = await sendOnce(request(server.url, { timeouts: short, hasOwnTimeout: true }));
    assert.ok(outcome.kind === "failure" && outcome.failure.code === "timeout.total");
    assert.equal(Buffer.from(outcome.received?.body ?? []).toString(), "data: 1\n\n");
    const quiet = await sendOnce(request(server.url, { timeouts: { ...short, idle: 20 } }));
    assert.equal(failureOf(quiet).code, "timeout.idle", "ten times the idle timeout");
  });

  test("progress: the head at once, then each piece, with the connection and the time so far", async () => {
    let next = () => undefined as unknown;
    await using server = await startHttp((_incoming, response) => {
      response.setHeader("content-encoding", "identity");
      response.flushHeaders();
      next = () => response.end("all");
    });
    const seen: [status: number, size: number, piece: string | undefined, encrypted: boolean | undefined][] = [];
    const transport = createTransport();
    await transport.send(
      request(server.url, {
        onProgress: (read, piece) => {
          const { response, connection } = read();
          const text = piece && Buffer.from(piece).toString();
          seen.push([response.status, response.bodySize, text, connection?.encrypted]);
          if (!piece) next();
        },
      }),
      new AbortController().signal,
    );
    await transport.close();
    assert.deepEqual(seen, [
      [200, 0, undefined, false],
      [200, 3, "all", false],
    ]);
  });
});
