import { plural } from "../common/units.ts";
import type { ExchangeView, ResponseView } from "../protocol/exchange-view.ts";
import { bodyTab } from "./body-tab.ts";
import type { Context, TabId } from "./context.ts";
import { headersTab } from "./header-table.ts";
import { requestTab } from "./request-tab.ts";
import { securityTab } from "./security-tab.ts";
import { type Tabs, tabs } from "./tabs.ts";
import { timingTab } from "./timing-tab.ts";

/** The five tabs of a response. */
export function responseView(
  exchange: ExchangeView,
  response: ResponseView,
  selected: TabId,
  onSelect: (id: TabId) => void,
  context: Context,
): Tabs<TabId> {
  const { connection, verdict, timings, request } = exchange;
  const count = response.headers.length;
  return tabs<TabId>(
    "Response",
    [
      { id: "body", label: "Body", content: bodyTab(response, context) },
      {
        id: "headers",
        label: "Headers",
        badge: { text: String(count), description: plural(count, "header field") },
        content: headersTab(response.headers, context),
      },
      {
        id: "security",
        label: "Security",
        content: securityTab({ connection, verdict, now: new Date(exchange.startedAt), ssl: timings.ssl }, context),
      },
      { id: "timing", label: "Timing", content: timingTab(exchange) },
      { id: "request", label: "Request", content: requestTab(request, context) },
    ],
    selected,
    onSelect,
  );
}
