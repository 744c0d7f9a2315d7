import { sizeOf } from "../common/request-body.ts";
import type { PreparedRequest } from "../resolve/index.ts";
import { type ConnectionReport, http1Fields, http2Fields } from "../transport/index.ts";

/**
 * The header section as it went over the connection. What is shown as sent must be what was sent; without a connection
 * it is what HTTP/1.1 would have.
 */
export function wireHeaders(
  { method, url, headers, body }: Pick<PreparedRequest, "method" | "url" | "headers" | "body">,
  connection: ConnectionReport | undefined,
): (readonly [name: string, value: string])[] {
  const length = body === undefined ? 0 : sizeOf(body);
  const section = { method, origin: url, path: `${url.pathname}${url.search}`, fields: headers, length };
  return connection?.tls?.alpn === "h2" ? http2Fields(section) : http1Fields(section);
}
