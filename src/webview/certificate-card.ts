import type { CertificateReport } from "../protocol/exchange-view.ts";
import { keyWords, urlLines, usageLines } from "../protocol/tls-words.ts";
import type { Context } from "./context.ts";
import { button, copyButton } from "./controls.ts";
import { h, svg } from "./dom.ts";
import { type Fact, factsTable, unknown } from "./facts-table.ts";
import { day, instant } from "./format.ts";
import { icon } from "./icons.ts";
import { serverText, textNodes } from "./server-text.ts";
import { type Validity, validity } from "./validity.ts";

interface CardOptions {
  readonly role: string;
  readonly now: Date;
  /** Index in the chain, for "Open"; null for a certificate that is not of the chain. */
  readonly index: number | null;
  readonly testId: string;
}

/** One certificate: who, by whom, how long still, and the rest on demand. */
export function certificateCard(certificate: CertificateReport, options: CardOptions, context: Context): HTMLElement {
  const life = validity(certificate, options.now);
  return h(
    "article",
    { class: "card", "data-testid": options.testId },
    h(
      "div",
      { class: "card-head" },
      h("h3", { "data-testid": `${options.testId}-subject` }, serverText(certificate.subjectName)),
      h("span", { class: "role" }, options.role),
      h("span", { class: "spring" }),
      h("span", { class: `days level-${life.level}` }, life.level !== "ok" && icon("warning"), life.text),
    ),
    h(
      "p",
      { class: "card-line muted" },
      serverText([keyWords(certificate), certificate.signatureAlgorithm].join(" · ")),
      " · ",
      certificate.selfSigned ? "signed by itself" : serverText(`issued by ${certificate.issuerName}`),
      certificate.source && ` · ${sources[certificate.source]}`,
    ),
    names(certificate),
    lifeBar(life),
    h("div", { class: "ends muted" }, ...ends(certificate, life).map((text) => h("span", {}, text))),
    h(
      "details",
      {},
      h("summary", {}, icon("chevron"), "Details"),
      factsTable(`Certificate ${options.role}`, certificateFacts(certificate, life)),
      h("div", { class: "card-actions" }, ...actions(certificate, options.index, context)),
    ),
  );
}

const sources = { server: "sent by the server", "trust store": "from the trust store" } as const;

/** Names that a card shows at once. */
const firstNames = 4;

/** Whom it is for, without its details: as a glance tells whether the host is among them. */
function names({ subjectAltNames, isAuthority }: CertificateReport): HTMLElement | false {
  if (isAuthority || subjectAltNames.length === 0) return false;
  const more = subjectAltNames.length - firstNames;
  const shown = subjectAltNames.slice(0, firstNames).map((name) => name.replace(/^(?:DNS|IP(?: Address)?):/, ""));
  return h(
    "p",
    { class: "card-line" },
    h("span", { class: "muted" }, "For "),
    serverText(shown.join(", "), "mono", 300),
    more > 0 && h("span", { class: "muted" }, ` and ${more} more`),
  );
}

function certificateFacts(certificate: CertificateReport, life: Validity): Fact[] {
  const names = certificate.subjectAltNames;
  return [
    { name: "Subject", value: [serverText(certificate.subject)] },
    { name: "Issuer", value: [serverText(certificate.issuer)] },
    {
      name: "Alternative names",
      value: names.length === 0 ? [unknown("none")] : [nameList(names)],
    },
    { name: "Valid from", value: [instant(certificate.notBefore)] },
    {
      name: "Valid until",
      value: [instant(certificate.notAfter), h("span", { class: `level-${life.level}` }, `(${life.text})`)],
    },
    { name: "Key", value: [serverText(keyInFull(certificate))] },
    { name: "Signature", value: [serverText(certificate.signatureAlgorithm)] },
    ...usageLines(certificate).map(({ name, value }) => ({ name, value: [serverText(value)] })),
    { name: "Serial number", value: [hexPairs(certificate.serialNumber)] },
    { name: "SHA-256", value: [hexPairs(certificate.fingerprint256)] },
    { name: "Public key pin", value: [serverText(certificate.spkiPin, "mono")] },
    ...keyIds(certificate),
    ...urlLines(certificate).map(({ name, value }) => ({ name, value: [serverText(value, "mono")] })),
    { name: "Version", value: [String(certificate.version)] },
    { name: "Source", value: [certificate.source ? sources[certificate.source] : unknown()] },
  ];
}

