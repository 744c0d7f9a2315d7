import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import {
  makeBody,
  makeCertificate,
  makeConnection,
  makeExchange,
  makeFailedExchange,
  makeResponse,
  makeTls,
  verifiedVerdict,
} from "./views.ts";

const plain = createStyle(false);
const lines = (...text: string[]) => `${text.join("\n")}\n`;

describe("an answered request", () => {
  it("shows status, verdict, connection and body", () => {
    assert.equal(
      renderExchange(makeExchange(), plain),
      lines(
        "✓ Get account  GET https://api.example.com/account",
        "  200 OK · HTTP/1.1 · 84 ms · 13 B · application/json",
        "  Verified · TLS 1.3",
        "  TLS     TLSv1.3 · TLS_AES_256_GCM_SHA384 · X25519MLKEM768 (post-quantum)",
        "  Server  CN=api.example.com, O=Example · 89 days left · verified by certs/ca.pem (padlock.hosts › api.example.com › ca)",
        "",
        "  {",
        '    "id": 1',
        "  }",
      ),
    );
  });

  it("shows the client certificate that was sent, and a reused connection", () => {
    const configured = makeCertificate({ subject: "CN=Test Client" });
    const tls = makeTls({
      clientCertificate: { configured, requested: true, presented: true, acceptedAuthorities: null },
    });
    const text = renderExchange(makeExchange({ connection: makeConnection({ tls, reused: true }) }), plain);
    assert.match(text, /^ {2}Client {2}CN=Test Client · sent$/m);
    assert.match(text, /X25519MLKEM768 \(post-quantum\) · connection reused$/m);
  });

  it("shows the name that the settings give in place of the host's own", () => {
    const connection = makeConnection({ tls: makeTls({ nameOverride: "inner.example.com" }) });
    const text = renderExchange(makeExchange({ connection }), plain);
    assert.match(text, /^ {2}Server {2}.* · verified for inner\.example\.com \(servername\) by certs\/ca\.pem/m);
  });

  it("shows warnings of the verdict, and keeps quiet about what is well", () => {
    const findings = [
      { level: "ok", text: "All is well." },
      { level: "warning", text: "The certificate expires in 6 days." },
    ] as const;
    const tls = makeTls({ verdict: { ...verifiedVerdict, findings } });
    const text = renderExchange(makeExchange({ connection: makeConnection({ tls }) }), plain);
    assert.match(text, /^ {2}! The certificate expires in 6 days\.$/m);
    assert.doesNotMatch(text, /All is well/);
  });

  it("marks a status that says error, without a name uses method and URL, and shows no empty body", () => {
    const response = makeResponse({
      status: 503,
      statusText: "",
      body: makeBody({ kind: "empty", text: "", mediaType: "", size: 0 }),
    });
    const request = { ...makeExchange().request, name: null };
    const verdict = { kind: "not-encrypted", text: "Not encrypted" } as const;
    const connection = makeConnection({ encrypted: false, tls: null });
    assert.equal(
      renderExchange(makeExchange({ request, response, connection, verdict }), plain),
      lines(
        "! GET https://api.example.com/account",
        "  503 Service Unavailable · HTTP/1.1 · 84 ms · 0 B",
        "  Not encrypted",
      ),
    );
  });

  it("tells the size on the wire where it differs", () => {
    const response = makeResponse({ body: makeBody({ size: 4096, encodedSize: 1536 }) });
    assert.match(renderExchange(makeExchange({ response }), plain), /4\.0 KB \(1\.5 KB on the wire\)/);
  });
});

