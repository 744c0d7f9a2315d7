import { hostPortText } from "../../common/host-port.ts";
import { hostAndPath } from "../../common/url-text.ts";
import type { ExchangeView } from "../../protocol/exchange-view.ts";
import type { InspectionView } from "../../protocol/inspection-view.ts";
import { escapeControls, shorten } from "../text.ts";

export type PanelIcon = "idle" | "running" | "ok" | "warning" | "failed";

export interface PanelHeading {
  readonly title: string;
  readonly icon: PanelIcon;
}

const titleLength = 60;

export const idleHeading: PanelHeading = { title: "Padlock", icon: "idle" };

export function runningHeading(method: string, url: string, isAsking = false): PanelHeading {
  return heading(isAsking ? "Waiting:" : "Sending", method, url, "running");
}

/** "200… GET /events". */
export function receivingHeading({ request, response }: ExchangeView): PanelHeading {
  return heading(`${response?.status ?? ""}…`, request.method, request.url, "running");
}

/**
 * "200 GET /users"; for a failure "Not sent: GET /users", or "Failed: GET /users" once a byte had left. With "History: "
 * before it for one that was not sent just now.
 */
export function exchangeHeading(exchange: ExchangeView, isPast = false): PanelHeading {
  const { request, verdict } = exchange;
  // One that came in part is a failure.
  const response = exchange.failure ? null : exchange.response;
  const doubtful = !response || response.status >= 400 || verdict.kind !== "verified";
  const state = `${isPast ? "History: " : ""}${response ? response.status : failureState(exchange)}`;
  return heading(state, request.method, request.url, response ? (doubtful ? "warning" : "ok") : "failed");
}

/** "TLS api.example.com:443". */
export function inspectionHeading(inspection: InspectionView): PanelHeading {
  const { failure, verdict } = inspection;
  const icon = failure ? "failed" : verdict.kind === "verified" ? "ok" : "warning";
  return { title: shorten(escapeControls(`TLS ${hostPortText(inspection)}`), titleLength), icon };
}

function failureState({ failure }: ExchangeView): string {
  if (failure?.code === "canceled") return "Canceled:";
  return failure?.requestSent ? "Failed:" : "Not sent:";
}

function heading(state: string, method: string, url: string, icon: PanelIcon): PanelHeading {
  const { host, path } = hostAndPath(url);
  return { title: shorten(escapeControls(`${state} ${method} ${path || host}`), titleLength), icon };
}
