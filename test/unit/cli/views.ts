import type { BodyView, ExchangeView, FailureView, ResponseView } from "../../../src/protocol/exchange-view.ts";
import type { CertificateReport, ConnectionReport, TlsReport, Verdict } from "../../../src/transport/report.ts";

/** Complete values for the tests of the printing; each takes what its test is about. */

export function makeBody(body: Partial<BodyView> = {}): BodyView {
  const text = body.text ?? '{\n  "id": 1\n}';
  return {
    mediaType: "application/json",
    kind: "json",
    text,
    raw: null,
    size: text.length,
    encodedSize: body.size ?? text.length,
    truncated: false,
    ...body,
  };
}

export function makeResponse(response: Partial<ResponseView> = {}): ResponseView {
  return { httpVersion: "HTTP/1.1", status: 200, statusText: "OK", headers: [], body: makeBody(), ...response };
}

function makeFailure(failure: Partial<FailureView> = {}): FailureView {
  return {
    code: "tls.expired",
    title: "The server's certificate expired 12 days ago",
    detail: "CN=old.example.com was valid until 2026-01-02.",
    fix: "Ask the owner of the server to renew it.",
    location: null,
    setting: null,
    requestSent: false,
    ...failure,
  };
}

export function makeCertificate(certificate: Partial<CertificateReport> = {}): CertificateReport {
  return {
    subject: "CN=api.example.com, O=Example",
    issuer: "CN=Example Root",
    subjectName: "api.example.com",
    issuerName: "Example Root",
    subjectAltNames: ["DNS:api.example.com"],
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: "2099-04-01T00:00:00.000Z",
    daysLeft: 89,
    serialNumber: "01:02",
    keyType: "EC",
    keyBits: 256,
    curve: "P-256",
    signatureAlgorithm: "ecdsa-with-SHA256",
    fingerprint256: "AA:BB:CC",
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
    pem: "",
    ...certificate,
  };
}

export const verifiedVerdict: Verdict = {
  verified: true,
  code: null,
  reason: "The chain ends in Example Root, which certs/ca.pem holds.",
  trust: "certs/ca.pem (padlock.hosts › api.example.com › ca)",
  findings: [],
};

export function makeTls(tls: Partial<TlsReport> = {}): TlsReport {
  return {
    protocol: "TLSv1.3",
    cipherSuite: "TLS_AES_256_GCM_SHA384",
    alpn: "http/1.1",
    keyExchange: { group: "X25519MLKEM768", bits: null, postQuantum: true },
    serverName: "api.example.com",
    sessionResumed: false,
    signatureScheme: "ecdsa_secp256r1_sha256",
    nameOverride: null,
    earlyData: false,
    sessionTicket: { lifetime: 7200, count: 2 },
    stapled: false,
    ocsp: null,
    scts: [],
    verdict: verifiedVerdict,
    clientCertificate: { configured: null, requested: false, presented: false, acceptedAuthorities: null },
    chain: [makeCertificate()],
    sent: [makeCertificate()],
    trustSource: "certs/ca.pem",
    certificateName: "api.example.com",
    ...tls,
  };
}

export function makeConnection(connection: Partial<ConnectionReport> = {}): ConnectionReport {
  return {
    encrypted: true,
    remoteAddress: "127.0.0.1",
    remotePort: 443,
    localAddress: "127.0.0.1",
    attempts: [],
    proxy: null,
    socketPath: null,
    reused: false,
    openedAt: "2026-01-03T00:00:00.000Z",
    tls: makeTls(),
    ...connection,
  };
}

export function makeExchange(view: Partial<ExchangeView> = {}): ExchangeView {
  return {
    id: "1",
    startedAt: "2026-01-03T00:00:00.000Z",
    request: {
      name: "Get account",
      method: "GET",
      url: "https://api.example.com/account",
      headers: [],
      body: null,
      file: "api.https",
      line: 3,
    },
    response: makeResponse(),
    failure: null,
    connection: makeConnection(),
    timings: { blocked: 0, dns: 1, connect: 1, ssl: 2, send: 0, wait: 80, receive: 0, total: 84.2 },
    redirects: [],
    notes: [],
    verdict: { kind: "verified", text: "Verified · TLS 1.3" },
    ...view,
  };
}

export function makeFailedExchange(failure: Partial<FailureView>, view: Partial<ExchangeView> = {}): ExchangeView {
  return makeExchange({
    response: null,
    failure: makeFailure(failure),
    connection: null,
    verdict: { kind: "not-connected", text: "Not connected" },
    ...view,
  });
}
