import type { FailureView } from "../protocol/exchange-view.ts";

/** Where a request stops, by code or by its family. */
const places: Readonly<Record<string, string>> = {
  parse: "stopped before any connection",
  settings: "stopped before any connection",
  variable: "stopped before any connection",
  value: "stopped before any connection",
  policy: "refused before any connection",
  identity: "stopped before any connection",
  "network.dns": "stopped while looking up the host",
  "network.refused": "stopped while connecting",
  "network.unreachable": "stopped while connecting",
  "network.reset": "the connection was cut",
  "network.proxy": "stopped at the proxy",
  "network.proxy-auth": "stopped at the proxy",
  "network.proxy-refused": "stopped at the proxy",
  "timeout.connect": "stopped while connecting",
  tls: "stopped in the TLS handshake",
  "timeout.handshake": "stopped in the TLS handshake",
  "timeout.response": "stopped while waiting for the response",
  "timeout.idle": "stopped while receiving the response",
  "timeout.total": "stopped when its time was over",
  response: "stopped while reading the response",
  canceled: "canceled",
};

/** "stopped in the TLS handshake": what the facts line says in place of version and size. */
export function stoppedWhere({ code, requestSent }: FailureView): string {
  const family = code.split(".")[0] ?? code;
  // A server with TLS 1.3 refuses a client only after its own handshake is done, when the request is on its way.
  if (family === "tls" && requestSent) return "refused after the TLS handshake";
  return places[code] ?? places[family] ?? "stopped";
}

/** The heading: what became of the request. */
export function failureStatus({ code, requestSent }: FailureView): string {
  if (!requestSent) return "Not sent";
  return code === "canceled" ? "Canceled" : "Failed";
}

/** What a person most needs to know after a failure: has anything left this machine? */
export function assurance({ requestSent }: FailureView, connected: boolean): string {
  if (requestSent) return "The request, or part of it, had been sent.";
  return connected
    ? "Nothing was sent: no byte of the request left this machine."
    : "Nothing was sent. No connection was made.";
}
