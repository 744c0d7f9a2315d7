import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderCookies } from "../../../src/cli/render/cookies.ts";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import { cookieFacts, cookies, receivedCookie } from "../../support/cookie-views.ts";
import { makeConnection, makeExchange } from "./views.ts";

const plain = createStyle(false);

describe("cookies in the text for a person", () => {
  it("says what was sent and what became of those that came, never a value", () => {
    const view = cookies({
      sent: [cookieFacts(), cookieFacts({ name: "theme" })],
      withheld: [{ name: "key", secrets: ["API_TOKEN"] }],
      received: [
        receivedCookie(),
        receivedCookie({ name: "old", outcome: "removed" }),
        receivedCookie({ name: "ad", outcome: "refused", reason: "com is a public suffix" }),
        receivedCookie({ name: "ad2", outcome: "refused", reason: "com is a public suffix" }),
        receivedCookie({ name: "", cookie: null, outcome: "refused", reason: "it has no name" }),
      ],
    });
    assert.equal(
      renderCookies(view, plain),
      "cookies sent: sid, theme · withheld: key · kept: sid · deleted: old · refused: ad, ad2 (com is a public suffix), (no name) (it has no name)",
    );
  });

  it("stands below the connection, and behind each redirect", () => {
    const received = [receivedCookie()];
    const hop = {
      method: "GET",
      url: "https://a.test/",
      status: 302,
      location: "https://a.test/b",
      withheld: [],
      cookies: cookies({ received }),
      connection: makeConnection(),
      timings: makeExchange().timings,
    };
    const text = renderExchange(makeExchange({ redirects: [hop], cookies: cookies({ sent: [cookieFacts()] }) }), plain);
    assert.match(text, /^ {2}→ 302 https:\/\/a\.test\/b ; cookies kept: sid$/m);
    assert.match(text, /^ {2}cookies sent: sid$/m);
    assert.doesNotMatch(renderExchange(makeExchange({ cookies: cookies() }), plain), /cookies/);
  });

  it("is one short line, whatever the server calls them", () => {
    const names = Array.from({ length: 9 }, (_, index) => `${"\u001b[2J\u202e".repeat(30)}${index}`);
    const line = renderCookies(cookies({ received: names.map((name) => receivedCookie({ name })) }), plain) ?? "";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    assert.doesNotMatch(line, /[\u0000-\u001f\u202e]/);
    assert.match(line, /, 4 more$/);
  });
});
