import { byteSize } from "../common/units.ts";
import type { RequestView } from "../protocol/exchange-view.ts";
import { bodyNodes } from "./body-tab.ts";
import type { Context } from "./context.ts";
import { button, copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { target } from "./header-strip.ts";
import { headerTable } from "./header-table.ts";
import { icon } from "./icons.ts";
import { serverText } from "./server-text.ts";
import { pieces } from "./visible-text.ts";

/** The request as it went out (or would have), secrets by name. */
export function requestTab(request: RequestView, context: Context): HTMLElement {
  const { name, method, url, headers, body } = request;
  return h(
    "div",
    {},
    h(
      "div",
      { class: "toolbar" },
      name !== null && h("span", { class: "request-name" }, serverText(name)),
      h("span", { class: "spring" }),
      button({ label: "Show in file", icon: "file" }, () => context.post({ type: "reveal", what: "request" })),
      copyButton(context, { label: "Copy as cURL" }, { type: "copy", what: "curl" }),
    ),
    h("div", { class: "request-line mono" }, target(method, url)),
    holdsSecret(request) &&
      h(
        "div",
        { class: "note level-info" },
        icon("key"),
        h("span", {}, "Secrets are shown by name. Their values go to the server only."),
      ),
    h("h2", {}, "Header fields"),
    headers.length === 0 ? h("p", { class: "nothing" }, "None.") : headerTable(headers, "request", context),
    h("h2", {}, "Body", body && body.kind !== "empty" && h("span", { class: "muted size" }, byteSize(body.size))),
    ...(body && body.kind !== "empty" ? bodyNodes(body) : [h("p", { class: "nothing" }, "None.")]),
  );
}

function holdsSecret({ url, headers, body }: RequestView): boolean {
  const texts = [url, ...headers.map(({ value }) => value), body?.text ?? ""];
  return texts.some((text) => pieces(text).some(({ kind }) => kind === "secret"));
}
