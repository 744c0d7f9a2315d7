import type { Finding } from "../report.ts";
import { expiresSoonDays, type Inspected, inDays, note, type Rule, warning } from "./rule.ts";

/** The person's own certificate. */
export const clientRules: readonly Rule[] = [ownValidity, asked, shownEarly];

function ownValidity({ tls: { clientCertificate } }: Inspected): Finding[] {
  const own = clientCertificate.configured;
  if (!own || own.daysLeft >= expiresSoonDays) return [];
  return [warning(`Client certificate ${own.daysLeft < 0 ? "has expired" : `expires ${inDays(own.daysLeft)}`}`)];
}

function asked({ tls: { clientCertificate } }: Inspected): Finding[] {
  const { configured, requested } = clientCertificate;
  if (configured && requested === false) {
    return [warning("A client certificate is configured, but the server did not ask for it")];
  }
  return !configured && requested === true
    ? [note("The server asks for a client certificate; none is configured")]
    : [];
}

/** RFC 5246 §7.4.6: the client's certificate goes in clear, and Node sends it before it looks at the server's. */
function shownEarly({ tls: { clientCertificate, protocol } }: Inspected): Finding[] {
  return clientCertificate.presented && protocol === "TLSv1.2"
    ? [warning("TLS 1.2 shows the client certificate to a server that is not verified yet")]
    : [];
}
