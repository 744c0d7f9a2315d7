import type { Finding } from "../report.ts";
import { certificateRules } from "./certificates.ts";
import { chainRules } from "./chain.ts";
import { clientRules } from "./client.ts";
import { ocspRules } from "./ocsp.ts";
import { protocolRules } from "./protocol.ts";
import type { Inspected, Rule } from "./rule.ts";

const rules: readonly Rule[] = [...protocolRules, ...certificateRules, ...chainRules, ...ocspRules, ...clientRules];

const order: readonly Finding["level"][] = ["error", "warning", "ok", "note"];

/** What there is to say about a connection's TLS beside whether it is verified: the worst first. */
export function findingsOf(inspected: Inspected): Finding[] {
  const findings = rules.flatMap((rule) => rule(inspected));
  return order.flatMap((level) => findings.filter((finding) => finding.level === level));
}
