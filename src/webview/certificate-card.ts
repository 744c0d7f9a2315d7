import type { CertificateReport } from "../protocol/exchange-view.ts";
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
  readonly open: boolean;
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
      serverText([key(certificate), certificate.signatureAlgorithm].join(" · ")),
      " · ",
      certificate.selfSigned ? "signed by itself" : serverText(`issued by ${certificate.issuerName}`),
      certificate.source && ` · ${sources[certificate.source]}`,
    ),
    lifeBar(life),
    h("div", { class: "ends muted" }, ...ends(certificate, life).map((text) => h("span", {}, text))),
    h(
      "details",
      { open: options.open },
      h("summary", {}, icon("chevron"), "Details"),
      factsTable(`Certificate ${options.role}`, certificateFacts(certificate, life)),
      h("div", { class: "card-actions" }, ...actions(certificate, options.index, context)),
    ),
  );
}

const sources = { server: "sent by the server", "trust store": "from the trust store" } as const;

/** `EC P-256`, `RSA 2048`, `Ed25519`. */
function key({ keyType, keyBits, curve }: Pick<CertificateReport, "keyType" | "keyBits" | "curve">): string {
  const size = curve ?? (keyBits === null ? "" : String(keyBits));
  return size === "" || size === keyType ? keyType : `${keyType} ${size}`;
}

function certificateFacts(certificate: CertificateReport, life: Validity): Fact[] {
  const names = certificate.subjectAltNames;
  return [
    { name: "Subject", value: [serverText(certificate.subject)] },
    { name: "Issuer", value: [serverText(certificate.issuer)] },
    {
      name: "Alternative names",
      value:
        names.length === 0
          ? [unknown("none")]
          : [h("ul", { class: "names" }, ...names.map((name) => h("li", {}, serverText(name, "mono"))))],
    },
    { name: "Valid from", value: [instant(certificate.notBefore)] },
    {
      name: "Valid until",
      value: [instant(certificate.notAfter), h("span", { class: `level-${life.level}` }, `(${life.text})`)],
    },
    { name: "Key", value: [serverText(keyInFull(certificate))] },
    { name: "Signature", value: [serverText(certificate.signatureAlgorithm)] },
    {
      name: "Use",
      value: [certificate.isAuthority ? "Authority: may issue certificates" : "End entity: may not issue certificates"],
    },
    { name: "Serial number", value: [hexPairs(certificate.serialNumber)] },
    { name: "SHA-256", value: [hexPairs(certificate.fingerprint256)] },
    { name: "Source", value: [certificate.source ? sources[certificate.source] : unknown()] },
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
  return certificate.curve !== null && bits !== null ? `${key(certificate)} (${bits} bits)` : key(certificate);
}

function actions(certificate: CertificateReport, index: number | null, context: Context): HTMLElement[] {
  const copies = [
    copyButton(context, { label: "Copy fingerprint" }, { type: "copyText", text: certificate.fingerprint256 }),
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