describe("a failed request", () => {
  it("shows place, caret, title, detail, fix and setting", () => {
    const lineText = "Authorization: Bearer {{$env.API_TOKEN}}";
    const view = makeFailedExchange({
      code: "variable.unset",
      title: "The environment variable API_TOKEN is not set",
      detail: "The header Authorization uses it.",
      fix: "Set API_TOKEN and send again.",
      setting: "padlock.secrets › API_TOKEN",
      location: { file: "api.https", line: 4, column: 23, endColumn: 41, lineText },
    });
    assert.equal(
      renderExchange(view, plain),
      lines(
        "✕ Get account  GET https://api.example.com/account",
        "  The environment variable API_TOKEN is not set [variable.unset]",
        "   --> api.https:4:23",
        "    |",
        "  4 | Authorization: Bearer {{$env.API_TOKEN}}",
        "    |                       ^^^^^^^^^^^^^^^^^^",
        "  The header Authorization uses it.",
        "  Fix: Set API_TOKEN and send again.",
        "  Setting: padlock.secrets › API_TOKEN",
      ),
    );
  });

  it("shows the refused chain", () => {
    const leaf = makeCertificate({
      subject: "CN=old.example.com",
      notAfter: "2026-01-02T00:00:00.000Z",
      daysLeft: -13,
      notBefore: "2025-01-01T00:00:00.000Z",
    });
    const root = makeCertificate({
      subject: "CN=Example Root",
      fingerprint256: "DD:EE",
      notAfter: "2036-01-01T00:00:00.000Z",
      daysLeft: 1,
      notBefore: "2020-01-01T00:00:00.000Z",
      source: "trust store",
    });
    const verdict = { ...verifiedVerdict, verified: false, code: "tls.expired" } as const;
    const connection = makeConnection({ tls: makeTls({ verdict, chain: [leaf, root] }) });
    assert.equal(
      renderExchange(makeFailedExchange({}, { connection }), plain),
      lines(
        "✕ Get account  GET https://api.example.com/account",
        "  The server's certificate expired 12 days ago [tls.expired]",
        "  CN=old.example.com was valid until 2026-01-02.",
        "  Fix: Ask the owner of the server to renew it.",
        "",
        "  The refused chain:",
        "    1  CN=old.example.com",
        "       issued by    CN=Example Root",
        "       valid until  2026-01-02 (expired 12 days ago)",
        "       SHA-256      AA:BB:CC",
        "    2  CN=Example Root (from the trusted authorities)",
        "       issued by    CN=Example Root",
        "       valid until  2036-01-01 (1 day left)",
        "       SHA-256      DD:EE",
        "  Nothing of the request was sent.",
      ),
    );
  });

  it("counts whole days since the end of a certificate", () => {
    const verdict = { ...verifiedVerdict, verified: false, code: "tls.expired" } as const;
    const shown = (daysLeft: number) => {
      const connection = makeConnection({ tls: makeTls({ verdict, chain: [makeCertificate({ daysLeft })] }) });
      return /valid until.*\((.*)\)/.exec(renderExchange(makeFailedExchange({}, { connection }), plain))?.[1];
    };
    assert.equal(shown(0), "0 days left");
    assert.equal(shown(-1), "expired less than a day ago");
    assert.equal(shown(-2), "expired 1 day ago");
  });

  it("says since when a certificate of the future will be valid", () => {
    const leaf = makeCertificate({ notBefore: "2098-01-01T00:00:00.000Z" });
    const verdict = { ...verifiedVerdict, verified: false, code: "tls.not-yet-valid" } as const;
    const connection = makeConnection({ tls: makeTls({ verdict, chain: [leaf] }) });
    const text = renderExchange(makeFailedExchange({ code: "tls.not-yet-valid" }, { connection }), plain);
    assert.match(text, /valid until {2}2099-04-01 \(not valid before 2098-01-01\)/);
  });

  it("shows the verified connection of a request that failed later, and that it had been sent", () => {
    const view = makeFailedExchange({ code: "timeout.response", requestSent: true }, { connection: makeConnection() });
    const text = renderExchange(view, plain);
    assert.match(text, /^ {2}Server {2}CN=api\.example\.com/m);
    assert.match(text, /had been sent\.$/m);
    assert.doesNotMatch(text, /refused chain/);
  });
});

describe("colours", () => {
  it("are the only difference", () => {
    const coloured = renderExchange(makeExchange(), createStyle(true));
    assert.ok(coloured.startsWith("\u001b[32m✓\u001b[39m "));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is taken away here
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ""), renderExchange(makeExchange(), plain));
  });
});
