import type { FailureCode } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { beginningOf, sizeOf } from "../common/request-body.ts";
import type { Exchange, Hop } from "../runner/exchange.ts";
import type { Inspection } from "../runner/inspect/inspect-host.ts";
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
import { isOnThisMachine } from "./route-text.ts";
import { viewCookies } from "./to-cookie-view.ts";

/**
 * The only way from an exchange to anything that a person, a file or another program sees. Redaction happens here:
 * bodies as a whole before they are laid out, every other string of the view on its own. After it, credentials that
 * nobody has listed are masked: in headers, URLs, texts and the request's fields, not in what a server answers.
 */
export function toView(exchange: Exchange): ExchangeView {
  const { redactor } = exchange;
  const redact = <T>(value: T): T => (redactor.isEmpty ? value : mapStrings(value, (text) => redactor.redact(text)));
  const masks = new CredentialMasks(redactor);
  // Headers and URLs before the texts: what they hide is hidden where a text repeats it.
  const request = { ...redact(viewRequest(exchange)), ...maskRequest(exchange, masks) };
  const response = viewResponse(exchange, masks);
  const redirects = exchange.redirects.map((hop) => ({
    ...redact(viewRedirect(hop)),
    ...maskHop(hop, masks),
    ...viewCookies(hop.cookies, masks),
  }));
  const cookies = viewCookies(exchange.cookies, masks);
  return {
    id: exchange.id,
    startedAt: exchange.startedAt,
    request: { ...request, headers: masks.withoutEchoes(request.headers), body: viewRequestBody(exchange, masks) },
    response: response && withoutEchoes(response, masks),
    failure: mapStrings(viewFailure(exchange), (text) => masks.text(text)),
    connection: redact(exchange.connection ?? null),
    timings: exchange.timings,
    redirects,
    ...cookies,
    notes: mapStrings(exchange.notes, (text) => masks.text(text)),
    verdict: viewVerdict(exchange.connection),
    ...(exchange.receiving && { receiving: true }),
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

function withoutEchoes(response: ResponseView, masks: CredentialMasks): ResponseView {
  const { headers, informational, trailers } = response;
  return {
    ...response,
    headers: masks.withoutEchoes(headers),
    ...(informational && {
      informational: informational.map((one) => ({ ...one, headers: masks.withoutEchoes(one.headers) })),
    }),
    ...(trailers && { trailers: masks.withoutEchoes(trailers) }),
  };
}

function viewRequestBody({ request, redactor }: Exchange, masks: CredentialMasks): BodyView | null {
  if (!request?.body) return null;
  // Inline bodies are UTF-8, whatever charset the header tells the server.
  const mediaType = fieldValue(request.headers, "content-type").split(";")[0] ?? "";
  const bytes = beginningOf(request.body);
  const size = sizeOf(request.body);
  const shown = { bytes, size, encodedSize: size, isCut: size > bytes.length };
  return viewBody(shown, mediaType, redactor, (...body) => masks.requestBody(...body));
}

function viewResponse({ outcome, redactor, receiving }: Exchange, masks: CredentialMasks): ResponseView | null {
  const isPartial = outcome.kind === "failure";
  const response = isPartial ? outcome.received : outcome.response;
  if (!response) return null;
  const { httpVersion, status, statusText, headers, informational, trailers, body, bodySize } = response;
  const shownHeaders = masks.headers(headers);
  const shown = {
    bytes: body,
    size: bodySize,
    encodedSize: response.encodedBodySize,
    isCut: isPartial || receiving === true || bodySize > body.length,
  };
  return {
    httpVersion: `HTTP/${httpVersion}`,
    status,
    statusText: masks.text(statusText),
    headers: shownHeaders,
    body: viewBody(shown, fieldValue(headers, "content-type"), redactor),
    ...(informational.length > 0 && {
      informational: informational.map((one) => ({
        status: one.status,
        statusText: masks.text(one.statusText),
        headers: masks.headers(one.headers),
      })),
    }),
    ...(trailers.length > 0 && { trailers: masks.headers(trailers) }),
    ...(isPartial && { partial: true as const }),
  };
}

function viewRedirect({
  method,
  status,
  withheld,
  connection,
  timings,
}: Hop): Omit<RedirectView, "url" | "location" | "cookies"> {
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

export function viewFailure({ outcome }: Pick<Exchange, "outcome"> | Pick<Inspection, "outcome">): FailureView | null {
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
  "tls.crl-missing": "no revocation list",
  "tls.crl-expired": "revocation list out of date",
  "tls.pin-mismatch": "not the pinned key",
  "tls.weak-signature": "weak signature",
  "tls.weak-key": "weak key",
  "tls.wrong-purpose": "certificate for another purpose",
};

const acceptedByPerson = "accepted by your settings";

export function viewVerdict(connection: ConnectionReport | undefined): VerdictView {
  if (!connection) return { kind: "not-connected", text: "No connection was made" };
  if (!connection.encrypted) {
    const isHere = isOnThisMachine(connection);
    return { kind: "not-encrypted", text: `Not encrypted · ${isHere ? "loopback only" : acceptedByPerson}` };
  }
  const { tls } = connection;
  if (!tls && connection.proxy?.tls?.verdict.verified === false) {
    return { kind: "not-verified", text: "Not verified · the proxy's certificate was refused" };
  }
  if (!tls && connection.proxy) {
    return { kind: "not-verified", text: "Not verified · no certificate came through the proxy" };
  }
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
const ownWords = new Set(["code", "kind", "level", "meaning", "outcome", "part", "source", "status"]);

/** A copy of a JSON value with every string mapped; names of members and words of ours stay. */
export function mapStrings<T>(value: T, map: (text: string) => string): T {
  if (typeof value === "string") return map(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    ownWords.has(key) ? member : mapStrings(member, map),
  ]);
  return Object.fromEntries(entries) as T;
}
