import { plural } from "../../common/units.ts";
import type { CertificateReport, ConnectionReport, Finding, TlsReport } from "../../protocol/exchange-view.ts";
import {
  clientLines,
  type FactLine,
  keyWords,
  notAvailable,
  ocspLines,
  roleOf,
  sctLines,
  sentPlaces,
  sentWords,
  ticketWords,
  urlLines,
  usageLines,
  wayLines,
} from "../../protocol/tls-words.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

/** Everything that is known of a connection: of `padlock run --tls`. Empty where there was no TLS. */
export function renderTlsReport(connection: ConnectionReport | null, style: Style): string[] {
  const tls = connection?.tls;
  if (!tls) return [];
  return [
    ...section("Connection", factLines(connectionLines(connection, tls), style), style),
    ...section(
      chainTitle(tls),
      tls.chain.flatMap((certificate, index) => certificateLines(certificate, index, style)),
      style,
    ),
    ...section(`Sent by the server: ${terminalLine(sentWords(tls))}`, sentLines(tls, style), style),
    ...section("Revocation (OCSP)", factLines(ocspLines(tls), style), style),
    ...section("Certificate Transparency", factLines(sctLines(tls), style), style),
    ...section("Client certificate", factLines(clientLines(tls.clientCertificate), style), style),
    ...section(
      "Findings",
      tls.verdict.findings.map((finding) => findingLine(finding, style)),
      style,
    ),
  ];
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return [style.bold(title), ...lines.map((line) => `  ${line}`)];
}

/** Names in a column of their own. */
function factLines(lines: readonly FactLine[], style: Style): string[] {
  const width = Math.max(0, ...lines.map(({ name }) => name.length));
  return lines.map(({ name, value }) => {
    const shown = terminalLine(value);
    return `${style.dim(name.padEnd(width))}  ${value === notAvailable ? style.dim(shown) : shown}`;
  });
}

function connectionLines(connection: ConnectionReport, tls: TlsReport): FactLine[] {
  const { remoteAddress, remotePort, proxy, socketPath, reused, openedAt } = connection;
  const { keyExchange } = tls;
  const postQuantum = keyExchange?.postQuantum ? " (post-quantum)" : "";
  const host = remoteAddress?.includes(":") ? `[${remoteAddress}]` : remoteAddress;
  const override = tls.nameOverride === null ? "" : " (in place of the host's own name)";
  return [
    { name: "Protocol", value: tls.protocol ?? notAvailable },
    { name: "Cipher suite", value: tls.cipherSuite ?? notAvailable },
    { name: "Key exchange", value: keyExchange ? `${keyExchange.group}${postQuantum}` : notAvailable },
    { name: "Signature scheme", value: tls.signatureScheme ?? notAvailable },
    { name: "ALPN", value: tls.alpn ?? "none agreed" },
    {
      name: "SNI",
      value: tls.serverName === null ? "none sent: the host is an address" : `${tls.serverName}${override}`,
    },
    { name: "Name matched", value: tls.certificateName ?? "none: the certificate is not for this host" },
    { name: "Handshake", value: tls.sessionResumed ? "resumed from an earlier session" : "full" },
    { name: "Session tickets", value: ticketWords(tls) },
    { name: "Early data", value: "never sent" },
    { name: "Connection", value: `${reused ? "reused, opened" : "new, opened"} ${openedAt}` },
    ...(socketPath === null
      ? [
          {
            name: proxy ? "Proxy's address" : "Remote address",
            value: host ? `${host}${remotePort === null ? "" : `:${remotePort}`}` : notAvailable,
          },
        ]
      : []),
    ...wayLines(connection),
  ];
}

function chainTitle({ verdict, trustSource }: TlsReport): string {
  const words = verdict.verified ? "Certificate chain, as verified" : "Certificate chain, as far as it leads";
  return trustSource === null ? words : `${words}; its root is in ${terminalLine(trustSource)}`;
}

function certificateLines(certificate: CertificateReport, index: number, style: Style): string[] {
  const { subject, issuer, subjectAltNames, notBefore, notAfter, daysLeft, source } = certificate;
  const lines: readonly FactLine[] = [
    { name: "Issuer", value: issuer },
    { name: "Names", value: subjectAltNames.join(", ") || "none" },
    { name: "Valid", value: `${notBefore} to ${notAfter} (${remaining(daysLeft)})` },
    { name: "Key", value: keyWords(certificate) },
    { name: "Signature", value: certificate.signatureAlgorithm },
    ...usageLines(certificate),
    { name: "Serial number", value: certificate.serialNumber },
    { name: "SHA-256", value: certificate.fingerprint256 },
    { name: "Public key pin", value: certificate.spkiPin },
    ...urlLines(certificate),
    {
      name: "Source",
      value: source === null ? notAvailable : source === "server" ? "sent by the server" : "trust store",
    },
  ];
  const heading = `${style.dim(String(index + 1))}  ${style.bold(terminalLine(subject || certificate.subjectName))} (${roleOf(certificate, index).toLowerCase()})`;
  return [heading, ...factLines(lines, style).map((line) => `   ${line}`)];
}

function remaining(days: number): string {
  return days < 0 ? "expired" : `${plural(days, "day")} left`;
}

function sentLines(tls: TlsReport, style: Style): string[] {
  return (sentPlaces(tls) ?? []).map(({ certificate, position }, index) => {
    const role = roleOf(certificate, position).toLowerCase();
    return `${style.dim(String(index + 1))}  ${terminalLine(certificate.subjectName)} (${role})`;
  });
}

const marks: Readonly<Record<Finding["level"], { readonly mark: string; readonly colour: keyof Style }>> = {
  ok: { mark: "✓", colour: "green" },
  note: { mark: "·", colour: "dim" },
  warning: { mark: "!", colour: "yellow" },
  error: { mark: "✕", colour: "red" },
};

function findingLine({ level, text }: Finding, style: Style): string {
  const { mark, colour } = marks[level];
  return `${style[colour](mark)} ${terminalLine(text)}`;
}
