/**
 * Methods that are recognised in any case and sent in upper case: the IANA HTTP Method Registry's (RFC 9110, 5789,
 * 4918, 3253, 3744, 4791, 5323, 5842, 9218 and the QUERY method) and PURGE, which caches use. Others are sent as written.
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
]);

/** First words that other tools read as a protocol of its own, with its name for people. Never sent as HTTP methods. */
export const protocolMethods: ReadonlyMap<string, string> = new Map([
  ["GRAPHQL", "GraphQL"],
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

export function isKnownMethod(word: string): boolean {
  return knownMethods.has(word.toUpperCase());
}
