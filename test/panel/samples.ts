import type {
  BodyView,
  ConnectionReport,
  ExchangeView,
  FailureView,
  RequestView,
  Timings,
  TlsReport,
} from "../../src/protocol/exchange-view.ts";
import { cookieFacts, cookies, receivedCookie } from "../support/cookie-views.ts";
import { alice, certificate, extraSent, intermediate, leaf, root, sampleTime } from "./certificates.ts";

/** Exchanges as the extension would send them: each shows one thing that the panel must get right. */

export function body(kind: BodyView["kind"], text: string, more: Partial<BodyView> = {}): BodyView {
  return {
    mediaType: "text/plain",
    kind,
    text,
    raw: null,
    size: text.length,
    encodedSize: text.length,
    truncated: false,
    ...more,
  };
}

function json(value: unknown, more: Partial<BodyView> = {}): BodyView {
  const raw = JSON.stringify(value);
  return body("json", JSON.stringify(value, null, 2), {
    mediaType: "application/json",
    raw,
    size: raw.length,
    encodedSize: raw.length,
    ...more,
  });
}

const timings: Timings = {
  blocked: 0.4,
  dns: 1.2,
  connect: 0.9,
  ssl: 8.1,
  send: 0.3,
  wait: 118.6,
  receive: 13.5,
  total: 143,
};
const noTimings: Timings = {
  blocked: null,
  dns: null,
  connect: null,
  ssl: null,
  send: null,
  wait: null,
  receive: null,
  total: 1.8,
};

const request: RequestView = {
  name: "account",
  method: "GET",
  url: "https://api.bank.localhost:8443/v1/accounts/42",
  headers: [
    { name: "Accept", value: "application/json" },
    { name: "Authorization", value: "Bearer {{$env.API_TOKEN}}" },
    { name: "X-Api-Key", value: "••••••", masked: true },
    { name: "Host", value: "api.bank.localhost:8443" },
    { name: "User-Agent", value: "padlock/0.1.0" },
  ],
  body: null,
  file: "requests/accounts.https",
  line: 12,
};

const tls: TlsReport = {
  protocol: "TLSv1.3",
  cipherSuite: "TLS_AES_256_GCM_SHA384",
  alpn: "http/1.1",
  keyExchange: { group: "X25519MLKEM768", bits: null, postQuantum: true },
  serverName: "api.bank.localhost",
  sessionResumed: false,
  signatureScheme: "ecdsa_secp256r1_sha256",
  nameOverride: null,
  earlyData: false,
  sessionTicket: { lifetime: 7200, count: 2 },
  stapled: false,
  ocsp: null,
  scts: [],
  verdict: {
    verified: true,
    code: null,
    reason: "The chain ends in Bank Dev Root, which is in certs/bank-ca.pem.",
    trust: "certs/bank-ca.pem (padlock.hosts › *.bank.localhost:8443 › ca)",
    findings: [
      { level: "ok", text: "Chain verified by certs/bank-ca.pem" },
      { level: "ok", text: "Name matches *.bank.localhost" },
      { level: "warning", text: "Server certificate expires in 18 days" },
    ],
  },
  clientCertificate: { configured: alice, requested: true, presented: true, acceptedAuthorities: null },
  chain: [leaf, intermediate, root],
  sent: [leaf, intermediate],
  trustSource: "certs/bank-ca.pem",
  certificateName: "*.bank.localhost",
};

const connection: ConnectionReport = {
  encrypted: true,
  remoteAddress: "127.0.0.1",
  remotePort: 8443,
  localAddress: "127.0.0.1",
  attempts: [{ address: "127.0.0.1", port: 8443, outcome: "connected", milliseconds: 0.9, problem: null }],
  proxy: null,
  socketPath: null,
  reused: false,
  openedAt: sampleTime,
  tls,
};

