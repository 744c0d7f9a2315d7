import { excerptOf } from "../../protocol/excerpt.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import type { ShownState } from "../inspect/inspected.ts";
import {
  exchangeHeading,
  idleHeading,
  inspectionHeading,
  type PanelHeading,
  receivingHeading,
  runningHeading,
} from "./panel-title.ts";

/** What the page shows, and what its tab says. */
export interface PanelContent {
  readonly message: HostMessage;
  readonly heading: PanelHeading;
}

/** UTF-16 units of a body that is still coming in: the page gets them ten times a second. */
const mostWhileReceiving = 64 * 1024;

/** `now`: of the clock that `startedAt` was read from. */
export function contentOf(state: ShownState, now: number): PanelContent {
  switch (state.kind) {
    case "idle":
      return { message: { type: "empty" }, heading: idleHeading };
    case "running": {
      if (state.receiving) {
        return {
          message: { type: "receiving", id: state.id, exchange: excerptOf(state.receiving, mostWhileReceiving) },
          heading: receivingHeading(state.receiving),
        };
      }
      const { method, url } = state.target.source;
      const elapsed = now - state.startedAt;
      const isAsking = state.isAsking ?? false;
      return {
        message: { type: "running", id: state.id, method, url, elapsed, isAsking },
        heading: runningHeading(method, url, isAsking),
      };
    }
    case "finished":
      return {
        message: { type: "exchange", exchange: excerptOf(state.exchange), isPast: state.isPast ?? false },
        heading: exchangeHeading(state.exchange, state.isPast),
      };
    case "inspected":
      return {
        message: { type: "inspection", inspection: state.inspection },
        heading: inspectionHeading(state.inspection),
      };
  }
}
