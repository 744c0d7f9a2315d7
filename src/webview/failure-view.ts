import type { SourceLocation } from "../common/range.ts";
import type { ExchangeView, FailureView } from "../protocol/exchange-view.ts";
import { trustCandidate } from "../protocol/trust-candidate.ts";
import { certificateChain } from "./chain.ts";
import { codeFrame } from "./code-frame.ts";
import type { Context } from "./context.ts";
import { button, copyButton, linkButton } from "./controls.ts";
import { h } from "./dom.ts";
import { assurance } from "./failure-words.ts";
import { icon } from "./icons.ts";
import { partialResponse } from "./partial-response.ts";
import { requestTab } from "./request-tab.ts";
import { connectionTable } from "./security-tab.ts";
import { serverText } from "./server-text.ts";
import { timingTab } from "./timing-tab.ts";

/** What went wrong, what to change, and everything that is known about the connection it went wrong on. */
export function failureView(exchange: ExchangeView, failure: FailureView, context: Context): HTMLElement[] {
  const { connection, verdict, timings } = exchange;
  const now = new Date(exchange.startedAt);
  const tls = connection?.tls;
  // A chain that was not refused is not what went wrong.
  const isRefused = tls ? tls.chain.length > 0 && !tls.verdict.verified && !tls.verdict.accepted : false;
  const nodes: (HTMLElement | null | undefined | false)[] = [
    failureCard(failure, assurance(failure, connection !== null)),
    whatToChange(exchange, failure, context, mayInspect(exchange)),
    exchange.response && partialResponse(exchange.response, context),
    tls && isRefused && h("section", {}, h("h2", {}, "The refused chain"), certificateChain(tls.chain, now, context)),
    connection && more("Connection", connectionTable({ connection, verdict, now, ssl: timings.ssl })),
    tls && !isRefused ? more("Certificate chain", certificateChain(tls.chain, now, context)) : null,
    connection && more("Timing", timingTab(exchange)),
    more(failure.requestSent ? "The request" : "The request that was not sent", requestTab(exchange.request, context)),
  ];
  return [h("div", { class: "failure" }, ...nodes)];
}

/** What went wrong. `assurance`: what was sent, and what was not. */
export function failureCard(failure: FailureView, assurance: string): HTMLElement {
  const calm = failure.code === "canceled";
  return h(
    "div",
    { class: `alert level-${calm ? "neutral" : "error"}`, role: "alert" },
    h("h2", {}, serverText(failure.title)),
    h("p", {}, serverText(failure.detail)),
    h(
      "p",
      { class: "assurance" },
      h(
        "span",
        { class: failure.requestSent ? "level-warning" : "level-ok" },
        icon(failure.requestSent ? "warning" : "shield"),
      ),
      assurance,
    ),
    h("p", { class: "failure-code" }, h("span", { class: "mono", "data-testid": "failure-code" }, failure.code)),
  );
}

/** What the buttons below a failure are about: an exchange or an inspection. */
type Failed = Pick<ExchangeView, "id" | "failure" | "connection">;

/** `inspect`: offers to look at the server's TLS. */
export function whatToChange(failed: Failed, failure: FailureView, context: Context, inspect = false): HTMLElement {
  const { fix, setting, location } = failure;
  return h(
    "section",
    {},
    fix !== "" && h("h2", {}, "What to change"),
    fix !== "" && h("p", { class: "fix" }, ...withOptions(fix)),
    setting !== null && h("p", { class: "setting" }, icon("key"), "Setting: ", settingLink(setting, context)),
    location && frame(location, context),
    h(
      "div",
      { class: "actions" },
      trustButton(failed, context),
      inspect && inspectButton(failed, context),
      copyButton(context, { label: "Copy report", className: "secondary" }, { type: "copy", what: "report" }),
      setting !== null &&
        button({ label: "Open settings", icon: "open", className: "secondary" }, () =>
          context.post({ type: "openSettings" }),
        ),
    ),
  );
}

/** Opens the question; the panel itself decides nothing. */
function trustButton(failed: Failed, context: Context): HTMLElement | null {
  const index = trustCandidate(failed);
  if (index === undefined) return null;
  const label = index === 0 ? "Trust this certificate for this host…" : "Trust this CA for this host…";
  return button({ label, icon: "shield", className: "secondary", testId: "trust" }, () =>
    context.post({ type: "trustAuthority", id: failed.id, index }),
  );
}

/** Where the handshake is what went wrong, of the request itself: what the server would accept is worth a look. */
function mayInspect({ failure, redirects }: ExchangeView): boolean {
  return /^(?:tls\.|timeout\.handshake$)/.test(failure?.code ?? "") && redirects.length === 0;
}

function inspectButton({ id }: Failed, context: Context): HTMLElement {
  return button({ label: "Inspect TLS", icon: "search", className: "secondary", testId: "inspect" }, () =>
    context.post({ type: "inspect", id }),
  );
}

/** An option of the command line stays on one line: `--` alone at the end of one says nothing. */
function withOptions(text: string): HTMLElement[] {
  return text
    .split(/(?<=\s)(--[a-z-]{1,30})(?=\s)/)
    .map((part, index) => serverText(part, index % 2 === 1 ? "option" : ""));
}

function settingLink(setting: string, context: Context): HTMLElement {
  const link = linkButton("", () => context.post({ type: "openSettings" }));
  link.replaceChildren(serverText(setting, "mono"));
  return link;
}

/** The line of the file, with carets under the cause, as compilers print it. */
function frame(location: SourceLocation, context: Context): HTMLElement {
  const { file, line, column } = location;
  const shown = codeFrame(location);
  const place = linkButton("", () => context.post({ type: "reveal", what: "cause" }));
  place.replaceChildren(serverText(`${file}:${line}:${column}`, "mono"));
  const gutter = String(line);
  return h(
    "figure",
    { class: "frame" },
    h("figcaption", {}, icon("file"), place),
    shown &&
      h(
        "div",
        { class: "frame-code mono", tabindex: "0", role: "group", "aria-label": `Line ${line} of ${file}` },
        h("div", {}, h("span", { class: "gutter" }, gutter), shown.before, h("mark", {}, shown.marked), shown.after),
        h(
          "div",
          { class: "carets", "aria-hidden": "true" },
          h("span", { class: "gutter" }, " ".repeat(gutter.length)),
          shown.carets,
        ),
      ),
  );
}

function more(label: string, content: HTMLElement | null): HTMLElement | null {
  return content && h("details", { class: "more" }, h("summary", {}, icon("chevron"), label), content);
}
