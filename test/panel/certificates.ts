import type { CertificateReport } from "../../src/protocol/exchange-view.ts";

/** The moment at which all samples were taken. */
export const sampleTime = "2026-11-21T12:04:31.000Z";

/** A certificate as the transport reports it, with what differs. The PEM is a stand-in: nothing here reads it. */
export function certificate(given: Partial<CertificateReport> & { readonly subjectName: string }): CertificateReport {
  const issuerName = given.issuerName ?? "Bank Dev Intermediate";
  const notAfter = given.notAfter ?? "2026-12-10T10:00:00.000Z";
  return {
    subject: `CN=${given.subjectName}, O=Bank, C=DE`,
    issuer: `CN=${issuerName}, O=Bank, C=DE`,
    issuerName,
    subjectAltNames: [],
    notBefore: "2026-09-11T10:00:00.000Z",
    notAfter,
    daysLeft: Math.floor((Date.parse(notAfter) - Date.parse(sampleTime)) / 86_400_000),
    serialNumber: "4F:1B:22:9A:0D:C3:77:E1",
    keyType: "EC",
    keyBits: 256,
    curve: "P-256",
    signatureAlgorithm: "ecdsa-with-SHA256",
    fingerprint256: "8F:1C:5A:03:9E:44:D2:B7:61:0F:AA:3C:95:E8:17:6D:2B:F0:84:CB:59:36:7E:A1:D8:0B:43:9F:C6:12:55:A2",
    isAuthority: false,
    selfSigned: false,
    source: "server",
    pem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    ...given,
  };
}

export const leaf = certificate({
  subjectName: "*.bank.localhost",
  subjectAltNames: ["DNS:*.bank.localhost", "DNS:bank.localhost", "IP:127.0.0.1"],
});

export const intermediate = certificate({
  subjectName: "Bank Dev Intermediate",
  issuerName: "Bank Dev Root",
  notBefore: "2024-01-01T00:00:00.000Z",
  notAfter: "2028-12-31T00:00:00.000Z",
  keyBits: 384,
  curve: "P-384",
  signatureAlgorithm: "ecdsa-with-SHA384",
  isAuthority: true,
});

export const root = certificate({
  subjectName: "Bank Dev Root",
  issuerName: "Bank Dev Root",
  notBefore: "2020-01-01T00:00:00.000Z",
  notAfter: "2035-01-01T00:00:00.000Z",
  keyBits: 384,
  curve: "P-384",
  signatureAlgorithm: "ecdsa-with-SHA384",
  isAuthority: true,
  selfSigned: true,
  source: "trust store",
});

export const alice = certificate({
  subjectName: "alice",
  notBefore: "2026-05-22T10:00:00.000Z",
  notAfter: "2027-05-22T10:00:00.000Z",
  source: null,
});
