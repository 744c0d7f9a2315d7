export type Field = readonly [name: string, value: string];

/** The parts of a request that its header section is made of. */
export interface HeaderSection {
  readonly method: string;
  /** Its scheme, host and port count. */
  readonly origin: URL;
  /** Path and query, as sent. */
  readonly path: string;
  /** As the file has them. */
  readonly fields: readonly Field[];
  /** Bytes of the body, 0 without one; undefined for one whose length is not known. */
  readonly length: number | undefined;
}

/** Methods whose request says "content-length: 0" when it has no content (RFC 9110 §8.6). */
const expectsContent = new Set(["POST", "PUT", "PATCH", "QUERY", "PROPFIND", "PROPPATCH"]);

/**
 * The header section of HTTP/1.1 as it goes over the wire: order, case and number as the file has them. What the file
 * leaves out and the connection needs is added: Host and Connection first, the length last.
 */
export function http1Fields({ method, origin, fields, length }: Omit<HeaderSection, "path">): Field[] {
  const written = new Set(fields.map(([name]) => name.toLowerCase()));
  const own = fields.filter(([name]) => name.toLowerCase() !== "content-length");
  const closes = closesConnection(method, fields);
  return [
    ...(written.has("host") ? [] : [["host", origin.host] as const]),
    ...(written.has("connection") ? [] : [["connection", closes ? "close" : "keep-alive"] as const]),
    // What is said about the connection is what is done with it.
    ...own.map(([name, value]): Field => {
      const isRight = name.toLowerCase() !== "connection" || !closes || /^close$/i.test(value);
      return isRight ? [name, value] : [name, "close"];
    }),
    ...lengthField(method, length),
  ];
}

/** undici closes the connection behind a HEAD, for the sake of servers that send a body nevertheless. */
export function closesConnection(method: string, fields: readonly Field[]): boolean {
  const connection = fields.find(([name]) => name.toLowerCase() === "connection")?.[1] ?? "";
  return method === "HEAD" || /(?:^|,)\s*close\s*(?:,|$)/i.test(connection);
}

/** RFC 9113 §8.2.2: they are about a connection of HTTP/1.1. Host becomes `:authority` (§8.3.1). */
const notInHttp2 = new Set([
  "host",
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
  "content-length",
]);

/** The header section of HTTP/2 (RFC 9113 §8.3.1): names in lower case, order and number as the file has them. */
export function http2Fields({ method, origin, path, fields, length }: HeaderSection): Field[] {
  const host = fields.find(([name]) => name.toLowerCase() === "host")?.[1];
  return [
    [":method", method],
    [":scheme", origin.protocol.slice(0, -1)],
    [":authority", host || origin.host],
    [":path", path],
    ...fields.flatMap(([name, value]): Field[] => {
      const key = name.toLowerCase();
      const isLeftOut = notInHttp2.has(key) || (key === "te" && value.trim().toLowerCase() !== "trailers");
      return isLeftOut ? [] : [[key, value]];
    }),
    ...lengthField(method, length),
  ];
}

function lengthField(method: string, length: number | undefined): Field[] {
  if (length === undefined || (length === 0 && !expectsContent.has(method))) return [];
  return [["content-length", String(length)]];
}