/** A certificate can hold thousands: the list scrolls then, so it can have the focus. */
function nameList(names: readonly string[]): HTMLElement {
  return h(
    "ul",
    { class: "names", tabindex: names.length > 20 ? "0" : null },
    ...names.map((name) => h("li", {}, serverText(name, "mono"))),
  );
}

function keyIds({ subjectKeyId, authorityKeyId }: CertificateReport): Fact[] {
  return [
    ...(subjectKeyId === null ? [] : [{ name: "Subject key ID", value: [hexPairs(subjectKeyId)] }]),
    ...(authorityKeyId === null ? [] : [{ name: "Authority key ID", value: [hexPairs(authorityKeyId)] }]),
  ];
}

/** What stands under the two ends of the bar, which reaches to today where today is outside the validity. */
function ends({ notBefore, notAfter }: CertificateReport, { start, end }: Validity): readonly [string, string] {
  return [
    start > 0 ? `today · starts ${day(notBefore)}` : day(notBefore),
    end < 1 ? `ended ${day(notAfter)} · today` : day(notAfter),
  ];
}

/** `8F:1C:…` that breaks between pairs only. Copied as it is. */
function hexPairs(text: string): HTMLElement {
  const pairs = text.split(":").flatMap((pair, index) => (index === 0 ? [pair] : [":", h("wbr"), pair]));
  return h(
    "span",
    { class: "mono hex" },
    ...pairs.flatMap((part) => (typeof part === "string" ? textNodes(part) : [part])),
  );
}

function keyInFull(certificate: CertificateReport): string {
  const bits = certificate.keyBits;
  return certificate.curve !== null && bits !== null
    ? `${keyWords(certificate)} (${bits} bits)`
    : keyWords(certificate);
}

function actions(certificate: CertificateReport, index: number | null, context: Context): HTMLElement[] {
  const copies = [
    copyButton(context, { label: "Copy fingerprint" }, { type: "copyText", text: certificate.fingerprint256 }),
    copyButton(context, { label: "Copy pin" }, { type: "copyText", text: certificate.spkiPin }),
    copyButton(context, { label: "Copy PEM" }, { type: "copyText", text: certificate.pem }),
  ];
  if (index === null) return copies;
  const open = button({ label: "Open PEM", icon: "open" }, () => context.post({ type: "openCertificate", index }));
  return [...copies, open];
}

/** The time of validity as a bar, how much of it is over, and where today stands. The same is said in words above. */
function lifeBar({ level, start, end, now }: Validity): SVGElement {
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
  const used = Math.max(0, Math.min(now, end) - start);
  return svg(
    "svg",
    { class: `life level-${level}`, "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: "life-rest", x: percent(start), y: 3, width: percent(end - start), height: 6, rx: 3 }),
    svg("rect", { class: "life-used", x: percent(start), y: 3, width: percent(used), height: 6, rx: 3 }),
    now > end && svg("line", { class: "life-over", x1: percent(end), x2: percent(now), y1: 6, y2: 6 }),
    now < start && svg("line", { class: "life-over", x1: percent(now), x2: percent(start), y1: 6, y2: 6 }),
    // The mark is a rectangle drawn inwards, so that it stays in sight at both ends.
    svg("rect", {
      class: "life-now",
      x: percent(now),
      y: 0,
      width: 2,
      height: 12,
      rx: 1,
      transform: now > 0.5 ? "translate(-2 0)" : null,
    }),
  );
}
