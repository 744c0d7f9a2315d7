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
    validDays: 90,
    spkiPin: "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    version: 3,
    keyUsages: ["digitalSignature"],
    extendedKeyUsages: ["serverAuth"],
    basicConstraints: null,
    nameConstraints: null,
    policies: [],
    mustStaple: false,
    subjectKeyId: null,
    authorityKeyId: null,
    ocspUrls: [],
    crlUrls: [],
    issuerUrls: [],
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
  fingerprint256: "2C:40:6B:F1:77:0A:93:DE:58:C4:1E:B9:35:60:82:AF:D3:17:4B:98:EC:01:6A:25:F4:7D:BB:39:50:C8:A6:0E",
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
  fingerprint256: "91:5D:E8:23:7F:B0:46:C9:1A:84:6E:F3:0D:52:BC:78:E5:A1:39:90:D7:2F:64:8B:03:CA:1F:76:48:EE:95:B2",
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

/** Of another chain. */
export const extraSent = certificate({
  subjectName: "Bank Old Intermediate",
  issuerName: "Bank Old Root",
  pem: "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n",
  fingerprint256: "11:22:33",
  isAuthority: true,
});
