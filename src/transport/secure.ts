import net from "node:net";
import tls from "node:tls";
import { isAnchored } from "./authorities.ts";
import { type Connection, verifiedName } from "./connection.ts";
import type { Identity } from "./identity.ts";
import { readOcsp, revocationOf } from "./ocsp/check.ts";
import { checkPins } from "./pins.ts";
import { captureExtras, captureHandshake, readSent, wasCertificateRequested } from "./tls-capture.ts";

/**
 * The TLS handshake over an open connection, with every check of the server. Node enforces them: what this resolves to
 * is verified, or accepted by the person's own settings. The chain is captured before Node's verdict, so that a refused
 * one can be shown without a second connection. Rejects with the first error.
 */
export async function secure(raw: net.Socket, connection: Connection, identity: Identity): Promise<tls.TLSSocket> {
  const socket = await handshake(raw, connection, identity).finally(() => readOcsp(connection));
  const revoked = revocationOf(connection);
  if (!revoked) return socket;
  connection.verified = false;
  if (!identity.unverified) throw revoked;
  connection.accepted ??= revoked;
  return socket;
}

function handshake(raw: net.Socket, connection: Connection, identity: Identity): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = openTls(raw, connection, identity);
    connection.socket = socket;
    captureExtras(socket, connection);
    const fail = (error: Error) => {
      connection.firstError ??= error;
      reject(error);
    };
    socket.on("error", fail);
    socket.on("close", () => reject(new Error("the connection was closed")));
    // TLS 1.2: the first moment after the server's flight. A handshake that the server then refuses has no `secure`.
    socket.once("keylog", () => {
      connection.certificateRequested = wasCertificateRequested(socket);
    });
    socket.prependListener("secure", () => onSecure(socket, connection));
    socket.once("secureConnect", () => {
      // Also where the person accepts a certificate that does not verify: a pin says more than an authority.
      const mismatch = problemOf(() => checkPins(identity.pins, connection.handshake?.chain ?? []));
      if (mismatch) {
        connection.handshake = withSent(socket, connection);
        return fail(mismatch);
      }
      if (!socket.authorized) {
        const problem = connection.verifyProblem ?? new Error("the server was not verified");
        if (!identity.unverified) return fail(problem);
        connection.accepted = problem;
      }
      connection.handshake = withSent(socket, connection);
      connection.verified = connection.accepted === undefined;
      resolve(socket);
    });
  });
}

function openTls(raw: net.Socket, connection: Connection, identity: Identity): tls.TLSSocket {
  // VS Code patches `tls.connect` in its extension host: it adds the system's authorities to a secure context unless
  // `ca` is given beside it. The original is taken where it is offered.
  const connect = (tls as { __vscodeOriginal?: { connect?: typeof tls.connect } }).__vscodeOriginal?.connect;
  const socket = (connect ?? tls.connect)({
    socket: raw,
    host: connection.host,
    port: connection.port,
    secureContext: identity.context,
    ca: [...identity.ca],
    servername: sentName(connection) ?? "",
    minVersion: identity.minVersion,
    maxVersion: identity.maxVersion,
    ALPNProtocols: [...connection.protocols],
    minDHSize: 2048,
    requestOCSP: true,
    // Explicit: NODE_TLS_REJECT_UNAUTHORIZED=0 must not win.
    rejectUnauthorized: !identity.unverified,
    checkServerIdentity: (_name, certificate) => {
      const problem = problemOf(
        () => tls.checkServerIdentity(verifiedName(connection), certificate) ?? rootProblem(connection, identity),
      );
      if (problem) connection.handshake = withSent(socket, connection);
      connection.verifyProblem = problem;
      return problem;
    },
  });
  return socket;
}

/**
 * Node puts the other certificates of a PFX among the trusted authorities of its context, so whoever issued a client
 * certificate could vouch for servers. The root must be one that the trust settings name.
 */
function rootProblem(connection: Connection, identity: Identity): Error | undefined {
  if (isAnchored(connection.handshake?.chain ?? [], identity.trust)) return undefined;
  connection.verifyError = "SELF_SIGNED_CERT_IN_CHAIN";
  return Object.assign(new Error("the root is not among the trusted authorities"), {
    code: connection.verifyError,
  });
}

/** Server text may be anything: a check that breaks on it has not passed, and must not break more than itself. */
function problemOf(check: () => Error | undefined): Error | undefined {
  try {
    return check();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** SNI carries names only (RFC 6066 §3). */
function sentName(connection: Connection): string | null {
  const name = verifiedName(connection);
  return net.isIP(name) ? null : name;
}

/** `secure` comes before Node's own verdict, also for a chain that it is about to refuse. */
function onSecure(socket: tls.TLSSocket, connection: Connection): void {
  connection.times.secureEnd = performance.now();
  connection.handshake = captureHandshake(socket, sentName(connection), connection.identity?.trust ?? []);
  connection.certificateRequested = wasCertificateRequested(socket);
  const handle = (socket as unknown as { _handle?: { verifyError?: () => (Error & { code?: string }) | null } })
    ._handle;
  const refused = handle?.verifyError?.();
  if (!refused) return;
  connection.verifyError = refused.code;
  connection.verifyProblem = refused;
  connection.handshake = withSent(socket, connection);
}

/** Counting takes the certificates away: the first count stays. */
function withSent(socket: tls.TLSSocket, { handshake }: Connection): Connection["handshake"] {
  return handshake && { ...handshake, sent: handshake.sent ?? readSent(socket) };
}