const account = {
  id: 42,
  owner: { name: "Ada Lovelace", email: "ada@bank.localhost", verified: true },
  iban: "DE02 1203 0000 0000 2020 51",
  balance: { amount: 10815.4, currency: "EUR" },
  token: "{{$env.API_TOKEN}}",
  limits: { daily: 2500, monthly: null },
  transactions: [
    { id: "t-9001", amount: -49.9, reference: "Rail pass", booked: true },
    { id: "t-9002", amount: 1200, reference: "Difference engine, part 2 — “mill”", booked: false },
  ],
};

export const mutualTls: ExchangeView = {
  id: "exchange-1",
  startedAt: sampleTime,
  request,
  response: {
    httpVersion: "HTTP/1.1",
    status: 200,
    statusText: "OK",
    headers: [
      { name: "Content-Type", value: "application/json; charset=utf-8" },
      { name: "Content-Encoding", value: "gzip" },
      { name: "Cache-Control", value: "no-store" },
      { name: "Date", value: "Sat, 21 Nov 2026 12:04:31 GMT" },
      { name: "ETag", value: 'W/"2f1-9c0"' },
      { name: "Set-Cookie", value: "session={{$env.API_TOKEN}}; Path=/; HttpOnly" },
      { name: "Set-Cookie", value: "theme=••••••; Path=/; Secure; HttpOnly; SameSite=Lax", masked: true },
      { name: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
      { name: "X-Content-Type-Options", value: "nosniff" },
      { name: "X-Request-Id", value: "7b0c1a2e-55d4-4f0e-9a57-0f4f2f9f3a11" },
    ],
    body: json(account, { size: 2458, encodedSize: 1126 }),
  },
  failure: null,
  connection,
  timings,
  redirects: [],
  notes: [],
  verdict: { kind: "verified", text: "Verified · TLS 1.3 · client certificate sent" },
};

/** A later request on the connection that the first one opened; what this runtime cannot tell is null. */
export const reusedNotFound: ExchangeView = {
  ...mutualTls,
  id: "exchange-2",
  request: {
    ...request,
    name: null,
    method: "DELETE",
    url: "https://api.bank.localhost:8443/v1/accounts/7?soft=true&reason=closed",
  },
  response: {
    httpVersion: "HTTP/1.1",
    status: 404,
    statusText: "Not Found",
    headers: [{ name: "content-type", value: "application/problem+json" }],
    body: json({ title: "No such account", status: 404 }, { mediaType: "application/problem+json" }),
  },
  connection: {
    ...connection,
    reused: true,
    tls: {
      ...tls,
      cipherSuite: null,
      keyExchange: null,
      alpn: null,
      signatureScheme: null,
      stapled: null,
      scts: null,
      sent: null,
      clientCertificate: { configured: null, requested: false, presented: false, acceptedAuthorities: null },
    },
  },
  timings: { ...noTimings, blocked: 0.1, send: 0.2, wait: 21.4, receive: 0.4, total: 22.1 },
  verdict: { kind: "verified", text: "Verified · TLS 1.3" },
};

export const redirect: ExchangeView = {
  ...mutualTls,
  id: "exchange-3",
  response: {
    httpVersion: "HTTP/1.1",
    status: 302,
    statusText: "Found",
    headers: [
      { name: "Location", value: "https://login.bank.localhost:8443/" },
      { name: "Content-Length", value: "0" },
    ],
    body: body("empty", ""),
  },
  verdict: { kind: "verified", text: "Verified · TLS 1.3 · client certificate sent" },
};

export const plainHttp: ExchangeView = {
  ...mutualTls,
  id: "exchange-4",
  request: {
    ...request,
    method: "POST",
    url: "http://127.0.0.1:8080/echo",
    headers: [{ name: "Content-Type", value: "application/json" }],
    body: json({ hello: "world", list: [1, 2, 3] }),
  },
  response: {
    httpVersion: "HTTP/1.1",
    status: 500,
    statusText: "Internal Server Error",
    headers: [{ name: "Content-Type", value: "text/plain" }],
    body: body("text", "Something broke.\nSee the log of the server.\n"),
  },
  connection: { ...connection, encrypted: false, remotePort: 8080, tls: null },
  timings: { ...timings, ssl: null, total: 31.4, wait: 20.1, receive: 1.1 },
  verdict: { kind: "not-encrypted", text: "Not encrypted" },
};

const expiredLeaf = certificate({
  subjectName: "old.bank.localhost",
  subjectAltNames: ["DNS:old.bank.localhost"],
  notBefore: "2025-11-09T10:00:00.000Z",
  notAfter: "2026-11-09T10:00:00.000Z",
  keyType: "RSA",
  keyBits: 2048,
  curve: null,
  signatureAlgorithm: "sha256WithRSAEncryption",
});

export const expired: ExchangeView = {
  ...mutualTls,
  id: "exchange-5",
  request: {
    ...request,
    name: "transfer",
    method: "POST",
    url: "https://old.bank.localhost:8443/v1/transfers",
    body: json({ to: "DE02", amount: 12 }),
    file: "requests/transfers.https",
  },
  response: null,
  failure: {
    code: "tls.expired",
    title: "The server's certificate expired 12 days ago",
    detail:
      "old.bank.localhost showed a certificate that was valid until 2026-11-09 10:00 UTC. No part of the request was sent, and {{$env.API_TOKEN}} did not leave this machine.",
    fix: "Whoever runs the server must renew its certificate. If the date looks wrong, check this machine's clock.",
    location: {
      file: "requests/transfers.https",
      line: 12,
      column: 6,
      endColumn: 50,
      lineText: "POST https://old.bank.localhost:8443/v1/transfers",
    },
    setting: null,
    requestSent: false,
  },
  connection: {
    ...connection,
    tls: {
      ...tls,
      cipherSuite: null,
      alpn: null,
      keyExchange: null,
      verdict: {
        verified: false,
        code: "tls.expired",
        reason: "The server's certificate expired 12 days ago.",
        trust: "certs/bank-ca.pem (padlock.hosts › *.bank.localhost:8443 › ca)",
        findings: [{ level: "error", text: "The server's certificate expired 12 days ago" }],
      },
      clientCertificate: { configured: alice, requested: null, presented: false, acceptedAuthorities: null },
      chain: [expiredLeaf, intermediate],
    },
  },
  timings: { ...noTimings, blocked: 0.2, dns: 0.6, connect: 0.5, ssl: 7.7, total: 9 },
  verdict: { kind: "not-verified", text: "Not verified · certificate expired" },
};

/** The server sent its whole chain, whose root nobody here knows. */
export const unknownAuthority: ExchangeView = {
  ...expired,
  id: "exchange-18",
  failure: {
    code: "tls.unknown-authority",
    title: "The server's certificate comes from an unknown authority",
    detail:
      "old.bank.localhost's chain ends in “Bank Dev Root”, which is not among the trusted authorities: the authorities bundled with the runtime and those of the operating system.",
    fix: 'If that authority is your own, save its certificate in the workspace and add this entry to padlock.hosts: "old.bank.localhost:8443": { "ca": ["certs/ca.pem"] }.',
    location: null,
    setting: null,
    requestSent: false,
  },
  connection: {
    ...connection,
    tls: {
      ...tls,
      verdict: {
        verified: false,
        code: "tls.unknown-authority",
        reason: "The server's certificate comes from an unknown authority.",
        trust: "the authorities bundled with the runtime and those of the operating system",
        findings: [{ level: "error", text: "The server's certificate comes from an unknown authority" }],
      },
      chain: [leaf, intermediate, { ...root, source: "server" }],
    },
  },
  verdict: { kind: "not-verified", text: "Not verified · unknown authority" },
};

const settingsFailure: FailureView = {
  code: "settings.bad-duration",
  title: "“2 sec” is not a duration",
  detail: "The setting padlock.timeout › connect in .vscode/settings.json holds “2 sec”.",
  fix: "Write a number and a unit without a blank between them: 500ms, 2s, 1m.",
  location: {
    file: ".vscode/settings.json",
    line: 9,
    column: 13,
    endColumn: 20,
    lineText: '\t"connect": "2 sec",',
  },
  setting: "padlock.timeout › connect",
  requestSent: false,
};

export const badSettings: ExchangeView = {
  ...mutualTls,
  id: "exchange-6",
  response: null,
  failure: settingsFailure,
  connection: null,
  timings: noTimings,
  verdict: { kind: "not-connected", text: "No connection was made" },
};

export const canceled: ExchangeView = {
  ...badSettings,
  id: "exchange-7",
  failure: {
    code: "canceled",
    title: "The request was canceled",
    detail: "You canceled it while the server had not yet answered.",
    fix: "",
    location: null,
    setting: null,
    requestSent: true,
  },
  connection,
  timings: { ...timings, wait: 3_012, receive: null, total: 3_023 },
  verdict: { kind: "verified", text: "Verified · TLS 1.3" },
};

/** Markup, escape sequences and characters that reorder text, everywhere where a server can put some. */
export const hostileMark = '"><img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
const hostile = `${hostileMark}\u001b[31mred\u202egpj.exe\u0000`;
export const hostileServer: ExchangeView = {
  ...mutualTls,
  id: "exchange-8",
  request: { ...request, url: `https://api.bank.localhost:8443/\u202emoc.knab/${hostileMark}` },
  response: {
    httpVersion: "HTTP/1.1",
    status: 200,
    statusText: `OK ${hostile}`,
    headers: [
      { name: hostile, value: hostile },
      { name: "x-long", value: "A".repeat(60_000) },
      { name: "x-arabic", value: "مرحبا بالعالم" },
    ],
    body: body("text", `${hostile}\nשלום\n${"B".repeat(50_000)}`, {
      truncated: true,
      size: 20_000_000,
      mediaType: "text/html",
    }),
  },
  connection: {
    ...connection,
    tls: {
      ...tls,
      chain: [
        certificate({
          subjectName: hostile,
          subject: hostile,
          issuer: hostile,
          issuerName: hostile,
          subjectAltNames: Array.from({ length: 40 }, (_, index) => `DNS:host-${index}.${hostileMark}`),
        }),
      ],
      verdict: { ...tls.verdict, reason: hostile, trust: hostile, findings: [{ level: "warning", text: hostile }] },
    },
  },
  verdict: { kind: "verified", text: hostile },
};

export const longText: ExchangeView = {
  ...mutualTls,
  id: "exchange-9",
  response: {
    httpVersion: "HTTP/1.1",
    status: 200,
    statusText: "OK",
    headers: [],
    body: json(Array.from({ length: 3_000 }, (_, index) => ({ index, text: `entry ${index}` }))),
  },
};

export const binary: ExchangeView = {
  ...mutualTls,
  id: "exchange-10",
  response: {
    httpVersion: "HTTP/1.1",
    status: 200,
    statusText: "OK",
    headers: [{ name: "Content-Type", value: "image/png" }],
    body: body("binary", "00000000  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|", {
      mediaType: "image/png",
      size: 70_000,
      encodedSize: 70_000,
      truncated: true,
    }),
  },
};

const withheldToken = [{ part: "header", name: "Authorization", secrets: ["API_TOKEN"] }] as const;

/** Sent on twice: what the second host may not get is said; the first connection was accepted without verification. */
export const redirected: ExchangeView = {
  ...mutualTls,
  id: "exchange-11",
  request: {
    ...request,
    url: "https://files.bank.localhost:8443/reports/2026-11.pdf?download=1",
    headers: request.headers.filter(({ name }) => name !== "Authorization"),
  },
  redirects: [
    {
      method: "POST",
      url: request.url,
      status: 303,
      location: "https://api.bank.localhost:8443/v1/reports/2026-11",
      withheld: [],
      connection,
      timings: { ...timings, total: 96 },
    },
    {
      method: "GET",
      url: "https://api.bank.localhost:8443/v1/reports/2026-11",
      status: 302,
      location: "https://files.bank.localhost:8443/reports/2026-11.pdf?download=1",
      withheld: withheldToken,
      connection: {
        ...connection,
        tls: { ...tls, verdict: { ...tls.verdict, verified: false, accepted: true, code: "tls.self-signed" } },
      },
      timings: { ...noTimings, send: 0.2, wait: 18, total: 18.6 },
    },
  ],
  notes: [
    {
      level: "warning",
      text: "Authorization was not sent on to files.bank.localhost:8443, because padlock.secrets does not allow API_TOKEN there.",
    },
    { level: "information", text: "A remark that is no warning." },
  ],
  timings: { ...timings, total: 257.6 },
};

/** A certificate that does not verify, at a host that the person's own settings name. */
export const accepted: ExchangeView = {
  ...mutualTls,
  id: "exchange-12",
  connection: {
    ...connection,
    tls: {
      ...tls,
      verdict: {
        verified: false,
        accepted: true,
        code: "tls.self-signed",
        reason:
          "The server's certificate is signed by itself. Your own settings accept that for this host (padlock.unverifiedHosts).",
        trust: tls.verdict.trust,
        findings: [{ level: "error", text: "The server's certificate is signed by itself" }],
      },
      chain: [leaf],
    },
  },
  verdict: { kind: "not-verified", text: "Not verified · accepted by your settings" },
};

const hop = redirected.redirects[1];
export const redirectRefused: ExchangeView = {
  ...redirected,
  id: "exchange-13",
  response: null,
  failure: {
    code: "redirect.too-many",
    title: "The server redirected more than 10 times",
    detail: "api.bank.localhost:8443 answered with status 302 and would send the request on once more.",
    fix: "Where the way repeats itself, the server sends the request in a circle.",
    location: null,
    setting: null,
    requestSent: true,
  },
  redirects: hop ? Array.from({ length: 10 }, () => hop) : [],
};

/** Every fact that a connection can have, through a proxy, with a chain that is sent badly. */
export const fullReport: ExchangeView = {
  ...mutualTls,
  id: "exchange-14",
  connection: {
    ...connection,
    remoteAddress: "2001:db8::7",
    remotePort: 3128,
    localAddress: "192.0.2.10",
    attempts: [
      { address: "2001:db8::7", port: 3128, outcome: "failed", milliseconds: 0.4, problem: "ECONNREFUSED" },
      { address: "192.0.2.7", port: 3128, outcome: "connected", milliseconds: 12.2, problem: null },
    ],
    proxy: { kind: "http", host: "proxy.bank.localhost", port: 3128, source: "HTTPS_PROXY", tls: null },
    tls: {
      ...tls,
      nameOverride: "api.bank.localhost",
      stapled: true,
      ocsp: {
        status: "good",
        verified: true,
        problem: null,
        producedAt: "2026-11-21T06:00:00.000Z",
        thisUpdate: "2026-11-21T06:00:00.000Z",
        nextUpdate: "2026-11-28T05:59:59.000Z",
        revokedAt: null,
        revocationReason: null,
        responder: "CN=Bank Dev Intermediate, O=Bank, C=DE",
      },
      scts: [
        {
          logId: "DleUvPOuqT4zGyyZB7P3kN+bwj1xMiXdIaklrGHFTiE=",
          timestamp: "2026-09-11T10:02:11.312Z",
          version: 1,
          source: "certificate",
        },
        {
          logId: "ZBHEbKQS7KeJHKICLgC8q08oB9QeNSer6v7VA8l9zfA=",
          timestamp: "2026-09-11T10:02:11.498Z",
          version: 1,
          source: "certificate",
        },
      ],
      chain: [
        {
          ...leaf,
          mustStaple: true,
          basicConstraints: { isAuthority: false, pathLength: null },
          policies: [{ oid: "2.23.140.1.2.1", meaning: "DV" }],
          subjectKeyId: "0F:80:61:1C:82:31:61:D5:2F:28:E7:8D:46:38:B4:2C:E1:C6:D9:E2",
          authorityKeyId: "BB:BC:C3:47:A5:E4:BC:A9:C6:C3:A4:72:0C:10:8D:A2:35:E1:C8:E8",
          ocspUrls: ["http://ocsp.bank.localhost/"],
          crlUrls: ["http://crl.bank.localhost/dev-intermediate.crl"],
          issuerUrls: ["http://pki.bank.localhost/dev-intermediate.der"],
        },
        {
          ...intermediate,
          keyUsages: ["keyCertSign", "cRLSign"],
          extendedKeyUsages: [],
          basicConstraints: { isAuthority: true, pathLength: 0 },
          nameConstraints: "permitted: DNS:bank.localhost, IP:127.0.0.0/8",
        },
        { ...root, keyUsages: ["keyCertSign"], extendedKeyUsages: [] },
      ],
      sent: [leaf, extraSent, intermediate],
      verdict: {
        ...tls.verdict,
        findings: [
          ...tls.verdict.findings,
          { level: "ok", text: "Post-quantum key exchange: X25519MLKEM768" },
          { level: "ok", text: "Not revoked, says the stapled OCSP response" },
          { level: "note", text: "The server sends 1 certificate that the chain does not need" },
        ],
      },
    },
  },
};

const receivedCookies = [
  receivedCookie({ name: "theme", header: mutualTls.response?.headers.findIndex(({ masked }) => masked) ?? 0 }),
  receivedCookie({ name: "old", header: -1, outcome: "removed", cookie: cookieFacts({ name: "old", value: "" }) }),
  receivedCookie({ name: "ad", header: -1, outcome: "refused", reason: "com is a public suffix" }),
  receivedCookie({ name: hostileMark, header: -1, cookie: null, outcome: "refused", reason: "it has no name" }),
];
const firstHop = redirected.redirects[0];
/** Cookies of the response, of the jar, withheld ones and those of a redirect. */
export const withCookies: ExchangeView = {
  ...mutualTls,
  cookies: {
    sent: [cookieFacts({ name: "sid", hostOnly: false, domain: "bank.localhost" })],
    withheld: [{ name: "key", secrets: ["API_TOKEN"] }],
    received: receivedCookies,
  },
  redirects: firstHop ? [{ ...firstHop, cookies: cookies({ received: [receivedCookie({ name: "hop" })] }) }] : [],
};

const eventText =
  'event: price\ndata: {"symbol":"ACME","price":101.5}\n\nevent: price\ndata: {"symbol":"ACME","price":101.7}\n\n';

/** An event stream that is still coming in. */
export const receiving: ExchangeView = {
  ...mutualTls,
  id: "exchange-30",
  receiving: true,
  request: { ...mutualTls.request, url: "https://events.localhost:8443/prices" },
  response: {
    httpVersion: "HTTP/1.1",
    status: 200,
    statusText: "OK",
    headers: [
      { name: "Content-Type", value: "text/event-stream" },
      { name: "Transfer-Encoding", value: "chunked" },
    ],
    informational: [{ status: 103, statusText: "Early Hints", headers: [{ name: "Link", value: "</a.css>" }] }],
    body: body("text", eventText, { mediaType: "text/event-stream" }),
  },
};

/** The same one later. */
export const receivedMore: ExchangeView = {
  ...receiving,
  response: receiving.response && {
    ...receiving.response,
    body: body("text", `${eventText}event: end\ndata: {}\n\n`, { mediaType: "text/event-stream" }),
  },
};

const { receiving: _isOver, ...ended } = receiving;
/** What had come before the connection broke. */
export const partial: ExchangeView = {
  ...ended,
  id: "exchange-31",
  response: receiving.response && {
    ...receiving.response,
    partial: true,
    trailers: [{ name: "X-Checksum", value: "9f86d081" }],
  },
  failure: {
    code: "network.reset",
    title: "The connection broke in the middle of the response",
    detail: "events.localhost ended the connection before the whole response had come.",
    fix: "Send again. If it happens every time, look into the server's log, or at a proxy between.",
    location: null,
    setting: null,
    requestSent: true,
  },
};
