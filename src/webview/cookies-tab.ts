import { plural } from "../common/units.ts";
import type { CookieFactsView, CookiesView, ReceivedCookieView, WithheldCookieView } from "../protocol/cookie-view.ts";
import type { ExchangeView, HeaderView } from "../protocol/exchange-view.ts";
import type { HeaderPlace } from "../protocol/messages.ts";
import type { Context } from "./context.ts";
import { button } from "./controls.ts";
import { cookieFacts, outcomeWords, valueIn } from "./cookie-words.ts";
import { type Child, h } from "./dom.ts";
import { revealButton, valueNodes } from "./header-row.ts";
import { icon } from "./icons.ts";
import { serverText } from "./server-text.ts";
import { visible } from "./visible-text.ts";

/** How many cookies there are to show, of the redirects too; 0: the tab is not there. */
export function cookieCount({ cookies, redirects }: Pick<ExchangeView, "cookies" | "redirects">): number {
  const all = [cookies, ...redirects.map((hop) => hop.cookies)];
  return all.reduce((sum, one) => sum + (one ? one.sent.length + one.withheld.length + one.received.length : 0), 0);
}

/** What the response has set, with what became of it, and what went along with the request. */
export function cookiesTab(exchange: ExchangeView, context: Context): HTMLElement {
  const { cookies, redirects, request, response } = exchange;
  return h(
    "div",
    { class: "cookies" },
    h(
      "div",
      { class: "toolbar" },
      h("span", { class: "muted" }, "Cookies are kept in memory until VS Code closes."),
      button({ label: "Show all kept cookies", className: "secondary" }, () => context.post({ type: "showCookies" })),
    ),
    ...(cookies
      ? sections(cookies, ofLast, { request: request.headers, response: response?.headers ?? [] }, context)
      : []),
    ...redirects.flatMap((hop, index) => {
      const redirect = redirects.length === 1 ? "the redirect" : `redirect ${index + 1}`;
      return hop.cookies ? sections(hop.cookies, ofHop(redirect), undefined, context) : [];
    }),
  );
}

interface Titles {
  readonly received: string;
  readonly sent: string;
  readonly withheld: string;
}

const ofLast: Titles = { received: "Set by the response", sent: "Sent with the request", withheld: "Not sent" };

function ofHop(redirect: string): Titles {
  return { received: `Set by ${redirect}`, sent: `Sent before ${redirect}`, withheld: `Not sent before ${redirect}` };
}

/** Of the exchange whose values can be revealed; those of redirects are not kept. */
interface Headers {
  readonly request: readonly HeaderView[];
  readonly response: readonly HeaderView[];
}

function sections(
  { received, sent, withheld }: CookiesView,
  titles: Titles,
  headers: Headers | undefined,
  context: Context,
): HTMLElement[] {
  const sentAt = headers?.request.findLastIndex(({ name }) => name.toLowerCase() === "cookie") ?? -1;
  const parts: (readonly [title: string, rows: HTMLTableRowElement[]])[] = [
    [titles.received, received.map((cookie) => receivedRow(cookie, headers, context))],
    [titles.sent, sent.map((cookie) => row(cookie.name, cookie, place(headers, "request", sentAt), context, []))],
    [titles.withheld, withheld.map(withheldRow)],
  ];
  return parts.flatMap(([title, rows]) =>
    rows.length === 0
      ? []
      : [
          h("h2", {}, title, h("span", { class: "muted size" }, plural(rows.length, "cookie"))),
          h(
            "table",
            { class: "headers", "aria-label": title },
            h("colgroup", {}, h("col", { class: "column-name" }), h("col")),
            h("tbody", {}, ...rows),
          ),
        ],
  );
}

function receivedRow(
  received: ReceivedCookieView,
  headers: Headers | undefined,
  context: Context,
): HTMLTableRowElement {
  const { name, cookie, header } = received;
  const { level, text } = outcomeWords(received);
  const note = h(
    "div",
    { class: `header-note level-${level}`, "data-testid": "cookie-outcome" },
    icon(level === "ok" ? "check" : level === "info" ? "info" : "warning"),
    h("span", {}, serverText(text)),
  );
  return row(name, cookie, place(headers, "response", header), context, [note]);
}

interface Masked extends HeaderPlace {
  readonly header: HeaderView;
}

/** Undefined where there is nothing to reveal. */
function place(headers: Headers | undefined, part: HeaderPlace["part"], index: number): Masked | undefined {
  const header = headers?.[part][index];
  return header?.masked ? { part, index, header } : undefined;
}

function row(
  name: string,
  cookie: CookieFactsView | null,
  masked: Masked | undefined,
  context: Context,
  notes: readonly Child[],
): HTMLTableRowElement {
  const value = cookie && h("div", { class: "mono" }, ...valueNodes(cookie.value));
  const reveal = cookie && value && masked && cookieReveal(name, cookie, masked, value, context);
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name === "" ? h("span", { class: "muted" }, "(no name)") : serverText(name, "", 300)),
    h(
      "td",
      {},
      value && h("div", { class: "header-value" }, value, reveal),
      cookie && h("div", { class: "muted" }, serverText(cookieFacts(cookie), "", 1000)),
      ...notes,
    ),
  );
}

/** The engine keeps whole headers: of the one that holds the cookie its value is shown. */
function cookieReveal(
  name: string,
  cookie: CookieFactsView,
  { header, ...at }: Masked,
  value: HTMLElement,
  context: Context,
): HTMLButtonElement {
  const show = (text: string) =>
    value.replaceChildren(...valueNodes(text === header.value ? cookie.value : valueIn(text, at.part, name)));
  return revealButton(header, `cookie ${visible(name).slice(0, 100)}`, at, show, context);
}

function withheldRow({ name, secrets }: WithheldCookieView): HTMLTableRowElement {
  const why =
    secrets.length > 0
      ? `It holds ${secrets.join(", ")}, which may not go to this host`
      : "It holds a private value, which stays with the host that it was sent to";
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, serverText(name, "", 300)),
    h("td", {}, h("div", { class: "header-note level-warning" }, icon("blocked"), h("span", {}, serverText(why)))),
  );
}
