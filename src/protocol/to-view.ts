import type { FailureCode } from "../common/failure.ts";
import type { Exchange, Hop } from "../runner/exchange.ts";
import type { ConnectionReport } from "../transport/report.ts";
import { viewBody } from "./body-view.ts";
import type {
  BodyView,
  ExchangeView,
  FailureView,
  HeaderView,
  RedirectView,
  RequestView,
  ResponseView,
  VerdictView,
} from "./exchange-view.ts";

/**
 * The only way from an exchange to anything that a person, a file or another program sees. Redaction happens here:
 * bodies as a whole before they are laid out, every other string of the view on its own.
 */
export function toView(exchange: Exchange): ExchangeView {
  const { redactor } = exchange;
  const redact = <T>(value: T): T => mapStrings(value, (text) => redactor.redact(text));
  return {
    id: exchange.id,
    startedAt: exchange.startedAt,
    request: { ...redact(viewRequest(exchange)), body: viewRequestBody(exchange) },
    response: viewResponse(exchange, redact),
    failure: redact(viewFailure(exchange)),
    connection: redact(exchange.connection ?? null),
    timings: exchange.timings,
    redirects: redact(exchange.redirects.map(viewRedirect)),
    notes: redact(exchange.notes),
    verdict: viewVerdict(exchange.connection),
  };
}

function viewRequest({ request, sentHeaders, source }: Exchange): Omit<RequestView, "body"> {
  return {
    name: source.name ?? null,
    method: request?.method ?? source.method,
    url: request?.url.href ?? source.url,
    headers: viewHeaders(sentHeaders),
    file: source.file,
    line: source.line,
  };
}

function viewRequestBody({ request, redactor }: Exchange): BodyView | null {
  if (!request?.body) return null;
  // Inline bodies are UTF-8, whatever charset the header tells the server.
  const mediaType = fieldValue(request.headers, "content-type").split(";")[0] ?? "";
  return viewBody(request.body, request.body.length, mediaType, redactor);
}

function viewResponse({ outcome, redactor }: Exchange, redact: <T>(value: T) => T): ResponseView | null {
  if (outcome.kind !== "response") return null;
  const { httpVersion, status, statusText, headers, body, encodedBodySize } = outcome.response;
  const shown = redact({ httpVersion: `HTTP/${httpVersion}`, status, statusText, headers: viewHeaders(headers) });
  return { ...shown, body: viewBody(body, encodedBodySize, fieldValue(headers, "content-type"), redactor) };
}

function viewRedirect({ withheld, connection, ...hop }: Hop): RedirectView {
  return {
    ...hop,
    connection: connection ?? null,
    withheld: withheld.map(({ part, name, secrets }) => ({ part, name: name ?? null, secrets })),
  };
}

function viewFailure({ outcome }: Exchange): FailureView | null {
  if (outcome.kind !== "failure") return null;
  const { code, title, detail, fix, location, setting } = outcome.failure;
  return {
    code,
    title,
    detail,
    fix,
    location: location ?? null,
    setting: setting ?? null,
    requestSent: outcome.requestSent,
  };
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

function viewVerdict(connection: ConnectionReport | undefined): VerdictView {
  if (!connection) return { kind: "not-connected", text: "No connection was made" };
  if (!connection.encrypted) return { kind: "not-encrypted", text: "Not encrypted · loopback only" };
  const { tls } = connection;
  if (!tls) return { kind: "not-verified", text: "Not verified · the handshake did not end" };
  if (!tls.verdict.verified) {
    const { code } = tls.verdict;
    return { kind: "not-verified", text: `Not verified · ${(code && refusals[code]) ?? "refused"}` };
  }
  const parts = ["Verified", tls.protocol?.replace("TLSv", "TLS ")];
  if (tls.clientCertificate.presented) parts.push("client certificate sent");
  return { kind: "verified", text: parts.filter(Boolean).join(" · ") };
}

function viewHeaders(headers: readonly (readonly [name: string, value: string])[]): HeaderView[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function fieldValue(headers: readonly (readonly [name: string, value: string])[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

/** A copy of a JSON value with every string mapped; names of members are ours and stay. */
function mapStrings<T>(value: T, map: (text: string) => string): T {
  if (typeof value === "string") return map(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, member]) => [key, mapStrings(member, map)]);
  return Object.fromEntries(entries) as T;
}
