import { isLoopbackAddress } from "../common/loopback.ts";
import type { ConnectionReport, Finding, TlsReport, VerdictView } from "../protocol/exchange-view.ts";
import { certificateCard } from "./certificate-card.ts";
import { certificateChain } from "./chain.ts";
import { connectionFacts } from "./connection-facts.ts";
import type { Context } from "./context.ts";
import { h } from "./dom.ts";
import { factsTable } from "./facts-table.ts";
import { type IconName, icon } from "./icons.ts";
import { serverText } from "./server-text.ts";

/** What there is to know about a connection. `now`: the time of the exchange; `ssl`: milliseconds of the handshake. */
export interface Security {
  readonly connection: ConnectionReport | null;
  readonly verdict: VerdictView;
  readonly now: Date;
  readonly ssl: number | null;
}

export function securityTab(security: Security, context: Context): HTMLElement {
  const { connection, verdict, now } = security;
  const tls = connection?.tls;
  return h(
    "div",
    { class: "security" },
    tls ? verdictCard(tls) : plainCard(verdict, connection),
    connection && h("section", {}, h("h2", {}, "Connection"), connectionTable(security)),
    tls && h("section", {}, h("h2", {}, "Certificate chain"), certificateChain(tls.chain, now, context)),
    tls && clientCertificate(tls, now, context),
  );
}

export function connectionTable({ connection, ssl, verdict }: Security): HTMLElement | null {
  if (!connection) return null;
  const isInUse = verdict.kind === "verified" || connection.tls?.verdict.accepted === true;
  return factsTable("Connection", connectionFacts(connection, ssl, isInUse));
}

function verdictCard({ verdict }: TlsReport): HTMLElement {
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
      h("ul", { class: "findings" }, ...verdict.findings.map(finding)),
      h("p", { class: "muted trust" }, "Trusted here: ", serverText(verdict.trust)),
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
  return isLoopbackAddress(connection?.remoteAddress ?? "")
    ? "Padlock allows that to this machine only."
    : "Your own settings allow that for this host (padlock.plainHttpHosts).";
}

const findingLooks: Readonly<Record<Finding["level"], { readonly icon: IconName; readonly word: string }>> = {
  ok: { icon: "check", word: "Good" },
  warning: { icon: "warning", word: "Warning" },
  error: { icon: "cross", word: "Error" },
};

function finding({ level, text }: Finding): HTMLElement {
  const look = findingLooks[level];
  return h(
    "li",
    {},
    h("span", { class: `level-${level}` }, icon(look.icon)),
    h("span", { class: "visually-hidden" }, `${look.word}: `),
    serverText(text),
  );
}

function clientCertificate(
  { clientCertificate: { configured } }: TlsReport,
  now: Date,
  context: Context,
): HTMLElement | null {
  if (!configured) return null;
  const options = { role: "Client", open: false, now, index: null, testId: "client-certificate" };
  return h("section", {}, h("h2", {}, "Client certificate"), certificateCard(configured, options, context));
}
