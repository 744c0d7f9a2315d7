import "reflect-metadata";
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { describe, test } from "node:test";
import tls from "node:tls";
import { describeCertificate } from "../../../../src/transport/certificate.ts";

/** Real certificates, from many authorities and years, read by two other readers. */
describe("the authorities that Node bundles", () => {
  const certificates = tls.rootCertificates.map((pem) => new X509Certificate(pem));

  test("are read as OpenSSL reads them", () => {
    assert.ok(certificates.length > 100);
    for (const certificate of certificates) {
      const report = describeCertificate(certificate.raw);
      assert.equal(BigInt(`0x${report.serialNumber.replaceAll(":", "")}`), BigInt(`0x${certificate.serialNumber}`));
      assert.equal(report.fingerprint256, certificate.fingerprint256);
      assert.equal(report.notBefore, certificate.validFromDate.toISOString());
      assert.equal(report.notAfter, certificate.validToDate.toISOString());
      assert.equal(report.isAuthority, certificate.ca);
      assert.equal(report.selfSigned, certificate.verify(certificate.publicKey));
      const spki = certificate.publicKey.export({ type: "spki", format: "der" });
      assert.equal(report.spkiPin, `sha256/${createHash("sha256").update(spki).digest("base64")}`);
      const { modulusLength } = certificate.publicKey.asymmetricKeyDetails ?? {};
      assert.equal(report.keyType === "RSA" ? report.keyBits : undefined, modulusLength);
      assert.deepEqual(new X509Certificate(report.pem).raw, certificate.raw);
    }
  });
});
