import { Failure } from "../common/failure.ts";
import { duration } from "../common/units.ts";
import type { Timeouts } from "../settings/model.ts";
import {
  type AlertContext,
  alertFailure,
  clientCertificateRejected,
  clientCertificateRequired,
} from "./alert-failure.ts";
import type { Connection } from "./connection.ts";
import { networkFailure, resetFailure } from "./network-failure.ts";
import type { CertificateReport } from "./report.ts";
import { Canceled, PhaseTimeout } from "./timeouts.ts";
import { verificationFailure } from "./verification-failure.ts";

/** How far an exchange had come when it ended. */
export interface Progress {
  readonly host: string;
  readonly port: number;
  readonly connection: Connection | undefined;
  readonly chain: readonly CertificateReport[];
  /** Had any byte of a response come on this exchange? */
  readonly responseStarted: boolean;
}

/** Turns whatever ended an exchange into the one failure that says why. Order matters: the most exact reason first. */
export function explain(error: Error, progress: Progress): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Canceled) return canceledFailure(error);
  if (error instanceof PhaseTimeout) return timeoutFailure(error, progress);
  const { host, port, connection, responseStarted } = progress;
  // undici reports "other side closed" where the socket's first error was the server's alert.
  const root = connection?.firstError ?? error;
  if (root instanceof Failure) return root;
  const network = networkFailure(root, host, port);
  if (network) return network;
  if (connection?.encrypted && !responseStarted) {
    const tls = tlsFailure(root, connection, progress);
    if (tls) return tls;
  }
  return responseFailure(error, host) ?? resetFailure(host, responseStarted, root);
}

function tlsFailure(error: Error, connection: Connection, progress: Progress): Failure | undefined {
  const { host, port, chain } = progress;
  const identity = connection.identity;
  const context: AlertContext = {
    host,
    port,
    pattern: identity?.pattern,
    certificateRequested: connection.certificateRequested === true,
    certificateConfigured: Boolean(identity?.clientCertificate),
  };
  const isSecure = connection.verified || connection.accepted !== undefined;
  const verification = isSecure ? undefined : explainVerification(error, connection, chain);
  if (verification) return verification;
  const alert = alertFailure(error, context);
  if (alert) return alert;
  const code = "code" in error ? String(error.code) : "";
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|UNEXPECTED_MESSAGE|RECORD_TOO_SMALL/.test(code))
    return notTls(host, port, error);
  if (/UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS/.test(code)) return protocolVersion(host, error);
  if (/DH_KEY_TOO_SMALL|MODULUS_TOO_SMALL|UNKNOWN_SECURITY_BITS|ERR_TLS_DH_PARAM_SIZE/.test(code))
    return weakKey(host, error);
  // A server may close instead of sending an alert, or its alert may be lost in a reset. What it asked for tells why.
  if (context.certificateRequested && connection.exchanges <= 1) {
    return context.certificateConfigured
      ? clientCertificateRejected(context, error)
      : clientCertificateRequired(context, error);
  }
  return isSecure ? undefined : handshakeFailed(host, code, error);
}

/** Why the server is not verified; undefined when the error says something else. */
export function explainVerification(
  error: Error,
  { host, port, identity, verifyError }: Connection,
  chain: readonly CertificateReport[],
): Failure | undefined {
  return verificationFailure(error, verifyError, {
    host,
    port,
    chain,
    pattern: identity?.pattern,
    trustLabel: identity?.trustLabel ?? "",
    ownAuthorities: identity?.ownAuthorities ?? false,
  });
}

function notTls(host: string, port: number, cause: Error): Failure {
  return new Failure({
    code: "tls.not-tls",
    title: "The server does not speak TLS on this port",
    detail: `${host}:${port} answered with something that is not TLS; plain HTTP, as a rule.`,
    fix: "Correct the port in the URL. Plain http is allowed to this machine only (write http://localhost…).",
    cause,
  });
}

function protocolVersion(host: string, cause: Error): Failure {
  return new Failure({
    code: "tls.protocol-version",
    title: "The server speaks no TLS version that is allowed here",
    detail: `${host} wanted a TLS version older than this connection allows.`,
    fix: 'Let the server speak TLS 1.3, or TLS 1.2. With a client certificate, TLS 1.2 needs "minVersion": "TLSv1.2" in this host\'s entry of padlock.hosts.',
    cause,
  });
}

function weakKey(host: string, cause: Error): Failure {
  return new Failure({
    code: "tls.weak-key",
    title: "The server's key exchange is too weak",
    detail: `${host} offered Diffie-Hellman parameters of less than 2048 bits.`,
    fix: "The server needs stronger parameters, or better an elliptic-curve key exchange.",
    cause,
  });
}

function handshakeFailed(host: string, code: string, cause: Error): Failure {
  return new Failure({
    code: "tls.handshake-failed",
    title: "The TLS handshake did not succeed",
    detail: `${host} ended the connection before it was encrypted${code ? ` (${code})` : ""}.`,
    fix: "Look into the server's log for the reason. A port that does not speak TLS behaves like this too.",
    cause,
  });
}

function canceledFailure(cause: Error): Failure {
  return new Failure({
    code: "canceled",
    title: "The request was canceled",
    detail: "You stopped it before the whole response had come.",
    fix: "Send it again when you are ready.",
    cause,
  });
}

const phases: Readonly<Record<keyof Timeouts, (host: string) => string>> = {
  connect: (host) => `no connection to ${host} was made`,
  handshake: (host) => `the TLS handshake with ${host} did not end`,
  response: (host) => `${host} did not begin to answer`,
  idle: (host) => `${host} sent no more of its response`,
  total: (host) => `the exchange with ${host} did not end`,
};

function timeoutFailure(timeout: PhaseTimeout, { host }: Progress): Failure {
  const { phase, milliseconds } = timeout;
  const limit = duration(milliseconds);
  return new Failure({
    code: `timeout.${phase}`,
    title: `Timeout: ${phases[phase](host)} within ${limit}`,
    detail: `The ${phase} timeout is ${limit} here. The connection was closed when it had passed.`,
    fix: `Check the server, or give it more time. The limit comes from the first of these that sets it: @timeout or @connection-timeout above the request, "timeout" in the host's entry of padlock.hosts, "padlock.timeout": { "${phase}": "…" }.`,
    cause: timeout,
  });
}

/** What undici's parser says of a response that breaks the rules of HTTP (RFC 9112). */
function responseFailure(error: Error, host: string): Failure | undefined {
  const code = "code" in error ? String(error.code) : "";
  if (error.name !== "HTTPParserError" && !/^HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH/.test(code))
    return undefined;
  return new Failure({
    code: "response.malformed",
    title: "The server's answer is not valid HTTP",
    detail: `${host} sent a response that breaks the rules of HTTP/1.1 (${code || "parser error"}).`,
    fix: "Look into the server, or at a proxy between. Nothing in the request can change this.",
    cause: error,
  });
}
