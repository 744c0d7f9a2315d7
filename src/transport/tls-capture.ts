import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { TrustSource } from "./authorities.ts";
import type { Connection } from "./connection.ts";
import type { KeyExchange } from "./report.ts";
import { hasOpenSsl } from "./runtime.ts";
import { readTicket } from "./session-ticket.ts";
import { verifiedPath } from "./verified-path.ts";

/** What a handshake showed, raw: taken in the socket's `secure` event, before Node gives its own verdict. */
export interface HandshakeFacts {
  readonly protocol: string | null;
  readonly cipherSuite: string | null;
  readonly alpn: string | null;
  readonly keyExchange: KeyExchange | null;
  readonly serverName: string | null;
  readonly sessionResumed: boolean;
  /** DER, leaf first, with what was added from the trusted authorities. */
  readonly chain: readonly Buffer[];
  /** DER, as the server sent them, in its order; null where this runtime does not tell. */
  readonly sent: readonly Buffer[] | null;
}

/**
 * Call it in `secure`. It must not touch `getPeerX509Certificate()`: on Node 22 and 24 that takes the certificate away,
 * and Node's own check that follows would then fail (nodejs/node#65579).
 */
export function captureHandshake(
  socket: TLSSocket,
  serverName: string | null,
  trust: readonly TrustSource[],
): HandshakeFacts {
  return {
    protocol: socket.getProtocol(),
    cipherSuite: attempt(() => socket.getCipher().standardName) ?? null,
    alpn: socket.alpnProtocol || null,
    keyExchange: attempt(() => readKeyExchange(socket.getEphemeralKeyInfo(), socket.getCipher().name)),
    serverName,
    sessionResumed: socket.isSessionReused(),
    chain: readChain(socket, trust),
    sent: null,
  };
}

/** A client has shared signature algorithms only when the server sent a CertificateRequest; BoringSSL never tells. */
export function wasCertificateRequested(socket: TLSSocket): boolean | null {
  if (!hasOpenSsl) return null;
  return attempt(() => (socket.getSharedSigalgs() as unknown as string[]).length > 0);
}

/** The certificates that came over the wire. Only when Node has no more use for them: this call consumes them. */
export function readSent(socket: TLSSocket): readonly Buffer[] | null {
  return attempt(() => {
    const sent: Buffer[] = [];
    let certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
    while (certificate && sent.length < 32) {
      sent.push(certificate.raw);
      certificate = certificate.issuerCertificate;
    }
    return sent.length === 0 ? null : sent;
  });
}

/** What comes in events of its own. Call it at once: the OCSP response comes before `secure`, tickets at any time. */
export function captureExtras(socket: TLSSocket, connection: Connection): void {
  socket.once("OCSPResponse", (response: Buffer | null) => {
    connection.ocspResponse = response;
  });
  socket.on("session", (session) => {
    const ticket = readTicket(session);
    if (ticket) connection.sessionTicket = { ...ticket, count: (connection.sessionTicket?.count ?? 0) + 1 };
  });
}

function readChain(socket: TLSSocket, trust: readonly TrustSource[]): readonly Buffer[] {
  const chain: Buffer[] = [];
  const seen = new Set<string>();
  let certificate = socket.getPeerCertificate(true);
  while (certificate?.raw && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    chain.push(certificate.raw);
    certificate = certificate.issuerCertificate;
  }
  return attempt(() => verifiedPath(chain, trust)) ?? chain;
}

/** Names by which servers and specifications know the groups that OpenSSL names its own way (RFC 8446 §4.2.7). */
const groupNames: Readonly<Record<string, string>> = {
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

function readKeyExchange(info: unknown, cipherName: string): KeyExchange | null {
  const { type, name, size } = (info ?? {}) as { type?: string; name?: string; size?: number };
  if (type === undefined) {
    // No ephemeral key: static RSA where the cipher says so; else a group that this runtime cannot name.
    return /^AES|^CAMELLIA|^DES/.test(cipherName) ? { group: "RSA (static)", bits: null, postQuantum: false } : null;
  }
  const group = name === undefined ? type : (groupNames[name] ?? name);
  return { group, bits: size ?? null, postQuantum: /MLKEM|Kyber/i.test(group) };
}

/** A fact that a runtime does not offer is "not available", never a broken exchange. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
