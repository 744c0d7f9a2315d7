import type { CertificateReport } from "../protocol/exchange-view.ts";
import { roleOf } from "../protocol/tls-words.ts";
import { certificateCard } from "./certificate-card.ts";
import type { Context } from "./context.ts";
import { h } from "./dom.ts";

/** The chain as a tree: the server's certificate first, below each one the authority that issued it. */
export function certificateChain(chain: readonly CertificateReport[], now: Date, context: Context): HTMLElement {
  if (chain.length === 0) return h("p", { class: "nothing" }, "The server showed no certificate.");
  return h(
    "ol",
    { class: "chain" },
    ...chain.map((certificate, index) =>
      h(
        "li",
        { class: `chain-${Math.min(index, 4)}` },
        certificateCard(certificate, { role: roleOf(certificate, index), now, index, testId: "certificate" }, context),
      ),
    ),
  );
}
