import type { ExchangeView } from "../protocol/exchange-view.ts";
import type { RequestSource } from "./request-source.ts";

/** What Send shows in Restricted Mode. Made here and not by the engine: nothing is loaded or read for it. */
export function untrustedWorkspace(source: RequestSource, id: string, startedAt: Date): ExchangeView {
  return {
    id,
    startedAt: startedAt.toISOString(),
    request: { ...source, headers: [], body: null },
    response: null,
    failure: {
      code: "policy.untrusted-workspace",
      title: "This workspace is not trusted",
      detail:
        "VS Code runs this window in Restricted Mode. Nothing was sent, and no certificate, secret or environment variable was read.",
      fix: "If you trust the people who wrote these files, run “Workspaces: Manage Workspace Trust” from the Command Palette, trust the folder, and send again.",
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
