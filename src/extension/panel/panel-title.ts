import type { ExchangeView } from "../../protocol/exchange-view.ts";
import { escapeControls, hostAndPath, shorten } from "../text.ts";

export type PanelIcon = "idle" | "running" | "ok" | "warning" | "failed";

export interface PanelHeading {
  readonly title: string;
  readonly icon: PanelIcon;
}

const titleLength = 60;

export const idleHeading: PanelHeading = { title: "Padlock", icon: "idle" };

export function runningHeading(method: string, url: string): PanelHeading {
  return heading("Sending", method, url, "running");
}

/** "200 GET /users"; for a failure "Not sent: GET /users", or "Failed: GET /users" once a byte had left. */
export function exchangeHeading({ request, response, failure, verdict }: ExchangeView): PanelHeading {
  if (response) {
    const doubtful = response.status >= 400 || verdict.kind !== "verified";
    return heading(String(response.status), request.method, request.url, doubtful ? "warning" : "ok");
  }
  const state = failure?.code === "canceled" ? "Canceled:" : failure?.requestSent ? "Failed:" : "Not sent:";
  return heading(state, request.method, request.url, "failed");
}

function heading(state: string, method: string, url: string, icon: PanelIcon): PanelHeading {
  const { host, path } = hostAndPath(url);
  return { title: shorten(escapeControls(`${state} ${method} ${path || host}`), titleLength), icon };
}
