import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { test } from "node:test";
import { bodyFileName } from "../../../src/extension/body-file.ts";
import { certificateFile } from "../../../src/extension/certificate-file.ts";
import { describeCertificate } from "../../../src/transport/certificate.ts";
import type { CertificateReport } from "../../../src/transport/report.ts";
import { exchange, response } from "./exchanges.ts";

function nameOf(url: string, mediaType: string): string {
  const { request } = exchange();
  const { body } = response();
  return bodyFileName({ request: { ...request, url }, response: response({ body: { ...body, mediaType } }) });
}

test("a body is named for the last part of the path and its media type", () => {
  assert.equal(nameOf("https://h/users/42?x=/y.exe", "application/json"), "42.json");
  assert.equal(nameOf("https://h/report.pdf", "text/html"), "report.html");
  assert.equal(nameOf("https://h/feed", "application/atom+xml"), "feed.xml");
  assert.equal(nameOf("https://h", ""), "response.txt");
});

test("no URL can name another folder, a hidden file or a device", () => {
  for (const url of [
    "https://h/..%2f..%2fetc",
    "https://h/..",
    "https://h/.ssh",
    "https://h/a\\..\\b",
    "https://h/%00",
  ]) {
    assert.match(nameOf(url, "application/json"), /^[\w-]{1,60}\.json$/, url);
    assert.doesNotMatch(nameOf(url, "application/json"), /^-/, url);
  }
});

test("a certificate's file holds facts for people and a PEM block for programs", async () => {
  const { createDemoIdentities } = await import("../../../src/demo/identities.ts");
  const { root } = await createDemoIdentities();
  const facts: CertificateReport = {
    ...describeCertificate(new X509Certificate(root.certificatePem).raw),
    subject: "CN=Evil\nIssuer: nobody",
    issuer: "CN=Demo Root",
    subjectName: "../evil host",
    issuerName: "Demo Root",
    subjectAltNames: ["DNS:localhost", "IP:127.0.0.1"],
    notBefore: "2026-01-01T00:00:00Z",
    notAfter: "2027-01-01T00:00:00Z",
    daysLeft: 1,
    serialNumber: "01",
    keyType: "EC",
    keyBits: 256,
    curve: "P-256",
    signatureAlgorithm: "ecdsa-with-SHA256",
    fingerprint256: "AA:BB",
    isAuthority: true,
    selfSigned: true,
    source: "server",
    pem: root.certificatePem,
  };
  const { name, text } = certificateFile(facts);
  assert.equal(name, "evil-host.pem");
  assert.match(text, /^Subject: CN=Evil\\u\{a\}Issuer: nobody\n/);
  assert.match(text, /^Alternative names: DNS:localhost, IP:127\.0\.0\.1$/m);
  assert.match(text, /^Key: EC P-256$/m);
  assert.match(text, /^Key usage: keyCertSign, cRLSign$/m);
  assert.match(text, /^Public key pin: sha256\/[\w+/]{43}=$/m);
  assert.equal(new X509Certificate(text).raw.equals(new X509Certificate(root.certificatePem).raw), true);
});
