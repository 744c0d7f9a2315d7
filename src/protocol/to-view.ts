import type { FailureCode } from "../common/failure.ts";
import { isLoopbackAddress } from "../common/loopback.ts";
import type { SourceLocation } from "../common/range.ts";
import { beginningOf, sizeOf } from "../common/request-body.ts";
import type { Exchange, Hop } from "../runner/exchange.ts";
import type { ConnectionReport } from "../transport/report.ts";
import { viewBody } from "./body-view.ts";
import type {
  BodyView,
  ExchangeView,
  FailureView,
  RedirectView,
  RequestView,
  ResponseView,
  VerdictView,
} from "./exchange-view.ts";
import { CredentialMasks } from "./masking/credential-masks.ts";
import { holdsCredential } from "./masking/source-line.ts";

/**
 * The only way from an exchange to anything that a person, a file or another program sees. Redaction happens here:
 * bodies as a whole before they are laid out, every other string of the view on its own. After it, credentials that
 * nobody has listed are masked: in headers, URLs, texts and the request's fields, not in what a server answers.
 */
export function toView(exchange: Exchange): ExchangeView {
  const { redactor } = exchange;
  const redact = <T>(value: T): T => mapStrings(value, (text) => redactor.redact(text));
  const masks = new CredentialMasks(redactor);
  // Headers and URLs before the texts: what they hide is hidden where a text repeats it.
  const request = { ...redact(viewRequest(exchange)), ...maskRequest(exchange, masks) };
  const response = viewResponse(exchange, masks);
  const redirects = exchange.redirects.map((hop) => ({ ...redact(viewRedirect(hop)), ...maskHop(hop, masks) }));
  return {
    id: exchange.id,
    startedAt: exchange.startedAt,
    request: { ...request, headers: masks.withoutEchoes(request.headers), body: viewRequestBody(exchange, masks) },
    response: response && { ...response, headers: masks.withoutEchoes(response.headers) },
    failure: mapStrings(viewFailure(exchange), (text) => masks.text(text)),
    connection: redact(exchange.connection ?? null),
    timings: exchange.timings,
    redirects,
    notes: mapStrings(exchange.notes, (text) => masks.text(text)),
    verdict: viewVerdict(exchange.connection),
  };
}

function viewRequest({ request, source }: Exchange): Omit<RequestView, "body" | "headers" | "url"> {
  const parts = request ? [request.urlSecrets, request.bodySecrets, ...request.headerSecrets] : [];
  const secrets = [...new Set(parts.flatMap((part) => part.secrets))];
  return {
    name: source.name ?? null,
    method: request?.method ?? source.method,
    file: source.file,
    line: source.line,
    ...(source.noLog ? { noLog: true } : {}),
    ...(secrets.length > 0 ? { secrets } : {}),
  };
}

function maskRequest({ request, sentHeaders, source }: Exchange, masks: CredentialMasks) {
  const url = request ? masks.url(request.url.href) : masks.sourceUrl(source.url);
  return { url, headers: masks.headers(sentHeaders) };
}

function viewRequestBody({ request, redactor }: Exchange, masks: CredentialMasks): BodyView | null {
  if (!request?.body) return null;
  // Inline bodies are UTF-8, whatever charset the header tells the server.
  const mediaType = fieldValue(request.headers, "content-type").split(";")[0] ?? "";
  return viewBody(beginningOf(request.body), sizeOf(request.body), mediaType, redactor, (...body) =>
    masks.requestBody(...body),
  );
}

function viewResponse({ outcome, redactor }: Exchange, masks: CredentialMasks): ResponseView | null {
  if (outcome.kind !== "response") return null;
  const { httpVersion, status, statusText, headers, body, encodedBodySize } = outcome.response;
  const shownHeaders = masks.headers(headers);
  return {
    httpVersion: `HTTP/${httpVersion}`,
    status,
    statusText: masks.text(statusText),
    headers: shownHeaders,
    body: viewBody(body, encodedBodySize, fieldValue(headers, "content-type"), redactor),
  };
}

function viewRedirect({ method, status, withheld, connection, timings }: Hop): Omit<RedirectView, "url" | "location"> {
  return {
    method,
    status,
    timings,
    connection: connection ?? null,
    withheld: withheld.map(({ part, name, secrets }) => ({ part, name: name ?? null, secrets })),
  };
}

function maskHop({ url, location }: Hop, masks: CredentialMasks) {
  return { url: masks.url(url), location: masks.url(location) };
}

function viewFailure({ outcome }: Exchange): FailureView | null {
  if (outcome.kind !== "failure") return null;
  const { code, title, detail, fix, location, setting } = outcome.failure;
  return {
    code,
    title,
    detail,
    fix,
    location: location ? withoutCredential(location) : null,
    setting: setting ?? null,
    requestSent: outcome.requestSent,
  };
}

/** A line that a credential is written into is left out. */
function withoutCredential({ lineText, ...place }: SourceLocation): SourceLocation {
  return lineText === undefined || holdsCredential(lineText) ? place : { ...place, lineText };
}

/** The reason in two or three words, for the badge. */
const refusals: Partial<Readonly<Record<FailureCode, string>>> = {
  "tls.expired": "certificate expired",
  "tls.not-yet-valid": "certificate not valid yet",
  "tls.hostname-mismatch": "certificate for another host",
  "tls.self-signed": "self-signed certificate",
  "tls.unknown-authority": "unknown authority",
  "tls.incomplete-chain": "incomplete chain",
  "tls.revoked": "certificate revoked",
  "tls.weak-signature": "weak signature",
  "tls.weak-key": "weak key",
  "tls.wrong-purpose": "certificate for another purpose",
};

const acceptedByPerson = "accepted by your settings";

function viewVerdict(connection: ConnectionReport | undefined): VerdictView {
  if (!connection) return { kind: "not-connected", text: "No connection was made" };
  if (!connection.encrypted) {
    const isHere = isLoopbackAddress(connection.remoteAddress ?? "");
    return { kind: "not-encrypted", text: `Not encrypted · ${isHere ? "loopback only" : acceptedByPerson}` };
  }
  const { tls } = connection;
  if (!tls) return { kind: "not-verified", text: "Not verified · the handshake did not end" };
  if (!tls.verdict.verified) {
    const { code, accepted } = tls.verdict;
    return {
      kind: "not-verified",
      text: `Not verified · ${accepted ? acceptedByPerson : ((code && refusals[code]) ?? "refused")}`,
    };
  }
  const parts = ["Verified", tls.protocol?.replace("TLSv", "TLS ")];
  if (tls.clientCertificate.presented) parts.push("client certificate sent");
  return { kind: "verified", text: parts.filter(Boolean).join(" · ") };
}

function fieldValue(headers: readonly (readonly [name: string, value: string])[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

/** Members whose values are words of ours, which those who read a view know. */
const ownWords = new Set(["code", "level", "part", "source"]);

/** A copy of a JSON value with every string mapped; names of members and words of ours stay. */
function mapStrings<T>(value: T, map: (text: string) => string): T {
  if (typeof value === "string") return map(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    ownWords.has(key) ? member : mapStrings(member, map),
  ]);
  return Object.fromEntries(entries) as T;
}
