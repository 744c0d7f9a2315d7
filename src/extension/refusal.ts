import { untrustedWorkspace } from "../common/untrusted-workspace.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import type { RequestSource } from "./request-source.ts";

/** What Send shows in Restricted Mode. Made here and not by the engine: nothing is loaded or read for it. */
export function restrictedMode(source: RequestSource, id: string, startedAt: Date): ExchangeView {
  return {
    id,
    startedAt: startedAt.toISOString(),
    request: { ...source, headers: [], body: null },
    response: null,
    failure: {
      ...untrustedWorkspace,
      location: null,
      setting: null,
      requestSent: false,
    },
    connection: null,
    timings: {
      blocked: null,
      dns: null,
      connect: null,
      ssl: null,
      send: null,
      wait: null,
      receive: null,
      total: 0,
    },
    redirects: [],
    notes: [],
    verdict: { kind: "not-connected", text: "No connection was made" },
  };
}
