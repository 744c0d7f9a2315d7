import type { HeaderView, ResponseView } from "../protocol/exchange-view.ts";
import type { HeaderPlace } from "../protocol/messages.ts";
import { statusLine } from "../protocol/status-words.ts";
import type { Context } from "./context.ts";
import { copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { headerRow } from "./header-row.ts";
import { icon } from "./icons.ts";
import { serverText } from "./server-text.ts";

/** Header fields in order and case as they crossed the wire, duplicates kept. */
export function headerTable(
  headers: readonly HeaderView[],
  part: HeaderPlace["part"],
  context: Context,
): HTMLTableElement {
  return h(
    "table",
    { class: "headers" },
    h("colgroup", {}, ...["name", "value", "action"].map((column) => h("col", { class: `column-${column}` }))),
    h(
      "thead",
      { class: "visually-hidden" },
      h("tr", {}, ...["Name", "Value", "Copy"].map((name) => h("th", { scope: "col" }, name))),
    ),
    h("tbody", {}, ...headers.map((header, index) => headerRow(header, { part, index }, context))),
  );
}

/**
 * The table with a box to filter it and a button to copy it whole; below it the trailers, and the responses of status
 * 1xx that came before.
 */
export function headersTab(response: ResponseView, context: Context): HTMLElement {
  const { informational = [], trailers = [] } = response;
  return h(
    "div",
    {},
    ownHeaders(response.headers, context),
    trailers.length > 0 &&
      h(
        "section",
        { class: "trailers", "data-testid": "trailers" },
        h("h2", {}, "Trailers, sent after the body"),
        headerTable(trailers.map(shownOnly), "response", context),
      ),
    ...informational.map(({ headers, ...interim }) =>
      h(
        "section",
        { "data-testid": "informational" },
        h("h2", {}, "Sent before: ", serverText(statusLine(interim), "", 100)),
        headers.length === 0
          ? h("p", { class: "muted" }, "Without header fields.")
          : headerTable(headers.map(shownOnly), "response", context),
      ),
    ),
  );
}

/** Only the header fields of the response itself can be revealed. */
function shownOnly({ name, value }: HeaderView): HeaderView {
  return { name, value };
}

function ownHeaders(headers: readonly HeaderView[], context: Context): HTMLElement {
  if (headers.length === 0) return h("p", { class: "nothing" }, "The response has no header fields.");
  const table = headerTable(headers, "response", context);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const nothing = h("p", { class: "nothing", hidden: true }, "No header field matches the filter.");
  const box = h("input", {
    type: "search",
    placeholder: "Filter header fields",
    "aria-label": "Filter header fields by name or value",
    spellcheck: "false",
    autocomplete: "off",
  });
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    headers.forEach(({ name, value }, index) => {
      const row = rows[index];
      if (row) row.hidden = !`${name}: ${value}`.toLowerCase().includes(wanted);
    });
    nothing.hidden = rows.some((row) => !row.hidden);
  });
  const text = headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
  return h(
    "div",
    {},
    h(
      "div",
      { class: "toolbar" },
      h("div", { class: "filter" }, icon("search"), box),
      h("span", { class: "spring" }),
      copyButton(context, { label: "Copy all", description: "Copy all header fields" }, { type: "copyText", text }),
    ),
    table,
    nothing,
  );
}
