import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cookieFacts, cookieSummary, outcomeWords, valueIn } from "../../../src/webview/cookie-words.ts";
import * as views from "../../support/cookie-views.ts";

describe("the words of the Cookies tab", () => {
  test("facts of a cookie", () => {
    assert.equal(
      cookieFacts(views.cookieFacts()),
      "api.example.com only · / · session cookie · Secure · HttpOnly · SameSite=Lax",
    );
    const other = {
      hostOnly: false,
      secure: false,
      httpOnly: false,
      sameSite: null,
      partitioned: true,
      expires: "soon",
    };
    assert.equal(cookieFacts(views.cookieFacts(other)), "api.example.com and below · / · until soon · Partitioned");
  });

  test("what became of it", () => {
    const words = (outcome: "kept" | "removed" | "refused" | "ignored", reason: string | null = null) =>
      outcomeWords(views.receivedCookie({ outcome, reason }));
    assert.deepEqual(words("kept"), { level: "ok", text: "Kept for later requests" });
    assert.equal(words("removed").level, "info");
    assert.deepEqual(words("refused", "com is a public suffix"), {
      level: "warning",
      text: "Refused: com is a public suffix",
    });
    assert.equal(words("ignored", "so it is").text, "Not kept: so it is");
  });

  test("a hop in one line", () => {
    const received = [views.receivedCookie(), views.receivedCookie({ name: "x", outcome: "refused" })];
    assert.deepEqual(cookieSummary(views.cookies({ sent: [views.cookieFacts({ name: "a" })], received })), [
      ["sent", ["a"]],
      ["kept", ["sid"]],
      ["refused", ["x"]],
    ]);
  });

  test("of a revealed header the value of the one cookie", () => {
    assert.equal(valueIn("a=1; sid=abc=; b=2", "request", "sid"), "abc=");
    assert.equal(valueIn(" sid = x y ; Path=/; sid=no", "response", "sid"), "x y");
    assert.equal(valueIn("other=1", "response", "sid"), "other=1");
  });
});
