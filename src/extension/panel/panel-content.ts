import { excerptOf } from "../../protocol/excerpt.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import type { RunState } from "../request-runner.ts";
import { exchangeHeading, idleHeading, type PanelHeading, runningHeading } from "./panel-title.ts";

/** What the page shows, and what its tab says. */
export interface PanelContent {
  readonly message: HostMessage;
  readonly heading: PanelHeading;
}

/** `now`: of the clock that `startedAt` was read from. */
export function contentOf(state: RunState, now: number): PanelContent {
  switch (state.kind) {
    case "idle":
      return { message: { type: "empty" }, heading: idleHeading };
    case "running": {
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
  }
}
