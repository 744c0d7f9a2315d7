import { Failure, type FailureCode } from "../common/failure.ts";
import { type HostSettingContext, hostSetting } from "./host-setting.ts";

interface AlertRule {
  readonly code: FailureCode;
  readonly title: string;
  /** Follows "HOST ended the handshake with the TLS alert NAME (NUMBER)." */
  readonly detail: string;
  readonly fix: string;
}

const rejected = "tls.client-certificate-rejected";
const certificateFix = "Check that padlock.hosts names the client certificate that this server expects.";

/** RFC 8446 §6.2 and RFC 5246 §7.2.2, by number: the names in Node's codes differ between OpenSSL versions. */
const alerts: Readonly<Record<number, readonly [name: string, rule: AlertRule]>> = {
  40: [
    "handshake_failure",
    {
      code: "tls.no-shared-cipher",
      title: "The server and Padlock found no common way to encrypt",
      detail: "They share no cipher suite, group or signature algorithm.",
      fix: "The server must offer TLS 1.2 or 1.3 with a modern cipher suite.",
    },
  ],
  42: [
    "bad_certificate",
    {
      code: rejected,
      title: "The server refused the client certificate",
      detail: "It says that the certificate is damaged or its signature wrong.",
      fix: certificateFix,
    },
  ],
  43: [
    "unsupported_certificate",
    {
      code: rejected,
      title: "The server refused the client certificate",
      detail: "It says that it cannot use this kind of certificate.",
      fix: certificateFix,
    },
  ],
  44: [
    "certificate_revoked",
    {
      code: rejected,
      title: "The client certificate was revoked",
      detail: "The server says that its authority has withdrawn it.",
      fix: "Get a new client certificate and name it in padlock.hosts.",
    },
  ],
  45: [
    "certificate_expired",
    {
      code: rejected,
      title: "The client certificate has expired",
      detail: "The server refused it for its date.",
      fix: "Get a new client certificate and name it in padlock.hosts.",
    },
  ],
  46: [
    "certificate_unknown",
    {
      code: rejected,
      title: "The server refused the client certificate",
      detail: "It gives no more exact reason.",
      fix: certificateFix,
    },
  ],
  48: [
    "unknown_ca",
    {
      code: rejected,
      title: "The server does not know the client certificate's authority",
      detail: "It does not trust who signed the certificate, or an intermediate certificate is missing.",
      fix: "Name a certificate from an authority that the server trusts, and put its intermediates into the same file, after it.",
    },
  ],
  49: [
    "access_denied",
    {
      code: rejected,
      title: "The server denied access to this client certificate",
      detail: "The certificate is valid, but not allowed here.",
      fix: "Ask whoever runs the server to allow it.",
    },
  ],
  51: [
    "decrypt_error",
    {
      code: rejected,
      title: "The server could not check the client's signature",
      detail: "The key may not belong to the certificate.",
      fix: certificateFix,
    },
  ],
  70: [
    "protocol_version",
    {
      code: "tls.protocol-version",
      title: "The server speaks no TLS version that is allowed here",
      detail:
        "Padlock offers TLS 1.2 and 1.3; with a client certificate only TLS 1.3, because TLS 1.2 shows it to a server that is not verified yet.",
      fix: 'Let the server speak TLS 1.3, or set "minVersion": "TLSv1.2" for this host in padlock.hosts if a client certificate is configured.',
    },
  ],
  71: [
    "insufficient_security",
    {
      code: "tls.no-shared-cipher",
      title: "The server wants stronger encryption",
      detail: "It refused every cipher suite that was offered.",
      fix: "Ask whoever runs the server which cipher suites it accepts.",
    },
  ],
  80: [
    "internal_error",
    {
      code: "tls.handshake-failed",
      title: "The server failed in the handshake",
      detail: "It reports an internal error.",
      fix: "Look into the server's log.",
    },
  ],
  112: [
    "unrecognized_name",
    {
      code: "tls.handshake-failed",
      title: "The server does not know this host name",
      detail: "No site of that name is set up there.",
      fix: "Check the host in the URL.",
    },
  ],
  116: [
    "certificate_required",
    { code: "tls.client-certificate-required", title: "The server requires a client certificate", detail: "", fix: "" },
  ],
  120: [
    "no_application_protocol",
    {
      code: "tls.handshake-failed",
      title: "The server does not speak HTTP/1.1",
      detail: "It offers other application protocols only, such as HTTP/2.",
      fix: "HTTP/2 is not supported yet.",
    },
  ],
};

export interface AlertContext extends HostSettingContext {
  /** Did the server ask for a client certificate? */
  readonly certificateRequested: boolean;
  readonly certificateConfigured: boolean;
}

/** @returns undefined when the error carries no TLS alert. */
export function alertFailure(error: Error, context: AlertContext): Failure | undefined {
  const number = alertNumber(error);
  if (number === undefined) return undefined;
  const { host, certificateRequested, certificateConfigured } = context;
  // Without a certificate to judge, every complaint about it means the same: TLS 1.2 servers say 40 (or 42), 1.3 says 116.
  if (number === 116 || (!certificateConfigured && certificateRequested))
    return clientCertificateRequired(context, error);
  const [name, rule] = alerts[number] ?? [`number ${number}`, undefined];
  return new Failure({
    code: rule?.code ?? "tls.handshake-failed",
    title: rule?.title ?? "The server ended the handshake",
    detail: `${host} ended the connection with the TLS alert ${name} (${number}). ${rule?.detail ?? ""}`.trim(),
    fix: rule?.fix ?? "Look into the server's log for the reason.",
    cause: error,
  });
}

/** OpenSSL tells the number; where only a code is given (`ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`), its end is the name. */
function alertNumber(error: Error): number | undefined {
  const told = /SSL alert number (\d+)/.exec(error.message)?.[1];
  if (told !== undefined) return Number(told);
  const name = /_ALERT_(\w+)$/.exec("code" in error ? String(error.code) : "")?.[1]?.toLowerCase();
  const known = Object.entries(alerts).find(([, [known]]) => known === name);
  return known && Number(known[0]);
}

/** One text for TLS 1.2 and 1.3, and for servers that just close the connection instead of saying why. */
export function clientCertificateRequired(context: AlertContext, cause: Error): Failure {
  return new Failure({
    code: "tls.client-certificate-required",
    title: "The server requires a client certificate",
    detail: `${context.host} asked for a client certificate, and none is configured for it. The server ended the connection.`,
    fix: `To name one, ${hostSetting(context, '"cert": "certs/client.pem", "key": "certs/client.key"')}.`,
    cause,
  });
}

/** A server that closes right after it was shown a certificate gives no alert: Node's own TLS server does so. */
export function clientCertificateRejected({ host }: AlertContext, cause: Error): Failure {
  return new Failure({
    code: "tls.client-certificate-rejected",
    title: "The server closed the connection after it saw the client certificate",
    detail: `${host} asked for a client certificate, got the configured one, and ended the connection without a reason or a response.`,
    fix: `${certificateFix} Its authority may be unknown there, an intermediate may be missing from the file, or the certificate may have expired.`,
    cause,
  });
}
