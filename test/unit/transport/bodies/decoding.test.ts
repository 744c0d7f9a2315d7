import assert from "node:assert/strict";
import { describe, test } from "node:test";
import zlib from "node:zlib";
import { failureOf, responseOf, sendOnce } from "../support.ts";
import { CountingStore, request, startHttp } from "./support.ts";

const megabyte = 1024 * 1024;
const quick = { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 };

async function send(body: Uint8Array | (() => Iterable<Uint8Array>), coding: string, changes = {}) {
  await using server = await startHttp((_incoming, response) => {
    response.setHeader("content-encoding", coding);
    if (body instanceof Uint8Array) response.end(body);
    else {
      for (const piece of body()) response.write(piece);
      response.end();
    }
  });
  return await sendOnce(request(server.url, changes));
}

function layered(text: Uint8Array, codings: readonly ((bytes: Uint8Array) => Buffer)[]): Buffer {
  return codings.reduce<Buffer>((bytes, encode) => encode(bytes), Buffer.from(text));
}

describe("decoding a body while it comes", () => {
  test("five layers are undone, also one byte at a time; a sixth leaves the body as it is", async () => {
    const text = Buffer.from("secure ".repeat(200));
    const five = [zlib.gzipSync, zlib.deflateSync, zlib.brotliCompressSync, zlib.zstdCompressSync, zlib.deflateRawSync];
    const encoded = layered(text, five);
    const bytes = () => [...encoded].map((byte) => Uint8Array.of(byte));
    const whole = responseOf(await send(bytes, "gzip, deflate, br, zstd, deflate"));
    assert.deepEqual(Buffer.from(whole.body), text);
    assert.equal(whole.encodedBodySize, encoded.length);
    const six = zlib.gzipSync(encoded);
    assert.deepEqual(Buffer.from(responseOf(await send(six, "gzip, deflate, br, zstd, deflate, gzip")).body), six);
  });

  test("an unknown coding leaves the body as it is", async () => {
    assert.equal(Buffer.from(responseOf(await send(Buffer.from("raw"), "gzip, snappy")).body).toString(), "raw");
  });

  test("several gzip members are one body, and zeros behind compressed data are left out", async () => {
    const members = Buffer.concat([zlib.gzipSync("one "), zlib.gzipSync("two")]);
    assert.equal(Buffer.from(responseOf(await send(members, "gzip")).body).toString(), "one two");
    const rest = () => [zlib.gzipSync("one"), Buffer.alloc(250_000), Buffer.alloc(1)];
    assert.equal(Buffer.from(responseOf(await send(rest, "gzip")).body).toString(), "one");
    const deflated = () => [Buffer.concat([zlib.deflateSync("one"), Buffer.from("trash")]), Buffer.from("more")];
    assert.equal(Buffer.from(responseOf(await send(deflated, "deflate")).body).toString(), "one");
  });

  for (const [coding, encode] of [
    ["gzip", (bytes: Uint8Array) => zlib.gzipSync(bytes, { level: 1 })],
    ["deflate", (bytes: Uint8Array) => zlib.deflateSync(bytes, { level: 1 })],
    ["br", (bytes: Uint8Array) => zlib.brotliCompressSync(bytes, { params: quick })],
    ["zstd", zlib.zstdCompressSync],
  ] as const) {
    test(`${coding} that ends too early: response.decompression, with what could be read`, async () => {
      const text = Array.from({ length: 20_000 }, (_, index) => `line ${index * 7919}\n`).join("");
      const encoded = encode(Buffer.from(text));
      const { outcome } = await send(encoded.subarray(0, encoded.length - 100), coding);
      assert.ok(outcome.kind === "failure");
      assert.equal(outcome.failure.code, "response.decompression");
      const received = Buffer.from(outcome.received?.body ?? []).toString();
      assert.ok(received.length > 1000 && text.startsWith(received), `${received.length}`);
    });

    test(`a bomb of ${coding} ends while it grows, and little of it is kept`, async () => {
      const bomb = encode(Buffer.alloc(90 * megabyte));
      const store = new CountingStore();
      const { outcome } = await send(bomb, coding, { store });
      assert.ok(outcome.kind === "failure");
      assert.equal(outcome.failure.code, "response.decompression");
      assert.match(outcome.failure.detail, /decompression bomb/);
      assert.ok(store.size <= 70 * megabyte, `${store.size} bytes were stored`);
      assert.equal(store.ended, 1);
      assert.ok(Number(outcome.received?.body.length) <= 2 * megabyte);
    });
  }

  test("a bomb within a bomb, 10 KB for 10 GB: ends at once, in little memory", async () => {
    const member = zlib.gzipSync(Buffer.alloc(16 * megabyte), { level: 1 });
    const inner = Buffer.alloc(member.length * 640, member);
    const bomb = zlib.gzipSync(inner);
    const before = process.memoryUsage.rss();
    const started = performance.now();
    const store = new CountingStore();
    const { outcome } = await send(bomb, "gzip, gzip", { store });
    assert.ok(outcome.kind === "failure" && outcome.failure.code === "response.decompression");
    assert.ok(performance.now() - started < 5_000);
    assert.ok(store.size <= 70 * megabyte);
    const grown = (process.memoryUsage.rss() - before) / megabyte;
    assert.ok(grown < 150, `${grown} MB`);
  });

  test("a layer that gives nothing counts all the same: thousands of empty members", async () => {
    const empty = zlib.gzipSync("");
    const inner = Buffer.alloc(empty.length * 400_000, empty);
    const failure = failureOf(await send(zlib.zstdCompressSync(inner), "gzip, zstd", { maxBodySize: megabyte }));
    assert.equal(failure.code, "response.too-large");
  });

  test("text that shrinks well is no bomb", async () => {
    const line = Array.from({ length: 40 }, (_, index) => `{"id":${index},"name":"item","tags":["a","b"]}\n`).join("");
    const text = Buffer.alloc(70 * megabyte, line);
    for (let at = 0; at < text.length; at += 400) text.write(String(at * 31), at);
    const store = new CountingStore();
    assert.equal(responseOf(await send(zlib.gzipSync(text, { level: 1 }), "gzip", { store })).bodySize, text.length);
    assert.equal(store.size, text.length);
  });
});
