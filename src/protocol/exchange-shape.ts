import { type FailureCode, failureCodes } from "../common/failure.ts";
import type { Note } from "../common/note.ts";
import type { SourceLocation } from "../common/range.ts";
import type {
  CertificateReport,
  ClientCertificateReport,
  ConnectionReport,
  Finding,
  KeyExchange,
  Timings,
  TlsReport,
  Verdict,
} from "../transport/report.ts";
import type {
  BodyView,
  ExchangeView,
  FailureView,
  HeaderView,
  RedirectView,
  RequestView,
  ResponseView,
  VerdictView,
  WithheldView,
} from "./exchange-view.ts";
import { arrayOf, type Check, isBoolean, isNumber, isString, nullable, oneOf, shape } from "./shape.ts";

const isFailureCode: Check<FailureCode> = oneOf(...failureCodes);

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

const isResponse = shape<ResponseView>({
  httpVersion: isString,
  status: isNumber,
  statusText: isString,
  headers: arrayOf(isHeader),
  body: isBody,
});

const isLocation = shape<SourceLocation>(
  { file: isString, line: isNumber, column: isNumber, endColumn: isNumber, lineText: isString },
  "endColumn",
  "lineText",
);

const isFailure = shape<FailureView>({
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
  daysLeft: isNumber,
  serialNumber: isString,
  keyType: isString,
  keyBits: nullable(isNumber),
  curve: nullable(isString),
  signatureAlgorithm: isString,
  fingerprint256: isString,
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
    findings: arrayOf(shape<Finding>({ level: oneOf("ok", "warning", "error"), text: isString })),
  },
  "accepted",
);

const isTls = shape<TlsReport>({
  protocol: nullable(isString),
  cipherSuite: nullable(isString),
  alpn: nullable(isString),
  keyExchange: nullable(shape<KeyExchange>({ group: isString, bits: nullable(isNumber), postQuantum: isBoolean })),
  serverName: nullable(isString),
  sessionResumed: isBoolean,
  verdict: isVerdict,
  clientCertificate: shape<ClientCertificateReport>({
    configured: nullable(isCertificate),
    requested: nullable(isBoolean),
    presented: isBoolean,
  }),
  chain: arrayOf(isCertificate),
});

const isConnection = shape<ConnectionReport>({
  encrypted: isBoolean,
  remoteAddress: nullable(isString),
  remotePort: nullable(isNumber),
  reused: isBoolean,
  openedAt: isString,
  tls: nullable(isTls),
});

const isTimings = shape<Timings>({
  blocked: nullable(isNumber),
  dns: nullable(isNumber),
  connect: nullable(isNumber),
  ssl: nullable(isNumber),
  send: nullable(isNumber),
  wait: nullable(isNumber),
  receive: nullable(isNumber),
  total: isNumber,
});

const hasExchangeFields = shape<ExchangeView>({
  id: isString,
  startedAt: isString,
  request: isRequest,
  response: nullable(isResponse),
  failure: nullable(isFailure),
  connection: nullable(isConnection),
  timings: isTimings,
  redirects: arrayOf(
    shape<RedirectView>({
      method: isString,
      url: isString,
      status: isNumber,
      location: isString,
      withheld: arrayOf(
        shape<WithheldView>({ part: oneOf("header", "body"), name: nullable(isString), secrets: arrayOf(isString) }),
      ),
      connection: nullable(isConnection),
      timings: isTimings,
    }),
  ),
  notes: arrayOf(shape<Note>({ level: oneOf("information", "warning"), text: isString })),
  verdict: shape<VerdictView>({
    kind: oneOf("verified", "not-verified", "not-encrypted", "not-connected"),
    text: isString,
  }),
});

/** Exactly one of `response` and `failure` must be there: the contract that the type alone cannot say. */
export const isExchangeView: Check<ExchangeView> = (value): value is ExchangeView =>
  hasExchangeFields(value) && (value.response === null) !== (value.failure === null);
