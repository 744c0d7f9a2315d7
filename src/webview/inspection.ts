import { hostPortText } from "../common/host-port.ts";
import { duration } from "../common/units.ts";
import type { InspectionView } from "../protocol/inspection-view.ts";
import { versionLine } from "../protocol/version-words.ts";
import type { Context } from "./context.ts";
import { button, copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { failureCard, whatToChange } from "./failure-view.ts";
import { timeOfDay } from "./format.ts";
import { remoteAddress, verdictLooks } from "./header-strip.ts";
import { icon } from "./icons.ts";
import { noteList } from "./remarks.ts";
import { securityTab } from "./security-tab.ts";
import { serverText } from "./server-text.ts";

/** What is known of a server's TLS, on one page: which server, the verdict, what to change, and the whole report. */
export function inspectionView(inspection: InspectionView, context: Context): HTMLElement[] {
  const { failure, connection, verdict, startedAt, timings, notes } = inspection;
  const now = new Date(startedAt);
  return [
    strip(inspection, context),
    ...(notes.length > 0 ? [h("section", { class: "remarks", "aria-label": "Warnings" }, noteList(notes))] : []),
    h(
      "div",
      { class: failure ? "failure" : "inspected" },
      failure && failureCard(failure, assurance(inspection)),
      failure ? whatToChange(inspection, failure, context) : h("div", { class: "actions" }, copyReport(context)),
      connection && securityTab({ connection, verdict, now, ssl: timings.ssl }, context, versionsSection(inspection)),
    ),
  ];
}

/** "localhost:8443, Verified · TLS 1.3": for a screen reader. */
export function inspectionSummary(inspection: InspectionView): string {
  return `${hostPortText(inspection)}, ${inspection.verdict.text}`;
}

function strip(inspection: InspectionView, context: Context): HTMLElement {
  const { failure, verdict, connection, timings, startedAt } = inspection;
  const level = failure ? "error" : verdict.kind === "verified" ? "ok" : "warning";
  const look = verdictLooks[verdict.kind];
  const again = {
    label: "Inspect again",
    icon: "again",
    className: "secondary send-again",
    testId: "inspect-again",
  } as const;
  const facts = [
    connection && "Handshake only, no request sent",
    duration(timings.total),
    connection?.remoteAddress ? serverText(remoteAddress(connection.remoteAddress, connection.remotePort)) : null,
    h("time", { datetime: startedAt, title: startedAt }, timeOfDay(startedAt)),
  ].filter((fact) => fact !== null);
  return h(
    "header",
    { class: `strip level-${level}` },
    h(
      "div",
      { class: "strip-top" },
      h(
        "h1",
        { class: "headline" },
        h("span", { class: "status-icon" }, icon(failure ? "cross" : "shield")),
        h("span", { class: "status", "data-testid": "status" }, serverText(hostPortText(inspection), "", 300)),
      ),
      button(again, () => context.post({ type: "inspect", id: inspection.id })),
    ),
    h("ul", { class: "facts" }, ...facts.map((fact) => h("li", {}, fact))),
    h(
      "div",
      { class: "badges" },
      h(
        "span",
        { class: `verdict ${look.className}`, "data-testid": "verdict" },
        icon(look.icon),
        serverText(verdict.text),
      ),
    ),
  );
}

function copyReport(context: Context): HTMLElement {
  return copyButton(
    context,
    { label: "Copy report as JSON", className: "secondary" },
    { type: "copy", what: "report" },
  );
}

function assurance({ connection }: InspectionView): string {
  return connection ? "Only the handshake was tried: no request was sent." : "No connection was made.";
}

function versionsSection({ versions }: InspectionView): HTMLElement | null {
  if (versions.length === 0) return null;
  return h(
    "section",
    {},
    h("h2", {}, "TLS versions that the server accepts"),
    h(
      "table",
      { class: "facts-table", "aria-label": "TLS versions", "data-testid": "versions" },
      h(
        "tbody",
        {},
        ...versions
          .map(versionLine)
          .map(({ name, answer, level, cipherSuite }) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, name),
              h(
                "td",
                {},
                h(
                  "span",
                  { class: `version-answer ${level === "neutral" ? "muted" : `level-${level}`}` },
                  level !== "neutral" && icon(level === "ok" ? "check" : "warning"),
                  serverText(answer, "", 200),
                ),
                " ",
                cipherSuite !== null && serverText(cipherSuite, "mono muted"),
              ),
            ),
          ),
      ),
    ),
  );
}
