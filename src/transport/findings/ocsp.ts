import type { Finding } from "../report.ts";
import { error, type Inspected, ok, type Rule, warning } from "./rule.ts";

/** What the server stapled, and what it should have (RFC 6960, RFC 7633). */
export const ocspRules: readonly Rule[] = [stapled, missing];

function stapled({ tls: { ocsp }, refusedFor }: Inspected): Finding[] {
  if (!ocsp) return [];
  if (!ocsp.verified) return [warning(`The stapled OCSP response proves nothing. ${ocsp.problem}`)];
  switch (ocsp.status) {
    case "good":
      return [ok("Not revoked, says the stapled OCSP response")];
    case "revoked":
      return refusedFor === "tls.revoked" ? [] : [error("Revoked, says the stapled OCSP response")];
    default:
      return [warning("The stapled OCSP response does not know the certificate")];
  }
}

/** A warning, not an error: public authorities give up OCSP, and their servers cannot staple what there is not. */
function missing({ tls: { chain, stapled: isStapled } }: Inspected): Finding[] {
  return chain[0]?.mustStaple === true && isStapled === false
    ? [warning("Not stapled although the certificate asks for it (must-staple)")]
    : [];
}
