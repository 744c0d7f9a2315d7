import { type HostPort, readHostPort } from "../../common/host-port.ts";
import type { InspectionView } from "../../protocol/inspection-view.ts";
import type { RunState } from "../request-runner.ts";

/** A server, and where the settings are that say how to connect to it. */
export interface InspectTarget extends HostPort {
  /** A URI string: of a document, or of a workspace folder. */
  readonly document: string;
}

export interface Inspected {
  readonly kind: "inspected";
  readonly target: InspectTarget;
  readonly inspection: InspectionView;
}

/** What the panel shows. */
export type ShownState = RunState | Inspected;

/** The server of what the panel shows; else what to tell, where that is not `id` or has none. */
export function shownTarget(state: ShownState, id: string): InspectTarget | string {
  if (state.kind === "inspected" && state.inspection.id === id) return state.target;
  if (state.kind !== "finished" || state.exchange.id !== id) return "The panel shows something else by now.";
  const server = readHostPort(state.exchange.request.url);
  return server
    ? { ...server, document: state.target.document }
    : "Padlock cannot tell the server of this request. Use “Inspect TLS...” and write its host.";
}
