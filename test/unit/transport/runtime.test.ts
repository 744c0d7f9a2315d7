import assert from "node:assert/strict";
import { constants } from "node:crypto";
import { test } from "node:test";
import tls from "node:tls";
import { alertFailure } from "../../../src/transport/alert-failure.ts";
import { describeCertificate } from "../../../src/transport/certificate.ts";
import { chooseCiphers, readAuthorities } from "../../../src/transport/runtime.ts";
import { createTestPki } from "../../support/pki.ts";

test("OpenSSL gets security level 2; a library that does not know levels gets the plain list", () => {
  assert.match(chooseCiphers(), /:@SECLEVEL=2$/);
  const boringSsl = ({ ciphers = "" }: tls.SecureContextOptions) => {
    if (ciphers.includes("@SECLEVEL")) throw new Error("INVALID_COMMAND");
  };
  assert.equal(chooseCiphers(boringSsl), constants.defaultCoreCipherList);
});

test("a runtime that cannot list its authorities has the bundled ones", () => {
  assert.ok(readAuthorities("bundled").length > 50);
  assert.deepEqual(readAuthorities("bundled", null as unknown as undefined), tls.rootCertificates);
  assert.deepEqual(readAuthorities("system", null as unknown as undefined), []);
});

test("an alert is known by its number, and by its name where only that is told", async () => {
  const { client } = await createTestPki();
  const context = {
    host: "h",
    port: 443,
    pattern: undefined,
    at: "h:443",
    name: "h",
    certificateRequested: false,
    clientCertificate: describeCertificate(client.certificate.raw),
    minVersion: "TLSv1.2",
    maxVersion: "TLSv1.3",
    chosen: [],
  } as const;
  const cases: readonly [string, string, string][] = [
    ["… SSL alert number 116\n", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "tls.client-certificate-required"],
    ["no number", "ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED", "tls.client-certificate-required"],
    ["no number", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "tls.client-certificate-rejected"],
    ["no number", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "tls.no-shared-cipher"],
    ["no number", "ERR_SSL_TLSV1_ALERT_ECH_REQUIRED", "tls.handshake-failed"],
    ["SSL alert number 0", "", "tls.handshake-failed"],
    ["SSL alert number 200", "", "tls.handshake-failed"],
  ];
  for (const [message, code, expected] of cases) {
    assert.equal(alertFailure(Object.assign(new Error(message), { code }), context)?.code, expected);
  }
  assert.equal(alertFailure(Object.assign(new Error("x"), { code: "ECONNRESET" }), context), undefined);
});
