import { duration } from "../common/units.ts";
import type { CookiesView } from "../protocol/cookie-view.ts";
import type { ConnectionReport, ExchangeView, Note, WithheldView } from "../protocol/exchange-view.ts";
import { cookieSummary } from "./cookie-words.ts";
import { h } from "./dom.ts";
import { urlSpan, verdictLooks } from "./header-strip.ts";
import { icon } from "./icons.ts";
import { serverText } from "./server-text.ts";

/** More redirects than this are folded. */
const mostOpen = 3;

/** What there is to know beside the response: where the request was sent on to, what was withheld, and warnings. */
export function remarksView(exchange: ExchangeView): HTMLElement[] {
  const { redirects, notes } = exchange;
  const nodes = [redirects.length > 0 && redirectList(exchange), notes.length > 0 && noteList(notes)];
  const present = nodes.filter((node) => node !== false);
  return present.length === 0
    ? []
    : [h("section", { class: "remarks", "aria-label": "Redirects and warnings" }, ...present)];
}

/** A request on the way: the first one, or one that a redirect led to. */
interface Stop {
  readonly status: number | null;
  readonly method: string;
  readonly url: string;
  readonly withheld: readonly WithheldView[];
  /** Sent with it, and set by its response. */
  readonly cookies: CookiesView | undefined;
  readonly connection: ConnectionReport | null;
  /** Milliseconds. */
  readonly took: number;
}

/** Each redirect's target stands with the connection that was made to it. */
function stopsOf({ redirects, request, cookies, connection, timings }: ExchangeView): Stop[] {
  const before = redirects.reduce((sum, hop) => sum + hop.timings.total, 0);
  const ofLast = { method: request.method, connection, timings: { total: timings.total - before } };
  const last = { ...ofLast, ...(cookies && { cookies }) };
  return [undefined, ...redirects].map((redirect, index) => {
    const hop = redirects[index] ?? last;
    return {
      status: redirect?.status ?? null,
      method: hop.method,
      url: redirect?.location ?? redirects[0]?.url ?? request.url,
      withheld: redirect?.withheld ?? [],
      cookies: hop.cookies,
      connection: hop.connection,
      took: hop.timings.total,
    };
  });
}

function redirectList(exchange: ExchangeView): HTMLElement {
  const { length } = exchange.redirects;
  return h(
    "details",
    { class: "redirects", open: length <= mostOpen, "data-testid": "redirects" },
    h("summary", {}, icon("chevron"), length === 1 ? "1 redirect" : `${length} redirects`),
    h("ol", {}, ...stopsOf(exchange).map(stopItem)),
  );
}

function stopItem({ status, method, url, withheld, cookies, connection, took }: Stop): HTMLElement {
  return h(
    "li",
    {},
    status === null
      ? h("p", { class: "muted" }, "From ")
      : h("p", { class: "stop-status" }, h("span", { class: "level-info" }, icon("redirect"), `${status} `)),
    h(
      "div",
      {},
      h("p", { class: "stop-target" }, h("span", { class: "method" }, serverText(method)), " ", urlSpan(url)),
      h("p", { class: "stop-facts" }, verdictOf(connection), h("span", { class: "muted" }, duration(took))),
      withheld.length > 0 &&
        h(
          "p",
          { class: "stop-withheld" },
          h("span", { class: "level-warning" }, icon("blocked")),
          h("span", {}, "Not sent there: ", ...separated(withheld.map(withheldPart))),
        ),
      cookies && cookieLine(cookies),
    ),
  );
}

/** Names in one line: what a hostile server sends beyond it is in the Cookies tab. */
const longestLine = 300;

function cookieLine(cookies: CookiesView): HTMLElement {
  const text = cookieSummary(cookies)
    .map(([what, names]) => `${what}: ${names.join(", ")}`)
    .join(" · ");
  return h("p", { class: "stop-cookies muted" }, "Cookies ", serverText(text, "", longestLine));
}

/** In a word. */
function verdictOf(connection: ConnectionReport | null): HTMLElement {
  const kind = verdictKind(connection);
  const look = verdictLooks[kind];
  return h("span", { class: look.className.replace(" loud", "") }, icon(look.icon), ` ${verdictWords[kind]}`);
}

const verdictWords = {
  verified: "Verified",
  "not-verified": "Not verified",
  "not-encrypted": "Not encrypted",
  "not-connected": "No connection",
} as const;

function verdictKind(connection: ConnectionReport | null): keyof typeof verdictWords {
  if (!connection) return "not-connected";
  if (!connection.encrypted) return "not-encrypted";
  return connection.tls?.verdict.verified ? "verified" : "not-verified";
}

function withheldPart({ part, name, secrets }: WithheldView): HTMLElement {
  return h(
    "span",
    {},
    part === "body" ? "the body" : serverText(name ?? "", "mono", 200),
    ...(secrets.length === 0
      ? []
      : [" (", ...separated(secrets.map((secret) => serverText(secret, "mono", 200))), ")"]),
  );
}

function separated(nodes: readonly HTMLElement[]): (HTMLElement | string)[] {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [", ", node]));
}

export function noteList(notes: readonly Note[]): HTMLElement {
  return h("ul", { class: "notes", "data-testid": "notes" }, ...notes.map(noteItem));
}

function noteItem({ level, text }: Note): HTMLElement {
  const isWarning = level === "warning";
  return h(
    "li",
    {},
    h("span", { class: isWarning ? "level-warning" : "level-info" }, icon(isWarning ? "warning" : "info")),
    h("span", {}, h("span", { class: "visually-hidden" }, isWarning ? "Warning: " : "Note: "), serverText(text)),
  );
}
