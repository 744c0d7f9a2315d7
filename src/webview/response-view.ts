import { plural } from "../common/units.ts";
import type { ExchangeView, ResponseView } from "../protocol/exchange-view.ts";
import { bodyTab } from "./body-tab.ts";
import type { Context, TabId } from "./context.ts";
import { cookieCount, cookiesTab } from "./cookies-tab.ts";
import { headersTab } from "./header-table.ts";
import { requestTab } from "./request-tab.ts";
import { securityTab } from "./security-tab.ts";
import { type Tabs, tabs } from "./tabs.ts";
import { timingTab } from "./timing-tab.ts";

/** The tabs of a response: five, and one more where there are cookies. */
export function responseView(
  exchange: ExchangeView,
  response: ResponseView,
  selected: TabId,
  onSelect: (id: TabId) => void,
  context: Context,
  body = bodyTab(response, context),
): Tabs<TabId> {
  const { connection, verdict, timings, request } = exchange;
  const count = response.headers.length;
  const cookies = cookieCount(exchange);
  return tabs<TabId>(
    "Response",
    [
      { id: "body", label: "Body", content: body },
      {
        id: "headers",
        label: "Headers",
        badge: { text: String(count), description: plural(count, "header field") },
        content: headersTab(response, context),
      },
      {
        id: "security",
        label: "Security",
        content: securityTab({ connection, verdict, now: new Date(exchange.startedAt), ssl: timings.ssl }, context),
      },
      { id: "timing", label: "Timing", content: timingTab(exchange) },
      { id: "request", label: "Request", content: requestTab(request, context) },
      ...(cookies === 0
        ? []
        : [
            {
              id: "cookies" as const,
              label: "Cookies",
              badge: { text: String(cookies), description: plural(cookies, "cookie") },
              content: cookiesTab(exchange, context),
            },
          ]),
    ],
    selected,
    onSelect,
  );
}
