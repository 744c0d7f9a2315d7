import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import type { RedirectView } from "../../../src/protocol/exchange-view.ts";
import { makeConnection, makeExchange, makeFailedExchange, makeTls, verifiedVerdict } from "./views.ts";

const plain = createStyle(false);

const hop: RedirectView = {
  method: "POST",
  url: "https://api.example.com/login",
  status: 302,
  location: "https://other.example.com/",
  withheld: [],
  connection: makeConnection(),
  timings: makeExchange().timings,
};
const withheld = [
  { part: "header", name: "Authorization", secrets: ["API_TOKEN", "OTHER"] },
  { part: "header", name: "Cookie", secrets: [] },
  { part: "body", name: null, secrets: ["API_TOKEN"] },
] as const;

describe("redirects and notes in the text for a person", () => {
  it("begins with the request of the file; each redirect is a line with what was withheld", () => {
    const text = renderExchange(
      makeExchange({
        redirects: [hop, { ...hop, status: 307, location: "https://third.example.com/", withheld }],
        notes: [
          { level: "warning", text: "Cookie was not sent on." },
          { level: "information", text: "A remark." },
        ],
      }),
      plain,
    );
    const [heading, first, second, status] = text.split("\n");
    assert.equal(heading, "✓ Get account  POST https://api.example.com/login");
    assert.equal(first, "  → 302 https://other.example.com/");
    assert.equal(
      second,
      "  → 307 https://third.example.com/ ; Authorization withheld (API_TOKEN, OTHER), Cookie withheld, body withheld (API_TOKEN)",
    );
    assert.match(status ?? "", /^ {2}200 OK/);
    assert.match(text, /\n {2}! Cookie was not sent on\.\n {2}· A remark\.\n/);
  });

  it("says so where the redirect itself came from a host that nobody vouches for", () => {
    const tls = makeTls({ verdict: { ...verifiedVerdict, verified: false, accepted: true } });
    const connections = [makeConnection({ tls }), makeConnection({ encrypted: false, tls: null })];
    const text = renderExchange(
      makeExchange({ redirects: connections.map((connection) => ({ ...hop, connection })) }),
      plain,
    );
    assert.match(text, /→ 302 \(from a host that is not verified\) https:/);
    assert.match(text, /→ 302 \(over a connection that is not encrypted\) https:/);
  });

  it("shows both beside a failure, and no accepted chain as refused", () => {
    const tls = makeTls({ verdict: { ...verifiedVerdict, verified: false, accepted: true } });
    const text = renderExchange(
      makeFailedExchange(
        { code: "network.reset", requestSent: true },
        { redirects: [hop], notes: [{ level: "warning", text: "A warning." }], connection: makeConnection({ tls }) },
      ),
      plain,
    );
    assert.match(text, /\n {2}→ 302 https:\/\/other\.example\.com\/\n/);
    assert.match(text, /\n {2}! A warning\.\n/);
    assert.doesNotMatch(text, /refused chain/);
  });

  it("is safe for a terminal", () => {
    const text = renderExchange(
      makeExchange({
        redirects: [
          { ...hop, location: "https://a.test/\u001b[31m", withheld: [{ ...withheld[0], name: "X\n##[error]" }] },
        ],
        notes: [{ level: "warning", text: "a\n::set-env b\u001b[2J" }],
      }),
      plain,
    );
    assert.ok(!["\u001b", "\n::", "##["].some((command) => text.includes(command)), text);
  });
});
