import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import { renderTlsReport } from "../../../src/cli/render/tls-report.ts";
import { makeCertificate, makeConnection, makeExchange, makeTls, verifiedVerdict } from "./views.ts";

const plain = createStyle(false);
const root = makeCertificate({
  subject: "CN=Example Root",
  subjectName: "Example Root",
  fingerprint256: "DD:EE",
  selfSigned: true,
  isAuthority: true,
  source: "trust store",
});

describe("the whole TLS report", () => {
  it("tells every fact, and what is not available", () => {
    const tls = makeTls({
      signatureScheme: null,
      keyExchange: null,
      stapled: null,
      scts: null,
      chain: [makeCertificate(), root],
      sent: [makeCertificate(), makeCertificate({ subjectName: "Stranger", fingerprint256: "99" })],
      verdict: {
        ...verifiedVerdict,
        findings: [
          { level: "ok", text: "Name matches api.example.com" },
          { level: "note", text: "A remark" },
        ],
      },
    });
    const attempts = [
      { address: "::1", port: 443, outcome: "failed", milliseconds: 0.4, problem: "ECONNREFUSED" },
      { address: "127.0.0.1", port: 443, outcome: "connected", milliseconds: 1.5, problem: null },
    ] as const;
    const lines = renderTlsReport(makeConnection({ reused: true, attempts, tls }), plain);
    const first = lines.slice(0, lines.indexOf("Sent by the server: 2 certificates, in order, 1 not needed"));
    assert.deepEqual(first, [
      "Connection",
      "  Protocol          TLSv1.3",
      "  Cipher suite      TLS_AES_256_GCM_SHA384",
      "  Key exchange      not available",
      "  Signature scheme  not available",
      "  ALPN              http/1.1",
      "  SNI               api.example.com",
      "  Name matched      api.example.com",
      "  Handshake         full",
      "  Session tickets   2 tickets received, for 2 hours; never used",
      "  Early data        never sent",
      "  Connection        reused, opened 2026-01-03T00:00:00.000Z",
      "  Remote address    127.0.0.1:443",
      "  Tried             [::1]:443 failed (ECONNREFUSED) after 0.4 ms",
      "  Tried             127.0.0.1:443 connected after 1.5 ms",
      "  Local address     127.0.0.1",
      "Certificate chain, as verified; its root is in certs/ca.pem",
      "  1  CN=api.example.com, O=Example (server)",
      "     Issuer              CN=Example Root",
      "     Names               DNS:api.example.com",
      "     Valid               2026-01-01T00:00:00.000Z to 2099-04-01T00:00:00.000Z (89 days left)",
      "     Key                 EC P-256",
      "     Signature           ecdsa-with-SHA256",
      "     Use                 End entity: may not issue certificates",
      "     Key usage           digitalSignature",
      "     Extended key usage  serverAuth",
      "     Serial number       01:02",
      "     SHA-256             AA:BB:CC",
      "     Public key pin      sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      "     Source              sent by the server",
      "  2  CN=Example Root (root)",
      "     Issuer              CN=Example Root",
      "     Names               DNS:api.example.com",
      "     Valid               2026-01-01T00:00:00.000Z to 2099-04-01T00:00:00.000Z (89 days left)",
      "     Key                 EC P-256",
      "     Signature           ecdsa-with-SHA256",
      "     Use                 Authority: may issue certificates",
      "     Key usage           digitalSignature",
      "     Extended key usage  serverAuth",
      "     Serial number       01:02",
      "     SHA-256             DD:EE",
      "     Public key pin      sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      "     Source              trust store",
    ]);
    assert.deepEqual(lines.slice(first.length), [
      "Sent by the server: 2 certificates, in order, 1 not needed",
      "  1  api.example.com (server)",
      "  2  Stranger (not needed)",
      "Revocation (OCSP)",
      "  OCSP staple  not available",
      "Certificate Transparency",
      "  CT timestamps  not available",
      "Client certificate",
      "  Configured  none",
      "  Asked for   no",
      "  Sent        no",
      "Findings",
      "  ✓ Name matches api.example.com",
      "  · A remark",
    ]);
  });

  it("is printed on demand only; of a redirect's connection too", () => {
    const view = makeExchange();
    assert.doesNotMatch(renderExchange(view, plain), /Certificate Transparency/);
    assert.match(renderExchange(view, plain, true), /^ {2}Certificate Transparency$/m);
    const hop = { method: "GET", url: "https://old.example.com/", status: 302, location: view.request.url };
    const { timings } = view;
    const redirects = [{ ...hop, withheld: [], connection: makeConnection(), timings }];
    const text = renderExchange({ ...view, redirects }, plain, true);
    assert.deepEqual(text.match(/^ {2}TLS of .*$/gm), [
      "  TLS of https://old.example.com/",
      `  TLS of ${view.request.url}`,
    ]);
  });

  it("is empty without TLS", () => {
    assert.deepEqual(renderTlsReport(makeConnection({ encrypted: false, tls: null }), plain), []);
  });

  it("cannot be made to obey a server", () => {
    const evil = "\u001b[2Jevil\n##vso[task]\u202e";
    const certificate = makeCertificate({
      subject: evil,
      issuer: evil,
      subjectName: evil,
      subjectAltNames: [evil],
      nameConstraints: evil,
      ocspUrls: [evil],
      keyUsages: [evil],
    });
    const tls = makeTls({ chain: [certificate], sent: [certificate], certificateName: evil, trustSource: evil });
    const text = renderTlsReport(makeConnection({ tls, localAddress: evil }), plain).join("\n");
    for (const bad of ["\u001b", "\u202e", "##vso", "\tevil"]) assert.ok(!text.includes(bad), JSON.stringify(bad));
    assert.ok(
      text.split("\n").every((line) => /^(?: {2}|[A-Z])/.test(line)),
      "no line is the server's own",
    );
  });
});
