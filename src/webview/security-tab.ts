import type { ConnectionReport, Finding, TlsReport, VerdictView } from "../protocol/exchange-view.ts";
import { isOnThisMachine } from "../protocol/route-text.ts";
import { clientLines, type FactLine, notAvailable, ocspLines, sctLines } from "../protocol/tls-words.ts";
import { certificateCard } from "./certificate-card.ts";
import { certificateChain } from "./chain.ts";
import { connectionFacts } from "./connection-facts.ts";
import type { Context } from "./context.ts";
import { h } from "./dom.ts";
import { type Fact, factsTable, unknown } from "./facts-table.ts";
import { type IconName, icon } from "./icons.ts";
import { sentChain } from "./sent-chain.ts";
import { serverText } from "./server-text.ts";

/** What there is to know about a connection. `now`: the time of the exchange; `ssl`: milliseconds of the handshake. */
export interface Security {
  readonly connection: ConnectionReport | null;
  readonly verdict: VerdictView;
  readonly now: Date;
  readonly ssl: number | null;
}

/** `more`: stands above the connection. */
export function securityTab(security: Security, context: Context, more: HTMLElement | null = null): HTMLElement {
  const { connection, verdict, now } = security;
  const tls = connection?.tls;
  return h(
    "div",
    { class: "security" },
    tls ? verdictCard(tls) : plainCard(verdict, connection),
    more,
    connection && h("section", {}, h("h2", {}, "Connection"), connectionTable(security)),
    tls &&
      h(
        "section",
        {},
        h("h2", {}, "Certificate chain"),
        chainSource(tls),
        certificateChain(tls.chain, now, context),
        sentChain(tls, context),
      ),
    tls && clientCertificate(tls, now, context),
    tls && linesSection("Revocation and transparency", [...ocspLines(tls), ...sctLines(tls)]),
  );
}

export function connectionTable({ connection, ssl, verdict }: Security): HTMLElement | null {
  if (!connection) return null;
  const isInUse = verdict.kind === "verified" || connection.tls?.verdict.accepted === true;
  return factsTable("Connection", connectionFacts(connection, ssl, isInUse));
}

function verdictCard({ verdict }: TlsReport): HTMLElement {
  const findings = h("ul", { class: "findings" }, ...verdict.findings.map(finding));
  const trust = h("p", { class: "muted trust" }, "Trusted here: ", serverText(verdict.trust));
  // The failure above has said it already.
  if (!verdict.verified && !verdict.accepted) return h("section", {}, h("h2", {}, "Findings"), findings, trust);
  const level = verdict.verified ? "ok" : "error";
  return h(
    "section",
    { class: `verdict-card level-${level}` },
    h("span", { class: "verdict-icon" }, icon(verdict.verified ? "shield" : "unlock")),
    h(
      "div",
      {},
      h("h2", {}, verdict.verified ? "The server is who it says it is" : "The server could not be verified"),
      h("p", {}, serverText(verdict.reason)),
      findings,
      trust,
    ),
  );
}

function plainCard(verdict: VerdictView, connection: ConnectionReport | null): HTMLElement {
  const plain = verdict.kind === "not-encrypted" || connection?.encrypted === false;
  return h(
    "section",
    { class: `verdict-card level-${plain ? "warning" : "neutral"}` },
    h("span", { class: "verdict-icon" }, icon(plain ? "unlock" : "blocked")),
    h(
      "div",
      {},
      h("h2", {}, plain ? "This connection is not encrypted" : "There is no TLS connection to show"),
      h(
        "p",
        {},
        plain
          ? `The request and its response crossed it in clear text, and nothing proves who answered. ${whyPlain(connection)}`
          : serverText(verdict.text),
      ),
    ),
  );
}

function whyPlain(connection: ConnectionReport | null): string {
  return connection && isOnThisMachine(connection)
    ? "Padlock allows that to this machine only."
    : "Your own settings allow that for this host (padlock.plainHttpHosts).";
}

const findingLooks: Readonly<
  Record<Finding["level"], { readonly icon: IconName; readonly word: string; readonly level: string }>
> = {
  ok: { icon: "check", word: "Good", level: "ok" },
  note: { icon: "info", word: "Note", level: "info" },
  warning: { icon: "warning", word: "Warning", level: "warning" },
  error: { icon: "cross", word: "Error", level: "error" },
};

function finding({ level, text }: Finding): HTMLElement {
  const look = findingLooks[level];
  return h(
    "li",
    {},
    h("span", { class: `level-${look.level}` }, icon(look.icon)),
    h("span", { class: "visually-hidden" }, `${look.word}: `),
    serverText(text),
  );
}

/** What the cards below it are: the way that was verified, which need not be what the server sent. */
function chainSource({ verdict, trustSource }: TlsReport): HTMLElement {
  const words = verdict.verified ? "As verified, from the server to a root in " : "As far as it leads; its end is in ";
  return h(
    "p",
    { class: "section-note muted" },
    words,
    trustSource === null ? "no store that is trusted here" : serverText(trustSource),
    ".",
  );
}

function linesSection(title: string, lines: readonly FactLine[]): HTMLElement {
  return h("section", {}, h("h2", {}, title), factsTable(title, lines.map(factOf)));
}

function factOf({ name, value }: FactLine): Fact {
  return { name, value: [value === notAvailable ? unknown() : serverText(value)] };
}

/** Its card and whose certificates the server takes; whether it was asked for and sent is said with the connection. */
function clientCertificate({ clientCertificate: report }: TlsReport, now: Date, context: Context): HTMLElement | null {
  if (!report.configured && report.requested !== true) return null;
  const options = { role: "Client", now, index: null, testId: "client-certificate" };
  return h(
    "section",
    {},
    h("h2", {}, "Client certificate"),
    report.configured && certificateCard(report.configured, options, context),
    factsTable(
      "Client certificate",
      clientLines(report)
        .filter(({ name }) => name === "Accepted CAs")
        .map(factOf),
    ),
  );
}
