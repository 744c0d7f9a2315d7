import type { ExchangeView, ResponseView } from "../../../src/protocol/exchange-view.ts";

/** A verified exchange with a JSON response; tests change what they are about. */
export function exchange(change: Partial<ExchangeView> = {}): ExchangeView {
  return {
    id: "1",
    startedAt: "2026-11-20T12:00:00.000Z",
    request: {
      name: null,
      method: "GET",
      url: "https://api.example.com:8443/users/42?token=1#top",
      headers: [],
      body: null,
      file: "api.https",
      line: 3,
    },
    response: response(),
    failure: null,
    connection: null,
    timings: { blocked: null, dns: 1, connect: 2, ssl: 3, send: 1, wait: 30, receive: 6, total: 43.4 },
    redirects: [],
    notes: [],
    verdict: { kind: "verified", text: "Verified · TLS 1.3" },
    ...change,
  };
}

export function response(change: Partial<ResponseView> = {}): ResponseView {
  return {
    httpVersion: "HTTP/1.1",
    status: 200,
    statusText: "OK",
    headers: [],
    body: {
      mediaType: "application/json",
      kind: "json",
      text: "{}",
      raw: null,
      size: 2,
      encodedSize: 2,
      truncated: false,
    },
    ...change,
  };
}

export function failed(code: "tls.expired" | "canceled" | "timeout.response", requestSent: boolean): ExchangeView {
  return exchange({
    response: null,
    failure: { code, title: "", detail: "", fix: "", location: null, setting: null, requestSent },
    verdict: { kind: "not-verified", text: "Not verified" },
  });
}
