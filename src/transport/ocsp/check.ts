import { Failure } from "../../common/failure.ts";
import { wholeText } from "../../common/whole-text.ts";
import type { Connection } from "../connection.ts";
import { reasonWords } from "../x509/revocation-list.ts";

/** Reads what the server stapled, if anything, into `connection.staple`. The reader is loaded for it: few staple. */
export async function readOcsp(connection: Connection): Promise<void> {
  const { ocspResponse, handshake } = connection;
  if (!ocspResponse || !handshake) return;
  const { readStaple } = await import("./staple.ts");
  connection.staple = readStaple(ocspResponse, handshake.chain);
}

/** The failure where the stapled response proves that the certificate is revoked. */
export function revocationOf({ host, staple }: Connection): Failure | undefined {
  if (staple?.report.status !== "revoked" || !staple.report.verified) return undefined;
  const { revokedAt, revocationReason, responder } = staple.report;
  const reason = revocationReason ? ` (${reasonWords(revocationReason)})` : "";
  return new Failure({
    code: "tls.revoked",
    title: "The server's certificate was revoked",
    detail: `${host} itself sent the proof along: an OCSP response, signed by ${wholeText(responder ?? "", 150)}, which says that the certificate was revoked on ${revokedAt?.slice(0, 10)}${reason}.`,
    fix: "Whoever runs the server must replace its certificate. Do not send anything there until then.",
  });
}
