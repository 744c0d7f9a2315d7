import { duration } from "../common/units.ts";
import type { ConnectionReport, ExchangeView, VerdictView } from "../protocol/exchange-view.ts";
import { statusLine } from "../protocol/status-words.ts";
import type { Context } from "./context.ts";
import { button, linkButton } from "./controls.ts";
import { h } from "./dom.ts";
import { failureStatus, stoppedWhere } from "./failure-words.ts";
import { bodySize, dayAndTime, type Level, statusLevel, timeOfDay } from "./format.ts";
import { type IconName, icon } from "./icons.ts";
import { serverText } from "./server-text.ts";
import { urlParts } from "./url-parts.ts";
import { visible } from "./visible-text.ts";

interface Headline {
  readonly level: Level;
  readonly icon: IconName;
  readonly text: string;
}

const levelIcons: Readonly<Record<Level, IconName>> = {
  ok: "check",
  info: "redirect",
  warning: "warning",
  error: "cross",
  neutral: "stop",
};

interface StripOptions {
  readonly isPast?: boolean;
  /** In the place of "Send again". */
  readonly action?: HTMLElement;
  /** In the place of the time that it took, while the response is still coming in. */
  readonly elapsed?: HTMLElement;
}

/** The strip on top: what came of the request, of which one, the plain facts, and whether to trust them. */
export function headerStrip(exchange: ExchangeView, context: Context, options: StripOptions = {}): HTMLElement {
  const { isPast = false, action, elapsed } = options;
  const headline = headlineOf(exchange);
  const { method, url } = exchange.request;
  return h(
    "header",
    { class: `strip level-${headline.level}` },
    h(
      "div",
      { class: "strip-top" },
      h(
        "h1",
        { class: "headline" },
        elapsed ? h("span", { class: "spinner" }) : h("span", { class: "status-icon" }, icon(headline.icon)),
        h("span", { class: "status", "data-testid": "status" }, serverText(headline.text, "", 200)),
      ),
      action ??
        button(
          {
            label: exchange.failure ? "Try again" : "Send again",
            icon: "again",
            className: "secondary send-again",
            testId: "send-again",
          },
          () => context.post({ type: "sendAgain" }),
        ),
    ),
    h("p", {}, target(method, url)),
    h("ul", { class: "facts" }, ...facts(exchange, context, elapsed).map((fact) => h("li", {}, fact))),
    h(
      "div",
      { class: "badges" },
      verdictBadge(exchange.verdict, context, exchange.response !== null && !exchange.failure),
      worstFinding(exchange),
      isPast ? pastChip(exchange) : null,
    ),
  );
}

/** Method and URL, with the host made to stand out: it is the part that decides who gets the request. */
export function target(method: string, url: string): HTMLElement {
  return h("span", { class: "target" }, h("span", { class: "method" }, serverText(method)), " ", urlSpan(url));
}

export function urlSpan(url: string): HTMLElement {
  const { scheme, host, rest } = urlParts(url);
  return h(
    "span",
    { class: "url", dir: "ltr" },
    serverText(scheme, "url-scheme"),
    serverText(host, "url-host"),
    serverText(rest, "url-rest"),
  );
}

function headlineOf({ response, failure }: ExchangeView): Headline {
  if (response && !failure) {
    const level = statusLevel(response.status);
    return { level, icon: levelIcons[level], text: statusLine(response) };
  }
  const text = failure ? failureStatus(failure) : "";
  if (failure?.code === "canceled") return { level: "neutral", icon: "stop", text };
  return { level: "error", icon: failure?.code.startsWith("policy.") ? "blocked" : "cross", text };
}

/** So that nobody takes it for what the server says now. */
function pastChip({ startedAt }: ExchangeView): HTMLElement {
  const text = `From the history: ${dayAndTime(startedAt)}`;
  return h("span", { class: "finding-chip level-info", "data-testid": "past" }, icon("info"), visible(text));
}

function facts(exchange: ExchangeView, context: Context, elapsed?: HTMLElement): (Node | string)[] {
  const { response, failure, connection, timings, request } = exchange;
  const took = duration(timings.total);
  const list: (Node | string)[] = [];
  if (response && !failure) {
    const encoding = response.headers.find(({ name }) => name.toLowerCase() === "content-encoding")?.value;
    const time = linkButton(took, () => context.openTab("timing"));
    time.title = "Show the timing";
    list.push(
      serverText(response.httpVersion),
      elapsed ?? time,
      serverText(bodySize(response.body.size, response.body.encodedSize, encoding)),
    );
    if (elapsed) list.push("still coming in");
  } else if (failure) list.push(`${stoppedWhere(failure)} after ${took}`);
  const end = connection && otherEnd(connection);
  if (end) list.push(serverText(end, "", 300));
  list.push(h("time", { datetime: exchange.startedAt, title: exchange.startedAt }, timeOfDay(exchange.startedAt)));
  const name = request.file.split(/[\\/]/).at(-1) ?? request.file;
  const place = linkButton(visible(`${name}:${request.line}`), () => context.post({ type: "reveal", what: "request" }));
  place.title = `Show the request in ${visible(request.file)}`;
  list.push(place);
  return list;
}

/** Where the connection leads: an address, that of the proxy, or a socket; null where it is not known. */
function otherEnd({ remoteAddress: host, remotePort, proxy, socketPath }: ConnectionReport): string | null {
  if (socketPath !== null) return socketPath;
  if (host === null) return null;
  return `${proxy ? "via " : ""}${remoteAddress(host, remotePort)}`;
}

/** `127.0.0.1:8443`, `[::1]:8443`. */
export function remoteAddress(address: string, port: number | null): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === null ? host : `${host}:${port}`;
}

export const verdictLooks: Readonly<
  Record<VerdictView["kind"], { readonly className: string; readonly icon: IconName }>
> = {
  verified: { className: "level-ok", icon: "lock" },
  "not-verified": { className: "level-error loud", icon: "unlock" },
  "not-encrypted": { className: "level-warning loud", icon: "unlock" },
  "not-connected": { className: "level-neutral", icon: "blocked" },
};

/** The verdict in words. On a response it opens the Security tab; on a failure the chain is on the same page. */
function verdictBadge({ kind, text }: VerdictView, context: Context, opens: boolean): HTMLElement {
  const { className, icon: name } = verdictLooks[kind];
  const classes = `verdict ${className}`;
  if (!opens) return h("span", { class: classes, "data-testid": "verdict" }, icon(name), serverText(text));
  const element = h(
    "button",
    { type: "button", class: classes, "data-testid": "verdict", title: "Show the connection and its certificates" },
    icon(name),
    serverText(text),
    icon("chevron", "verdict-more"),
  );
  element.addEventListener("click", () => context.openTab("security"));
  return element;
}

/** The first finding that is not "ok" stands beside the badge, so that nobody has to look for it. */
function worstFinding({ response, failure, connection }: ExchangeView): HTMLElement | null {
  if (!response || failure) return null;
  const findings = connection?.tls?.verdict.findings ?? [];
  const worst = findings.find(({ level }) => level === "error") ?? findings.find(({ level }) => level === "warning");
  if (!worst) return null;
  return h("span", { class: `finding-chip level-${worst.level}` }, icon("warning"), serverText(worst.text));
}
