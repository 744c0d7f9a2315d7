import { assertNever } from "../common/assert-never.ts";
import { hostAndPath } from "../common/url-text.ts";
import type { ConnectionReport, ExchangeView, RedirectView, Timings } from "./exchange-view.ts";
import { proxyAddress } from "./route-text.ts";

/** How loud a line is. */
export type LogLevel = "info" | "warn" | "error";

/** `logfmt`: `key=value` pairs, absent ones left out. `json`: one object with every key, absent ones null. */
export type LogFormat = "logfmt" | "json";

export interface LogLine {
  readonly level: LogLevel;
  /** Without a line end. */
  readonly text: string;
}

type Value = string | number | boolean | null;
type Fields = Readonly<Record<string, Value>>;

/** In UTF-16 units; a path can be as long as a server likes. */
const maxValue = 1000;

/**
 * The log's lines for an exchange: one for each redirect that was followed (marked `hop`), then the exchange's own.
 * Made from the redacted view only; no value of a query, no header and no body is ever in them. None for `@no-log`.
 */
export function logLines(exchange: ExchangeView, format: LogFormat = "logfmt"): readonly LogLine[] {
  if (exchange.request.noLog) return [];
  const fields = [...exchange.redirects.map((hop, index) => hopFields(exchange, hop, index + 1)), lastFields(exchange)];
  return fields.map(({ level, values }) => ({ level, text: written({ level, ...values }, format) }));
}

interface Leveled {
  readonly level: LogLevel;
  readonly values: Fields;
}

function hopFields(exchange: ExchangeView, hop: RedirectView, number: number): Leveled {
  const { method, url, status, connection, timings } = hop;
  const values = {
    ...startOf(exchange, method, url),
    status,
    failure: null,
    ...phasesOf(timings),
    sent_bytes: null,
    received_bytes: null,
    decoded_bytes: null,
    ...connectionOf(connection, connectionVerdict(connection)),
    hop: number,
    hops: null,
    ...endOf(exchange),
  };
  return { level: "info", values };
}

function lastFields(exchange: ExchangeView): Leveled {
  const { request, response, failure, connection, timings, verdict, redirects } = exchange;
  const wasSent = response !== null || failure?.requestSent === true;
  const values = {
    ...startOf(exchange, request.method, request.url),
    status: response?.status ?? null,
    failure: failure?.code ?? null,
    ...phasesOf(timings),
    sent_bytes: wasSent ? (request.body?.encodedSize ?? 0) : null,
    received_bytes: response?.body.encodedSize ?? null,
    decoded_bytes: response?.body.size ?? null,
    ...connectionOf(connection, verdict.kind),
    hop: null,
    hops: redirects.length,
    ...endOf(exchange),
  };
  return { level: levelOf(failure), values };
}

function startOf({ startedAt, request: { name } }: ExchangeView, method: string, url: string): Fields {
  const { host, path, query } = hostAndPath(url);
  return { time: startedAt, name, method, host: host || null, path: pathWithoutValues(path), query: queryNames(query) };
}

function endOf({ id, request: { file, line } }: ExchangeView): Fields {
  return { at: `${file}:${line}`, id };
}

/** Milliseconds, with the names that the phases have in HAR; `tls` is HAR's `ssl`. */
function phasesOf({ dns, connect, ssl, send, wait, receive, total }: Timings): Fields {
  const phases = { dns, connect, tls: ssl, send, wait, receive, total };
  return Object.fromEntries(
    Object.entries(phases).map(([phase, time]) => [`${phase}_ms`, time === null ? null : Math.round(time * 10) / 10]),
  );
}

function connectionOf(connection: ConnectionReport | null, verdict: string): Fields {
  return {
    tls: connection?.tls?.protocol ?? null,
    via: connection?.proxy ? proxyAddress(connection.proxy) : null,
    verdict,
    reused: connection?.reused ?? null,
  };
}

function connectionVerdict(connection: ConnectionReport | null): ExchangeView["verdict"]["kind"] {
  if (!connection) return "not-connected";
  if (!connection.encrypted) return "not-encrypted";
  return connection.tls?.verdict.verified ? "verified" : "not-verified";
}

/** Families of failures that stop a request before the network is asked, and that its author can mend. */
const ownFamilies = new Set(["parse", "settings", "variable", "value", "policy", "identity"]);

/** A response of any status and a cancel are what was asked for. */
function levelOf(failure: ExchangeView["failure"]): LogLevel {
  if (!failure || failure.code === "canceled") return "info";
  return ownFamilies.has(failure.code.split(".")[0] ?? "") ? "warn" : "error";
}

/** Path parameters (RFC 3986 section 3.3) such as `;jsessionid=…` are values like those of a query. */
function pathWithoutValues(path: string): string {
  return path.replace(/(;[^/;=]*=)[^/;]+/g, "$1…");
}

/** `page,size`; what has no `=` may be a value itself. */
function queryNames(query: string): string | null {
  if (query === "") return null;
  return query
    .split("&")
    .map((pair) => (pair.includes("=") ? pair.slice(0, pair.indexOf("=")) : "…"))
    .join(",");
}

function written(fields: Fields, format: LogFormat): string {
  switch (format) {
    case "json":
      return harmless(JSON.stringify(fields, (_, value: Value) => (typeof value === "string" ? cut(value) : value)));
    case "logfmt":
      return Object.entries(fields)
        .flatMap(([key, value]) => (value === null ? [] : [`${key}=${logfmtValue(value)}`]))
        .join(" ");
    default:
      return assertNever(format);
  }
}

/** Quoted as in JSON wherever it is more than one plain word. */
function logfmtValue(value: string | number | boolean): string {
  const text = cut(String(value));
  return /^[^\s"=\\]+$/.test(text) && harmless(text) === text ? text : harmless(JSON.stringify(text));
}

function cut(text: string): string {
  return text.length <= maxValue ? text : `${text.slice(0, maxValue - 1)}…`;
}

/**
 * Whatever a terminal, an editor or a build server could obey or hide instead of show, as JSON's `\u` escapes: control,
 * format (bidirectional) and unassigned characters, blanks but the space, letters without a glyph, and the `##` of
 * `##vso[…]` and its like.
 */
function harmless(json: string): string {
  return json
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|[\u034f\u115f\u1160\u3164\uffa0]/gu, escaped)
    .replace(/##(?=[\w-]*\[)/g, `#${escaped("#")}`);
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
