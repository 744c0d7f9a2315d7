import { Failure } from "../common/failure.ts";
import { type Alert, type AlertContext, clientSource } from "./alert-context.ts";
import { alerts } from "./alerts.ts";
import { certificateText, certificateTextOf } from "./certificate-text.ts";
import { hostSetting } from "./host-setting.ts";

/** @returns undefined when the error carries no TLS alert. */
export function alertFailure(error: Error, context: AlertContext): Failure | undefined {
  const number = alertNumber(error);
  if (number === undefined) return undefined;
  const { certificateRequested, clientCertificate } = context;
  const alert = alerts[number];
  const said = `${context.at} ended the connection with the TLS alert ${alert?.name ?? "number"} (${number}).`;
  if (clientCertificate === undefined) {
    // Without a certificate to judge, every complaint means the same: TLS 1.2 servers say 40 or 42, those of 1.3 say 116.
    if (number === 116 || certificateRequested) return clientCertificateRequired(context, error, said);
    if (alert?.aboutCertificate) return notAboutOurs(said, alert, context, error);
  } else {
    // The cipher suite was agreed on before the server asked for the certificate, so that is what it refuses.
    if (number === 40 && certificateRequested) return clientCertificateRejected(context, error, said);
    if (alert?.aboutCertificate)
      return alertText(
        `${said} The client certificate is ${certificateText(clientCertificate)}.`,
        alert,
        context,
        error,
      );
  }
  return alertText(said, alert ?? unknownAlert, context, error);
}

const unknownAlert: Alert = {
  name: "",
  code: "tls.handshake-failed",
  title: "The server ended the connection with an alert that has no meaning",
  detail: "No standard gives this number a meaning.",
  fix: "Look into the server's log for the reason.",
};

function alertText(said: string, { code, title, detail, fix }: Alert, context: AlertContext, cause: Error): Failure {
  const text = (part: Alert["fix"]) => (typeof part === "string" ? part : part(context));
  return new Failure({ code, title, detail: `${said} ${text(detail)}`, fix: text(fix), cause });
}

/** The server complains about a client certificate, but none was asked for or configured: something behind it may fail. */
function notAboutOurs(said: string, { title, detail }: Alert, context: AlertContext, cause: Error): Failure {
  const text = typeof detail === "string" ? detail : detail(context);
  return new Failure({
    code: "tls.handshake-failed",
    title,
    detail: `${said} ${text} But no client certificate is configured for this host, and it asked for none.`,
    fix: `If the server needs one, ${nameCertificate(context)}. If it is a gateway, it may mean the certificate of a server behind it.`,
    cause,
  });
}

/** OpenSSL tells the number; where only a code is given (`ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`), its end is the name. */
export function alertNumber(error: Error): number | undefined {
  const told = /SSL alert number (\d+)/.exec(error.message)?.[1];
  if (told !== undefined) return Number(told);
  const name = /_ALERT_(\w+)$/.exec("code" in error ? String(error.code) : "")?.[1]?.toLowerCase();
  const known = Object.entries(alerts).find(([, alert]) => alert.name === name);
  return known && Number(known[0]);
}

/** One text for TLS 1.2 and 1.3, and for servers that just close the connection instead of saying why. */
export function clientCertificateRequired(context: AlertContext, cause: Error, said?: string): Failure {
  return new Failure({
    code: "tls.client-certificate-required",
    title: "The server requires a client certificate",
    detail: `${context.at} asked for a client certificate, and none is configured for it. ${said ?? "The server ended the connection."}`,
    fix: `To name one, ${nameCertificate(context)}.`,
    cause,
  });
}

/** A server that closes right after it was shown a certificate gives no alert: Node's own TLS server does so. */
export function clientCertificateRejected(context: AlertContext, cause: Error, said?: string): Failure {
  const { at, clientCertificate } = context;
  return new Failure({
    code: "tls.client-certificate-rejected",
    title: "The server closed the connection after it saw the client certificate",
    detail: `${at} asked for a client certificate and got the configured one: ${certificateTextOf(clientCertificate)}. ${said ?? "It ended the connection without a reason or a response."}`,
    fix: `Check that ${clientSource(context)} names the certificate that this server expects. Its authority may be unknown there, an intermediate may be missing from the file, or the certificate may have expired.`,
    cause,
  });
}

function nameCertificate(context: AlertContext): string {
  return hostSetting(context, '"cert": "certs/client.pem", "key": "certs/client.key"');
}
