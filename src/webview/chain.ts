import type { CertificateReport } from "../protocol/exchange-view.ts";
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
        certificateCard(
          certificate,
          { role: role(certificate, index), open: index === 0, now, index, testId: "certificate" },
          context,
        ),
      ),
    ),
  );
}

function role(certificate: CertificateReport, index: number): string {
  if (index === 0) return certificate.selfSigned ? "Server, self-signed" : "Server";
  return certificate.selfSigned ? "Root" : "Intermediate";
}
