import { none } from "./append.ts";

/**
 * Methods that are recognised in any case and sent in upper case: the IANA HTTP Method Registry's (RFC 9110, 5789,
 * 4918, 3253, 3744, 4791, 5323, 5842, 9218 and the QUERY method) and PURGE, which caches use. Others are sent as written.
 * GRAPHQL is no method of HTTP: it marks a GraphQL request, which is sent with POST.
 */
export const knownMethods: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "CONNECT",
  "OPTIONS",
  "TRACE",
  "PATCH",
  "QUERY",
  "ACL",
  "BASELINE-CONTROL",
  "BIND",
  "CHECKIN",
  "CHECKOUT",
  "COPY",
  "LABEL",
  "LINK",
  "LOCK",
  "MERGE",
  "MKACTIVITY",
  "MKCALENDAR",
  "MKCOL",
  "MKREDIRECTREF",
  "MKWORKSPACE",
  "MOVE",
  "ORDERPATCH",
  "PROPFIND",
  "PROPPATCH",
  "PURGE",
  "REBIND",
  "REPORT",
  "SEARCH",
  "UNBIND",
  "UNCHECKOUT",
  "UNLINK",
  "UNLOCK",
  "UPDATE",
  "UPDATEREDIRECTREF",
  "VERSION-CONTROL",
  "GRAPHQL",
]);

/** First words that other tools read as a protocol of its own, with its name for people. Never sent as HTTP methods. */
const protocolMethods: ReadonlyMap<string, string> = new Map([
  ["GRPC", "gRPC"],
  ["WEBSOCKET", "WebSocket"],
  ["WS", "WebSocket"],
  ["WSS", "WebSocket"],
  ["RSOCKET", "RSocket"],
  ["SSE", "server-sent events"],
  ["EVENTSOURCE", "server-sent events"],
  ["MQTT", "MQTT"],
  ["AMQP", "AMQP"],
]);

/** The known methods by the code of their first letter. */
const methodsByInitial = new Map<number, readonly string[]>();
for (const method of knownMethods) {
  const initial = method.charCodeAt(0);
  methodsByInitial.set(initial, [...(methodsByInitial.get(initial) ?? []), method]);
}

/** The known method that stands in capitals between two offsets. */
export function knownMethodAt(text: string, start: number, end: number): string | undefined {
  for (const method of methodsByInitial.get(text.charCodeAt(start)) ?? none) {
    if (method.length === end - start && text.startsWith(method, start)) return method;
  }
  return undefined;
}

export function isKnownMethod(word: string): boolean {
  return knownMethods.has(word) || knownMethods.has(word.toUpperCase());
}

/** The name of the other protocol that a request line's first word asks for. */
export function protocolOf(word: string): string | undefined {
  return protocolMethods.get(word.toUpperCase());
}
