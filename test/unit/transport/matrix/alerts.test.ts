import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Failure, FailureCode } from "../../../../src/common/failure.ts";
import type { TlsProfile } from "../../../../src/settings/tls-profile.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { startLateAlertServer } from "../../../support/tls/late-alert.ts";
import { startAlertServer } from "../../../support/tls/raw.ts";
import { failureOf, get, noProfile, sendOnce } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";
import { pattern } from "./row.ts";

const failed = "tls.handshake-failed";
const rejected = "tls.client-certificate-rejected";
const noShared = "tls.no-shared-cipher";

/** RFC 8446 §6, RFC 5246 §7.2, RFC 6066 §9, RFC 7507, RFC 7301, RFC 9849; with a client certificate configured. */
const alerts: readonly (readonly [number: number, name: string, code: FailureCode])[] = [
  [10, "unexpected_message", failed],
  [20, "bad_record_mac", failed],
  [21, "decryption_failed", failed],
  [22, "record_overflow", failed],
  [30, "decompression_failure", failed],
  [40, "handshake_failure", noShared],
  [41, "no_certificate", "tls.client-certificate-required"],
  [42, "bad_certificate", rejected],
  [43, "unsupported_certificate", rejected],
  [44, "certificate_revoked", rejected],
  [45, "certificate_expired", rejected],
  [46, "certificate_unknown", rejected],
  [47, "illegal_parameter", failed],
  [48, "unknown_ca", rejected],
  [49, "access_denied", rejected],
  [50, "decode_error", failed],
  [51, "decrypt_error", rejected],
  [60, "export_restriction", noShared],
  [70, "protocol_version", "tls.protocol-version"],
  [71, "insufficient_security", noShared],
  [80, "internal_error", failed],
  [86, "inappropriate_fallback", "tls.protocol-version"],
  [90, "user_canceled", failed],
  [100, "no_renegotiation", failed],
  [109, "missing_extension", failed],
  [110, "unsupported_extension", failed],
  [111, "certificate_unobtainable", failed],
  [112, "unrecognized_name", "tls.unrecognized-name"],
  [113, "bad_certificate_status_response", failed],
  [114, "bad_certificate_hash_value", failed],
  [115, "unknown_psk_identity", failed],
  [116, "certificate_required", "tls.client-certificate-required"],
  [120, "no_application_protocol", "tls.alpn"],
];

/** OpenSSL ignores user_canceled there, as RFC 8446 §6.1 asks for. */
const lateAlerts = alerts.filter(([number, , code]) => (code === rejected || code === failed) && number !== 90);

/** About a certificate of the client, which there may be none of. */
const aboutCertificate = new Set([41, 42, 43, 44, 45, 46, 48, 49, 51, 116]);

describe("TLS alerts", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  async function profile(withClient: boolean): Promise<TlsProfile> {
    const { pki, file } = material;
    const ca = [await file("ca.pem", pki.root.certificatePem, "ca")];
    if (!withClient) return { ...noProfile, pattern, ca };
    const cert = await file("client.pem", pki.client.chainPem, "cert");
    const key = await file("client.key", pki.client.privateKeyPem, "key");
    return { ...noProfile, pattern, ca, cert, key, minVersion: "TLSv1.2" };
  }

  async function atOnce(number: number, withClient: boolean): Promise<Failure> {
    await using server = await startAlertServer(number);
    const url = `https://localhost:${server.port}/`;
    const result = await sendOnce(get(url, { method: "POST", profile: await profile(withClient) }));
    assert.equal(server.applicationBytes, 0);
    assert.equal(server.connections, 1);
    assert.match(failureOf(result).detail, new RegExp(`localhost:${server.port}`));
    return failureOf(result);
  }

  for (const [number, name, code] of alerts) {
    test(`${number} ${name} in the handshake: ${code}`, async () => {
      const failure = await atOnce(number, true);
      assert.equal(failure.code, code, failure.detail);
      assert.match(failure.detail, new RegExp(`the TLS alert ${name} \\(${number}\\)\\.`));
      if (!aboutCertificate.has(number)) return;
      assert.match(failure.detail, /“Test Client” \(.*issued by .*, valid \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)/);
    });
  }

  test("each number has a sentence of its own, without the library's words", async () => {
    const failures = await Promise.all(alerts.map(([number]) => atOnce(number, true)));
    assert.equal(new Set(failures.map(({ title }) => title)).size, alerts.length);
    assert.equal(
      new Set(failures.map(({ detail }) => detail.replace(/^.*?\(\d+\)\. /, ""))).size >= alerts.length - 1,
      true,
    );
    for (const { title, detail, fix } of failures) {
      assert.doesNotMatch(title + detail + fix, /SSL routines|ERR_|ssl3|sslv3|undefined|null/);
      assert.doesNotMatch(title, /\.$|_/);
      assert.match(fix, /\.$/);
    }
  });

  test("without a client certificate, an alert about one is not called a refusal of it", async () => {
    for (const [number, name] of alerts.filter(([number]) => aboutCertificate.has(number))) {
      const failure = await atOnce(number, false);
      assert.equal(failure.code, number === 116 ? "tls.client-certificate-required" : failed);
      assert.match(failure.detail, new RegExp(`${name} \\(${number}\\)`));
      assert.match(
        failure.fix,
        /add "cert": "certs\/client\.pem", "key": "certs\/client\.key" to the entry "localhost:\*"/,
      );
    }
  });

  // OpenSSL has no words for these, so Node says no more than that the connection was closed.
  for (const number of [0, 1, 99, 117, 121, 255]) {
    test(`${number}, which Node does not tell: the server closed the connection`, async () => {
      const failure = await atOnce(number, false);
      assert.equal(failure.code, failed);
      assert.equal(failure.title, "The server closed the connection in the TLS handshake");
    });
  }

  for (const [number, name, code] of lateAlerts) {
    test(`${number} ${name} after the handshake of TLS 1.3: the alert is told, not "other side closed"`, async () => {
      await using server = await startLateAlertServer(number, {
        ...serverIdentity(material.pki.server),
        requestCert: true,
      });
      const result = await sendOnce(
        get(`https://localhost:${server.port}/`, { method: "POST", profile: await profile(true) }),
      );
      const failure = failureOf(result);
      assert.equal(failure.code, code, failure.detail);
      assert.match(failure.detail, new RegExp(`the TLS alert ${name} \\(${number}\\)\\.`));
      assert.equal(result.connection?.tls?.verdict.verified, true, "the server itself was verified");
      assert.equal(result.connection?.tls?.clientCertificate.presented, true);
    });
  }

  test("116 after the handshake of TLS 1.3, no certificate configured: it is asked for", async () => {
    await using server = await startLateAlertServer(116, { ...serverIdentity(material.pki.server), requestCert: true });
    const failure = failureOf(
      await sendOnce(get(`https://localhost:${server.port}/`, { profile: await profile(false) })),
    );
    assert.equal(failure.code, "tls.client-certificate-required");
    assert.match(failure.detail, /certificate_required \(116\)/);
  });
});
