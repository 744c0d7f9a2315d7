import { byteSize } from "../common/units.ts";
import type { ResponseView } from "../protocol/exchange-view.ts";
import { statusLine } from "../protocol/status-words.ts";
import { bodyNodes } from "./body-tab.ts";
import type { Context } from "./context.ts";
import { button } from "./controls.ts";
import { h } from "./dom.ts";
import { headersTab } from "./header-table.ts";
import { icon } from "./icons.ts";
import { serverText } from "./server-text.ts";

/** What had come of a response when it failed. */
export function partialResponse(response: ResponseView, context: Context): HTMLElement {
  const { httpVersion, body } = response;
  const line = `${httpVersion} ${statusLine(response)}`;
  return h(
    "section",
    { class: "partial", "data-testid": "partial" },
    h("h2", {}, "What had come"),
    h(
      "p",
      { class: "muted" },
      serverText(line, "mono", 200),
      ` · ${body.size === 0 ? "nothing of the body" : `${byteSize(body.size)} of the body`}`,
    ),
    body.kind === "empty"
      ? null
      : h(
          "div",
          {},
          h(
            "div",
            { class: "toolbar" },
            h("span", { class: "spring" }),
            button({ label: "Open in editor", icon: "open" }, () => context.post({ type: "openBody" })),
            button({ label: "Save…", icon: "save" }, () => context.post({ type: "saveBody" })),
          ),
          h("div", { "data-testid": "body", class: "body" }, ...bodyNodes(body)),
        ),
    h("details", { class: "more" }, h("summary", {}, icon("chevron"), "Header fields"), headersTab(response, context)),
  );
}
