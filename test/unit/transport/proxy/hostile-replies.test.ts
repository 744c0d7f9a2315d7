import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Failure } from "../../../../src/common/failure.ts";
import { startConnectProxy, startSocksProxy } from "../../../support/proxies.ts";
import { get, noProfile, sendOnce } from "../support.ts";
import { route } from "./given.ts";

/** Bytes that make sense somewhere in a reply, and some that never do. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...[
        "HTTP/1.1 ",
        "HTTP/1.0 200",
        "200 OK",
        "407",
        "\r\n",
        "\n",
        "\r\n\r\n",
        "\0",
        ":",
        " ",
        "HTTP/1.1 100 C\r\n\r\n",
      ],
      ...[
        "HTTP/1.1 407 x\r\n",
        'Proxy-Authenticate: Basic realm="',
        "Proxy-Authenticate: ,,=,",
        "Content-Length: 99\r\n",
      ],
      ...[
        "\x05\x00",
        "\x05\x02",
        "\x05\xff",
        "\x05\x00\x00\x01",
        "\x05\x00\x00\x03\xff",
        "\x05\x00\x00\x04",
        "\x01\x00",
      ],
    ),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  ),
  { maxLength: 8 },
);

test("a proxy's words are shown whole or not at all: a part of a password in them would not be hidden", async () => {
  for (const words of [`${"x".repeat(50)}p4ssword-of-it`, "p4ssword-é"]) {
    const reply = Buffer.from(`HTTP/1.1 407 ${words}\r\n\r\n`);
    await using proxy = await startConnectProxy({ answer: (client) => client.end(reply) });
    const profile = { ...noProfile, proxy: route(proxy.port) };
    const { outcome } = await sendOnce(get("http://plain.example.test/", { profile }));
    assert.match(outcome.kind === "failure" ? outcome.failure.detail : "", / with 407\. /);
  }
});

for (const kind of ["http", "socks5"] as const) {
  test(`${kind}: whatever a proxy sends before it closes, a failure in plain words comes of it`, async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (texts) => {
        const reply = Buffer.from(texts.join(""), "latin1");
        const answering = { answer: (client: { end: (bytes: Uint8Array) => unknown }) => client.end(reply) };
        await using proxy = await (kind === "http" ? startConnectProxy(answering) : startSocksProxy(answering));
        const profile = { ...noProfile, proxy: route(proxy.port, { kind }) };
        const { outcome } = await sendOnce(get("http://plain.example.test/", { profile }));
        assert.ok(outcome.kind === "failure" && outcome.failure instanceof Failure);
        assert.match(outcome.failure.code, /^network\./);
        assert.ok(outcome.failure.detail.length < 1000);
        assert.doesNotMatch(outcome.failure.title + outcome.failure.detail, /\p{Cc}/u);
      }),
      { numRuns: 60 },
    );
  });
}
