import { type FailureCode, failureCodes } from "../common/failure.ts";
import type { Note } from "../common/note.ts";
import type { SourceLocation } from "../common/range.ts";
import type {
  AttemptReport,
  BasicConstraintsReport,
  CertificateReport,
  ClientCertificateReport,
  ConnectionReport,
  Finding,
  KeyExchange,
  OcspReport,
  PolicyReport,
  ProxyReport,
  SctReport,
  SessionTicketReport,
  Timings,
  TlsReport,
  Verdict,
} from "../transport/report.ts";
import { isCookiesView } from "./cookie-shape.ts";
import type {
  BodyView,
  ExchangeView,
  FailureView,
  HeaderView,
  InformationalView,
  RedirectView,
  RequestView,
  ResponseView,
  VerdictView,
  WithheldView,
} from "./exchange-view.ts";
import { arrayOf, type Check, isBoolean, isNumber, isString, nullable, oneOf, shape } from "./shape.ts";

const isFailureCode: Check<FailureCode> = oneOf(...failureCodes);

const isTrue: Check<true> = (value): value is true => value === true;

const isHeader = shape<HeaderView>({ name: isString, value: isString, masked: isBoolean }, "masked");

const isBody = shape<BodyView>({
  mediaType: isString,
  kind: oneOf("json", "text", "binary", "empty"),
  text: isString,
  raw: nullable(isString),
  size: isNumber,
  encodedSize: isNumber,
  truncated: isBoolean,
});

const isRequest = shape<RequestView>(
  {
    name: nullable(isString),
    method: isString,
    url: isString,
    headers: arrayOf(isHeader),
    body: nullable(isBody),
    file: isString,
    line: isNumber,
    noLog: isBoolean,
    secrets: arrayOf(isString),
  },
  "noLog",
  "secrets",
);

const isResponse = shape<ResponseView>(
  {
    httpVersion: isString,
    status: isNumber,
    statusText: isString,
    headers: arrayOf(isHeader),
    body: isBody,
    informational: arrayOf(
      shape<InformationalView>({ status: isNumber, statusText: isString, headers: arrayOf(isHeader) }),
    ),
    trailers: arrayOf(isHeader),
    partial: isTrue,
  },
  "informational",
  "trailers",
  "partial",
);

const isLocation = shape<SourceLocation>(
  { file: isString, line: isNumber, column: isNumber, endColumn: isNumber, lineText: isString },
  "endColumn",
  "lineText",
);

export const isFailure = shape<FailureView>({
  code: isFailureCode,
  title: isString,
  detail: isString,
  fix: isString,
  location: nullable(isLocation),
  setting: nullable(isString),
  requestSent: isBoolean,
});

const isCertificate = shape<CertificateReport>({
  subject: isString,
  issuer: isString,
  subjectName: isString,
  issuerName: isString,
  subjectAltNames: arrayOf(isString),
  notBefore: isString,
  notAfter: isString,
  validDays: isNumber,
  daysLeft: isNumber,
  serialNumber: isString,
  keyType: isString,
  keyBits: nullable(isNumber),
  curve: nullable(isString),
  signatureAlgorithm: isString,
  fingerprint256: isString,
  spkiPin: isString,
  version: isNumber,
  keyUsages: arrayOf(isString),
  extendedKeyUsages: arrayOf(isString),
  basicConstraints: nullable(shape<BasicConstraintsReport>({ isAuthority: isBoolean, pathLength: nullable(isNumber) })),
  nameConstraints: nullable(isString),
  policies: arrayOf(shape<PolicyReport>({ oid: isString, meaning: nullable(oneOf("DV", "OV", "IV", "EV")) })),
  mustStaple: isBoolean,
  subjectKeyId: nullable(isString),
  authorityKeyId: nullable(isString),
  ocspUrls: arrayOf(isString),
  crlUrls: arrayOf(isString),
  issuerUrls: arrayOf(isString),
  isAuthority: isBoolean,
  selfSigned: isBoolean,
  source: nullable(oneOf("server", "trust store")),
  pem: isString,
});

const isVerdict = shape<Verdict>(
  {
    verified: isBoolean,
    accepted: (value): value is true => value === true,
    code: nullable(isFailureCode),
    reason: isString,
    trust: isString,
    findings: arrayOf(shape<Finding>({ level: oneOf("ok", "note", "warning", "error"), text: isString })),
  },
  "accepted",
);

