import { X509Certificate } from "node:crypto";
import net from "node:net";
import { findSource } from "./authorities.ts";
import { describeCertificate } from "./certificate.ts";
import { type Connection, verifiedName } from "./connection.ts";
import type { CertificateReport, SctReport, TlsReport } from "./report.ts";
import { readScts } from "./sct.ts";
import { signatureScheme } from "./signature-scheme.ts";
import { readCertificateFields } from "./x509/certificate-fields.ts";

/** A connection's TLS without the verdict on it. */
export type TlsFacts = Omit<TlsReport, "verdict">;

/** Undefined where the handshake did not get so far as to show anything. */
export function tlsFacts(connection: Connection): TlsFacts | undefined {
  const { handshake, identity, staple, ocspResponse } = connection;
  if (!handshake || !identity) return undefined;
  const chain = reportChain(connection);
  const root = chain.at(-1);
  const requested = connection.certificateRequested;
  const configured = identity.clientCertificate;
  return {
    protocol: handshake.protocol,
    cipherSuite: handshake.cipherSuite,
    alpn: handshake.alpn,
    keyExchange: handshake.keyExchange,
    signatureScheme: signatureScheme(handshake.protocol, chain[0]),
    serverName: handshake.serverName,
    nameOverride: identity.serverName ?? null,
    sessionResumed: handshake.sessionResumed,
    earlyData: false,
    sessionTicket: connection.sessionTicket,
    stapled: ocspResponse === undefined ? null : ocspResponse !== null,
    ocsp: staple?.report ?? null,
    scts: sctsOf(connection),
    clientCertificate: {
      configured,
      requested,
      presented: requested === true && configured !== null && !isRefusedBefore(connection),
      // Node offers no way to the list in the server's CertificateRequest.
      acceptedAuthorities: null,
    },
    chain,
    sent: handshake.sent ? describeAll(handshake.sent, () => "server") : null,
    trustSource: (root && findSource(identity.trust, root.pem)?.label) ?? null,
    certificateName: matchedName(connection) ?? null,
  };
}

/**
 * Was the server refused before our own certificate left? In TLS 1.3 it is in the client's last flight, which comes after
 * the verdict on the server's; in TLS 1.2 before it. What a stapled response proves is read later.
 */
function isRefusedBefore({ handshake, verified, accepted, staple }: Connection): boolean {
  const isRefused = !verified && accepted === undefined && staple?.report.status !== "revoked";
  return handshake?.protocol === "TLSv1.3" && isRefused;
}

/** The chain as the connection showed it, leaf first. A certificate that cannot be read ends it. */
export function reportChain({ handshake }: Connection): CertificateReport[] {
  const sent = handshake?.sent ?? null;
  return describeAll(handshake?.chain ?? [], (der) => {
    if (sent === null) return null;
    return sent.some((other) => Buffer.compare(other, der) === 0) ? "server" : "trust store";
  });
}

function describeAll(
  ders: readonly Uint8Array[],
  sourceOf: (der: Uint8Array) => CertificateReport["source"],
): CertificateReport[] {
  const reports: CertificateReport[] = [];
  for (const der of ders) {
    try {
      reports.push(describeCertificate(der, sourceOf(der)));
    } catch {
      break;
    }
  }
  return reports;
}

function sctsOf({ handshake, staple }: Connection): readonly SctReport[] | null {
  const leaf = handshake?.chain[0];
  if (!leaf) return null;
  const embedded = attempt(() => readScts(readCertificateFields(leaf).extensions, "certificate")) ?? null;
  return embedded && [...embedded, ...(staple?.scts ?? [])];
}

/** Of the alternative names, the one that the host is verified by. */
function matchedName(connection: Connection): string | undefined {
  const der = connection.handshake?.chain[0];
  if (!der) return undefined;
  const name = verifiedName(connection);
  return attempt(() => {
    const leaf = new X509Certificate(der);
    return net.isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name);
  });
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
