import { byteSize } from "../common/units.ts";
import type { BodyView, ResponseView } from "../protocol/exchange-view.ts";
import { codeView } from "./code-view.ts";
import type { Context } from "./context.ts";
import { button, copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { serverText, textNodes } from "./server-text.ts";

/** The body of a response, with what can be done with it. */
export function bodyTab(response: ResponseView, context: Context): HTMLElement {
  const { body } = response;
  const content = h("div", { "data-testid": "body", class: "body" });
  if (body.kind === "empty") {
    content.append(h("p", { class: "nothing" }, emptyReason(response.status)));
    return content;
  }
  const show = (raw: boolean) => content.replaceChildren(...bodyNodes(body, raw));
  show(false);
  return h(
    "div",
    {},
    h(
      "div",
      { class: "toolbar" },
      body.raw !== null && choice("Layout of the body", ["Pretty", "Raw"], (index) => show(index === 1)),
      h("span", { class: "muted toolbar-fact" }, serverText(body.mediaType || "no content type")),
      h("span", { class: "spring" }),
      h(
        "div",
        { class: "toolbar-actions" },
        copyButton(context, { label: "Copy", description: "Copy body" }, { type: "copy", what: "body" }),
        button({ label: "Open in editor", icon: "open" }, () => context.post({ type: "openBody" })),
        button({ label: "Save…", icon: "save" }, () => context.post({ type: "saveBody" })),
      ),
    ),
    content,
  );
}

/** Also for the body of the request: the text and what is to be said about it. */
export function bodyNodes(body: BodyView, raw = false): HTMLElement[] {
  const nodes: HTMLElement[] = [];
  if (body.kind === "binary") nodes.push(note("info", "Binary data; its beginning is shown as hexadecimal bytes."));
  const text = raw ? (body.raw ?? body.text) : body.text;
  nodes.push(
    body.kind === "binary"
      ? hexDump(text)
      : codeView(text, { json: body.kind === "json", label: raw ? "Body as received" : "Body" }),
  );
  if (body.truncated) {
    nodes.push(
      note(
        "warning",
        `Cut off here: only the beginning of ${byteSize(body.size)} is shown. Open or save the body for all of it.`,
      ),
    );
  }
  return nodes;
}

/** Columns that must not wrap; they scroll, so they can have the focus. */
function hexDump(text: string): HTMLElement {
  const lines = text.split("\n").map((line) => h("div", {}, ...textNodes(line)));
  return h("div", { class: "hex-dump mono", tabindex: "0", role: "group", "aria-label": "Body as bytes" }, ...lines);
}

function note(name: "info" | "warning", text: string): HTMLElement {
  return h("div", { class: `note level-${name}` }, icon(name), h("span", {}, text));
}

/** Statuses that never have a body (RFC 9110, section 6.4.1). */
function emptyReason(status: number): string {
  if (status === 204 || status === 205 || status === 304) return `A ${status} response has no body.`;
  return "The response has no body.";
}

/** Buttons of which exactly one is pressed. */
function choice(label: string, names: readonly string[], onChoose: (index: number) => void): HTMLElement {
  const buttons = names.map((name, index) =>
    button({ label: name, className: "segment" }, () => {
      press(index);
      onChoose(index);
    }),
  );
  const press = (pressed: number) => {
    buttons.forEach((element, index) => {
      element.setAttribute("aria-pressed", String(index === pressed));
    });
  };
  press(0);
  return h("div", { class: "segments", role: "group", "aria-label": label }, ...buttons);
}