const isOcsp = shape<OcspReport>({
  status: oneOf("good", "revoked", "unknown", "unreadable"),
  verified: isBoolean,
  problem: nullable(isString),
  producedAt: nullable(isString),
  thisUpdate: nullable(isString),
  nextUpdate: nullable(isString),
  revokedAt: nullable(isString),
  revocationReason: nullable(isString),
  responder: nullable(isString),
});

const isSct = shape<SctReport>({
  logId: isString,
  timestamp: isString,
  version: isNumber,
  source: oneOf("certificate", "ocsp"),
});

const isTls = shape<TlsReport>({
  protocol: nullable(isString),
  cipherSuite: nullable(isString),
  alpn: nullable(isString),
  keyExchange: nullable(shape<KeyExchange>({ group: isString, bits: nullable(isNumber), postQuantum: isBoolean })),
  signatureScheme: nullable(isString),
  serverName: nullable(isString),
  nameOverride: nullable(isString),
  sessionResumed: isBoolean,
  earlyData: (value): value is false => value === false,
  sessionTicket: nullable(shape<SessionTicketReport>({ lifetime: nullable(isNumber), count: isNumber })),
  stapled: nullable(isBoolean),
  ocsp: nullable(isOcsp),
  scts: nullable(arrayOf(isSct)),
  verdict: isVerdict,
  clientCertificate: shape<ClientCertificateReport>({
    configured: nullable(isCertificate),
    requested: nullable(isBoolean),
    presented: isBoolean,
    acceptedAuthorities: nullable(arrayOf(isString)),
  }),
  chain: arrayOf(isCertificate),
  sent: nullable(arrayOf(isCertificate)),
  trustSource: nullable(isString),
  certificateName: nullable(isString),
});

const isAttempt = shape<AttemptReport>({
  address: isString,
  port: isNumber,
  outcome: oneOf("connected", "failed", "timed out", "not needed"),
  milliseconds: nullable(isNumber),
  problem: nullable(isString),
});

const isProxy = shape<ProxyReport>({
  kind: oneOf("http", "https", "socks5"),
  host: isString,
  port: isNumber,
  source: isString,
  tls: nullable(isTls),
});

export const isConnection = shape<ConnectionReport>({
  encrypted: isBoolean,
  remoteAddress: nullable(isString),
  remotePort: nullable(isNumber),
  localAddress: nullable(isString),
  attempts: arrayOf(isAttempt),
  proxy: nullable(isProxy),
  socketPath: nullable(isString),
  reused: isBoolean,
  openedAt: isString,
  tls: nullable(isTls),
});

export const isTimings = shape<Timings>({
  blocked: nullable(isNumber),
  dns: nullable(isNumber),
  connect: nullable(isNumber),
  ssl: nullable(isNumber),
  send: nullable(isNumber),
  wait: nullable(isNumber),
  receive: nullable(isNumber),
  total: isNumber,
});

export const isNote = shape<Note>({ level: oneOf("information", "warning"), text: isString });

export const isVerdictView = shape<VerdictView>({
  kind: oneOf("verified", "not-verified", "not-encrypted", "not-connected"),
  text: isString,
});

const hasExchangeFields = shape<ExchangeView>(
  {
    id: isString,
    startedAt: isString,
    request: isRequest,
    response: nullable(isResponse),
    failure: nullable(isFailure),
    connection: nullable(isConnection),
    timings: isTimings,
    redirects: arrayOf(
      shape<RedirectView>(
        {
          cookies: isCookiesView,
          method: isString,
          url: isString,
          status: isNumber,
          location: isString,
          withheld: arrayOf(
            shape<WithheldView>({
              part: oneOf("header", "body"),
              name: nullable(isString),
              secrets: arrayOf(isString),
            }),
          ),
          connection: nullable(isConnection),
          timings: isTimings,
        },
        "cookies",
      ),
    ),
    cookies: isCookiesView,
    notes: arrayOf(isNote),
    verdict: isVerdictView,
    receiving: isTrue,
  },
  "cookies",
  "receiving",
);

/** Exactly one of `response` and `failure` must be there, both only for a partial response: the contract that the type alone cannot say. */
export const isExchangeView: Check<ExchangeView> = (value): value is ExchangeView =>
  hasExchangeFields(value) &&
  (value.response?.partial ? value.failure !== null : (value.response === null) !== (value.failure === null));
