import dns from "node:dns";
import net from "node:net";
import tls from "node:tls";
import type { buildConnector } from "undici";
import type { Failure } from "../common/failure.ts";
import { isLoopbackAddress, isLoopbackHost } from "../common/loopback.ts";
import { isAnchored } from "./authorities.ts";
import type { ConnectContext, Connection } from "./connection.ts";
import type { Identity } from "./identity.ts";
import { plainHttpFailure, unverifiedElsewhere } from "./network-failure.ts";
import { PhaseTimeout } from "./timeouts.ts";
import { captureHandshake, countSentByServer, wasCertificateRequested } from "./tls-capture.ts";

/**
 * undici's connector, our way. Three properties matter, each has its test at the wire:
 * - Node enforces the verification; undici gets the socket only in `secureConnect`, so an unverified server gets no byte,
 *   unless the person's own settings name its host.
 * - The name that is verified is the URL's host. undici's own connector would take it from the `Host` header.
 * - The chain is captured before Node's verdict, so that a refused one can be shown without a second connection.
 */
export function createConnector(
  identity: Identity | undefined,
  context: () => ConnectContext,
): buildConnector.connector {
  return (options, callback) => {
    const { connectTimeout, handshakeTimeout, onConnection } = context();
    const encrypted = options.protocol === "https:";
    const connection = newConnection(options.hostname, Number(options.port) || (encrypted ? 443 : 80), identity);
    onConnection(connection);
    let settled = false;
    let timer: NodeJS.Timeout | undefined;
    const arm = (phase: "connect" | "handshake", milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new PhaseTimeout(phase, milliseconds)), milliseconds);
    };
    const socket = encrypted && identity ? openTls(connection, identity) : net.connect(tcpOptions(connection));
    connection.socket = socket;
    arm("connect", connectTimeout);

    function fail(error: Error): void {
      connection.firstError ??= error;
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.destroy();
      callback(error, null);
    }
    function succeed(): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      connection.verified = encrypted && connection.accepted === undefined;
      callback(null, socket as tls.TLSSocket);
    }

    socket.on("error", fail);
    socket.on("close", () => {
      if (!settled) fail(new Error("the connection was closed"));
    });
    socket.on("connectionAttempt", () => {
      connection.times.connectStart ??= performance.now();
    });
    socket.once("connect", () => {
      connection.times.connectEnd = performance.now();
      connection.remoteAddress = socket.remoteAddress ?? null;
      connection.remotePort = socket.remotePort ?? null;
      if (encrypted) arm("handshake", handshakeTimeout);
      else succeed();
    });
    if (socket instanceof tls.TLSSocket) {
      // TLS 1.2: the first moment after the server's flight. A handshake that the server then refuses has no `secure`.
      socket.once("keylog", () => {
        connection.certificateRequested = wasCertificateRequested(socket);
      });
      socket.prependListener("secure", () => onSecure(socket, connection));
      socket.once("secureConnect", () => {
        if (!socket.authorized) {
          const problem = connection.verifyProblem ?? new Error("the server was not verified");
          if (!identity?.unverified) return fail(problem);
          connection.accepted = problem;
        }
        connection.handshake = withSent(socket, connection);
        succeed();
      });
    }
    return socket;
  };
}

function newConnection(host: string, port: number, identity: Identity | undefined): Connection {
  return {
    host,
    port,
    encrypted: identity !== undefined,
    identity,
    openedAt: Date.now(),
    times: { start: performance.now() },
    remoteAddress: null,
    remotePort: null,
    handshake: undefined,
    certificateRequested: null,
    verified: false,
    accepted: undefined,
    verifyError: undefined,
    verifyProblem: undefined,
    firstError: undefined,
    socket: undefined,
    exchanges: 0,
  };
}

function openTls(connection: Connection, identity: Identity): tls.TLSSocket {
  const serverName = net.isIP(connection.host) ? "" : connection.host;
  // VS Code patches `tls.connect` in its extension host: it adds the system's authorities to a secure context unless
  // `ca` is given beside it. The original is taken where it is offered.
  const connect = (tls as { __vscodeOriginal?: { connect?: typeof tls.connect } }).__vscodeOriginal?.connect;
  const socket = (connect ?? tls.connect)({
    ...tcpOptions(connection),
    secureContext: identity.context,
    ca: [...identity.ca],
    servername: serverName,
    minVersion: identity.minVersion,
    // undici 8 would offer h2 by itself; HTTP/2 is a choice of the request, not of the library.
    ALPNProtocols: ["http/1.1"],
    minDHSize: 2048,
    // Explicit: NODE_TLS_REJECT_UNAUTHORIZED=0 must not win.
    rejectUnauthorized: !identity.unverified,
    checkServerIdentity: (_name, certificate) => {
      const problem = tls.checkServerIdentity(connection.host, certificate) ?? rootProblem(connection, identity);
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

function tcpOptions(connection: Connection): tls.ConnectionOptions & net.TcpNetConnectOpts {
  // Other hosts are named by the person's own settings for this; those of this machine may even get secrets.
  const isUnproven = !connection.encrypted || connection.identity?.unverified === true;
  const mustStayHere = isUnproven && isLoopbackHost(connection.host);
  return {
    host: connection.host,
    port: connection.port,
    autoSelectFamily: true,
    noDelay: true,
    lookup: (hostname, options, callback) => {
      connection.times.dnsStart = performance.now();
      // "verbatim": the extension host's own default would put IPv4 first, whatever the resolver says.
      dns.lookup(hostname, { ...options, order: "verbatim" }, (error, address, family) => {
        connection.times.dnsEnd = performance.now();
        const outside = error || !mustStayHere ? undefined : addressOutside(address);
        const refused = outside === undefined ? undefined : notHere(connection, outside);
        callback(refused ?? error, address as string, family);
      });
    },
  };
}

function notHere({ host, encrypted }: Connection, address: string): Failure {
  return encrypted ? unverifiedElsewhere(host, address) : plainHttpFailure(host, address);
}

/** It was allowed for a name of this machine; a name server must not send it to another one. */
function addressOutside(found: string | readonly dns.LookupAddress[]): string | undefined {
  const addresses = typeof found === "string" ? [found] : found.map(({ address }) => address);
  return addresses.find((address) => !isLoopbackAddress(address));
}

/** `secure` comes before Node's own verdict, also for a chain that it is about to refuse. */
function onSecure(socket: tls.TLSSocket, connection: Connection): void {
  connection.times.secureEnd = performance.now();
  connection.handshake = captureHandshake(socket, net.isIP(connection.host) ? null : connection.host);
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
  return handshake && { ...handshake, sentByServer: handshake.sentByServer ?? countSentByServer(socket) };
}
