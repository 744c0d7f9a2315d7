import type { TlsReport } from "../protocol/exchange-view.ts";
import { roleOf, type SentPlace, sentPlaces, sentWords } from "../protocol/tls-words.ts";
import type { Context } from "./context.ts";
import { copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { unknown } from "./facts-table.ts";
import { serverText } from "./server-text.ts";

/** What the server sent, in words; where that is not the chain above, each certificate in the order in which it came. */
export function sentChain(tls: TlsReport, context: Context): HTMLElement {
  const places = sentPlaces(tls);
  const isAsShown = places?.every(({ position }, index) => position === index) ?? true;
  return h(
    "div",
    { "data-testid": "sent" },
    h("p", { class: "section-note muted" }, "Sent by the server: ", places ? `${sentWords(tls)}.` : unknown()),
    !isAsShown && h("ol", {}, ...(places ?? []).map((place, index) => sentItem(place, index, context))),
  );
}

function sentItem({ certificate, position }: SentPlace, index: number, context: Context): HTMLElement {
  const isExtra = position === null;
  return h(
    "li",
    { class: "sent-item" },
    h("span", { class: "sent-number muted", "aria-hidden": "true" }, String(index + 1)),
    serverText(certificate.subjectName, "sent-name"),
    h("span", { class: isExtra ? "role level-info" : "role" }, roleOf(certificate, position)),
    // The others have their cards above.
    isExtra &&
      copyButton(
        context,
        { label: "Copy PEM", description: `Copy PEM of certificate ${index + 1}` },
        { type: "copyText", text: certificate.pem },
      ),
  );
}
