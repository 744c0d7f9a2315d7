import { Failure } from "../common/failure.ts";
import type { AlertContext } from "./alert-context.ts";
import { alertFailure, clientCertificateRejected, clientCertificateRequired } from "./alert-failure.ts";
import { type Connection, verifiedName } from "./connection.ts";
import { handshakeRules } from "./handshake-rules.ts";
import { authority } from "./proxy/names.ts";
import type { CertificateReport } from "./report.ts";
import { verificationFailure } from "./verification-failure.ts";

/** What went wrong in TLS, in the handshake or before the first byte of a response; undefined where TLS is not it. */
export function tlsFailure(
  error: Error,
  connection: Connection,
  chain: readonly CertificateReport[],
): Failure | undefined {
  const context = alertContext(connection);
  const isSecure = connection.verified || connection.accepted !== undefined;
  const verification = isSecure ? undefined : explainVerification(error, connection, chain);
  const failure = verification ?? alertFailure(error, context);
  if (failure) return failure;
  // A server may close instead of sending an alert, or its alert may be lost in a reset. What it asked for tells why.
  const code = "code" in error ? String(error.code) : "";
  if (context.certificateRequested && connection.exchanges <= 1 && !code.startsWith("ERR_SSL_")) {
    return context.clientCertificate === undefined
      ? clientCertificateRequired(context, error)
      : clientCertificateRejected(context, error);
  }
  return isSecure ? undefined : handshakeFailure(error, code, context);
}

/** Why the server is not verified; undefined when the error says something else. */
export function explainVerification(
  error: Error,
  connection: Connection,
  chain: readonly CertificateReport[],
): Failure | undefined {
  const { host, port, identity, verifyError } = connection;
  return verificationFailure(error, verifyError, {
    host,
    port,
    at: authority(connection),
    name: verifiedName(connection),
    nameOption: identity?.serverNameOption,
    chain,
    sent: connection.handshake?.sent?.length ?? null,
    pattern: identity?.pattern,
    environments: identity?.environments,
    trustLabel: identity?.trustLabel ?? "",
    authoritiesOf: identity?.authoritiesOf,
    revocationLists: identity?.revocationLists ?? [],
  });
}

function alertContext(connection: Connection): AlertContext {
  const { host, port, identity } = connection;
  return {
    host,
    port,
    at: authority(connection),
    name: verifiedName(connection),
    nameOption: identity?.serverNameOption,
    pattern: identity?.pattern,
    environments: identity?.environments,
    certificateRequested: connection.certificateRequested === true,
    clientCertificate: identity?.clientCertificate ?? undefined,
    clientSetting: identity?.clientSetting,
    minVersion: identity?.minVersion ?? "TLSv1.2",
    maxVersion: identity?.maxVersion ?? "TLSv1.3",
    chosen: identity?.chosen ?? [],
  };
}

function handshakeFailure(error: Error, code: string, context: AlertContext): Failure {
  const [, rule] = handshakeRules.find(([pattern]) => pattern.test(code)) ?? [];
  const { fix } = rule ?? { fix: "" };
  const known = code === "" || /^E[A-Z]+$/.test(code) ? "" : ` (${code})`;
  return new Failure({
    code: rule?.code ?? "tls.handshake-failed",
    title: rule?.title ?? "The TLS handshake did not succeed",
    detail: `${rule?.detail(context) ?? ""}${known}`.replace(/\.( \([^)]*\))$/, "$1."),
    fix: typeof fix === "string" ? fix : fix(context),
    cause: error,
  });
}
