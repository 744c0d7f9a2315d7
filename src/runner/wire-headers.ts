import { sizeOf } from "../common/request-body.ts";
import type { PreparedRequest } from "../resolve/index.ts";

type HeaderPair = readonly [name: string, value: string];

/** Methods whose request says "content-length: 0" when it has no content (RFC 9110 §8.6). */
const expectsContent = new Set(["POST", "PUT", "PATCH", "QUERY", "PROPFIND", "PROPPATCH"]);

/**
 * The header section as undici writes it (HTTP/1.1): Host and Connection first, the length last, everything else in the
 * order, case and number that the request has. What is shown as sent must be what was sent.
 */
export function wireHeaders({
  method,
  url,
  headers,
  body,
}: Pick<PreparedRequest, "method" | "url" | "headers" | "body">): HeaderPair[] {
  const fieldValue = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const others = headers.filter(([name]) => !["host", "connection", "content-length"].includes(name.toLowerCase()));
  const closes = method === "HEAD" || /(?:^|,)\s*close\s*(?:,|$)/i.test(fieldValue("connection") ?? "");
  const length = (body && sizeOf(body)) || (expectsContent.has(method) ? 0 : undefined);
  return [
    ["host", fieldValue("host") ?? url.host],
    ["connection", closes ? "close" : "keep-alive"],
    ...others,
    ...(length === undefined ? [] : [["content-length", String(length)] as const]),
  ];
}
