import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { prepared, refused, shown } from "./given.ts";

describe("header fields", () => {
  it("keep order, case, number and every letter", async () => {
    const request = await prepared(
      "GET https://localhost/\nb: 2\nA: é €😀\tx\nB: 3\nEmpty:\nHost: other.test\nConnection: close",
    );
    assert.deepEqual(request.headers, [
      ["b", "2"],
      ["A", "é €😀\tx"],
      ["B", "3"],
      ["Empty", ""],
      ["Host", "other.test"],
      ["Connection", "close"],
    ]);
    assert.equal(request.url.host, "localhost");
  });

  it("leave the length of the body to the framing, whatever the file says", async () => {
    for (const written of ["Content-Length: 3", "content-length: 999", "CONTENT-LENGTH: +3"]) {
      const { headers } = await prepared(`POST https://localhost/\nA: 1\n${written}\n\né!`);
      assert.deepEqual(headers, [["A", "1"]], written);
    }
  });

  it("leave out what tells this client how the body is written", async () => {
    const { headers } = await prepared("POST https://localhost/\nX-REQUEST-TYPE: graphQL\nA: 1\n\n{ me }");
    assert.deepEqual(headers, [
      ["A", "1"],
      ["Content-Type", "application/json"],
    ]);
    assert.deepEqual((await prepared("GET https://localhost/\nX-Request-Type: rest")).headers, [
      ["X-Request-Type", "rest"],
    ]);
  });

  it("may ask before the body is sent", async () => {
    const { headers } = await prepared("POST https://localhost/\nexpect: 100-Continue\n\nx");
    assert.deepEqual(headers, [["expect", "100-Continue"]]);
  });

  const wrong: readonly (readonly [title: string, headers: string, shown: string])[] = [
    ["Transfer-Encoding", "Transfer-Encoding: chunked", "value.bad-header 2:1 Transfer-Encoding: chunked"],
    ["Upgrade", "Upgrade: websocket", "value.bad-header 2:1 Upgrade: websocket"],
    ["another expectation", "Expect: 200-ok", "value.bad-header 2:1 Expect: 200-ok"],
    ["Keep-Alive", "keep-alive: timeout=5", "value.bad-header 2:1 keep-alive: timeout=5"],
    ["another Connection", "Connection: Upgrade", "value.bad-header 2:1 Connection: Upgrade"],
    ["two Host headers", "Host: a\nhost: b", "value.bad-header 3:1 host: b"],
    ["a control character beyond ASCII", "A: 1\u0085", "value.bad-header 2:1 A: 1\u0085"],
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
