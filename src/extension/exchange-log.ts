import type { ExchangeView } from "../protocol/exchange-view.ts";
import { escapeControls, hostAndPath } from "./text.ts";

/**
 * The log's one line for an exchange, as `key=value` pairs (logfmt) so that people can grep and parse it. Made from the
 * redacted view only; no query, header or body is ever in it.
 */
export function logLine(exchange: ExchangeView): string {
  const { request, response, failure, verdict, timings } = exchange;
  const { host, path } = hostAndPath(request.url);
  const fields: readonly (readonly [key: string, value: string | null])[] = [
    ["name", request.name],
    ["method", request.method],
    ["host", host],
    ["path", path],
    ["status", response && String(response.status)],
    ["failure", failure?.code ?? null],
    ["verdict", verdict.kind],
    ["ms", String(Math.round(timings.total))],
    ["at", `${request.file}:${request.line}`],
  ];
  return fields.flatMap(([key, value]) => (value === null ? [] : [`${key}=${logValue(value)}`])).join(" ");
}

function logValue(value: string): string {
  return /^[^\s"=\p{Cc}\p{Cf}]+$/u.test(value) ? value : `"${escapeControls(value.replace(/["\\]/g, "\\$&"))}"`;
}
