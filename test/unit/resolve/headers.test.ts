import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { prepared, refused, shown } from "./given.ts";

describe("header fields", () => {
  it("keep order, case, number and Latin-1", async () => {
    const request = await prepared(
      "GET https://localhost/\nb: 2\nA: é\nB: 3\nEmpty:\nHost: other.test\nConnection: close",
    );
    assert.deepEqual(request.headers, [
      ["b", "2"],
      ["A", "é"],
      ["B", "3"],
      ["Empty", ""],
      ["Host", "other.test"],
      ["Connection", "close"],
    ]);
    assert.equal(request.url.host, "localhost");
  });

  it("drop a Content-Length that is right", async () => {
    assert.deepEqual((await prepared("POST https://localhost/\nContent-Length: 3\n\né!")).headers, []);
    assert.deepEqual((await prepared("GET https://localhost/\ncontent-length: 0")).headers, []);
  });

  const wrong: readonly (readonly [title: string, headers: string, shown: string])[] = [
    ["a Content-Length that differs", "Content-Length: 2\n\né!", "value.bad-header 2:1 Content-Length: 2"],
    ["a Content-Length that is no number", "Content-Length: +3\n\né!", "value.bad-header 2:1 Content-Length: +3"],
    ["Transfer-Encoding", "Transfer-Encoding: chunked", "value.bad-header 2:1 Transfer-Encoding: chunked"],
    ["Upgrade", "Upgrade: websocket", "value.bad-header 2:1 Upgrade: websocket"],
    ["Expect", "Expect: 100-continue", "value.bad-header 2:1 Expect: 100-continue"],
    ["Keep-Alive", "keep-alive: timeout=5", "value.bad-header 2:1 keep-alive: timeout=5"],
    ["another Connection", "Connection: Upgrade", "value.bad-header 2:1 Connection: Upgrade"],
    ["two Host headers", "Host: a\nhost: b", "value.bad-header 3:1 host: b"],
    ["a character outside Latin-1", "A: 1 €", "value.bad-header 2:1 A: 1 €"],
  ];
  for (const [title, headers, expected] of wrong) {
    it(`refuse ${title}`, async () => {
      const failure = await refused(`POST https://localhost/\n${headers}`);
      assert.equal(shown(failure), expected);
      assert.ok(failure.fix.length > 10);
    });
  }

  it("refuse a control character in a value", async () => {
    const failure = await refused("GET https://localhost/\nA: {{$env.T}}", { environment: { T: "a\u001b[2J" } });
    assert.equal(shown(failure), "value.bad-header 2:1 A: {{$env.T}}");
  });
});
