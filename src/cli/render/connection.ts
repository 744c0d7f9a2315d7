import { plural } from "../../common/units.ts";
import type { CertificateReport, ConnectionReport, TlsReport } from "../../protocol/exchange-view.ts";
import { proxyText } from "../../protocol/route-text.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

/** One line each for the way to the server where it is not a direct one, the TLS parameters, the server's certificate and the client's, and one for each finding. */
export function renderConnection(connection: ConnectionReport | null, style: Style): string[] {
  if (!connection) return [];
  const { tls, proxy, socketPath } = connection;
  const route = [
    row("Via", proxy ? terminalLine(proxyText(proxy)) : "", style),
    row("Socket", terminalLine(socketPath ?? ""), style),
  ].filter((line) => line !== "");
  if (!tls) return route;
  const lines = [
    ...route,
    row("TLS", joined([tls.protocol, tls.cipherSuite, keyExchange(tls), session(connection.reused, tls)]), style),
    row("Server", server(tls, style), style),
    row("Client", clientCertificate(tls), style),
  ];
  return [...lines.filter((line) => line !== ""), ...renderFindings(tls, style)];
}

function renderFindings(tls: TlsReport, style: Style): string[] {
  return tls.verdict.findings
    .filter(({ level }) => level === "warning" || level === "error")
    .map((finding) => {
      const paint = finding.level === "error" ? style.red : style.yellow;
      return `${paint("!")} ${terminalLine(finding.text)}`;
    });
}

/**
 * The certificates of a server that was refused, or of an HTTPS proxy, leaf first:
 *
 *   The server showed:
 *     1  CN=expired.example.com
 *        issued by    CN=Example CA
 *        valid until  2026-01-02 (expired 12 days ago)
 *        SHA-256      AA:BB:…
 */
export function renderRefusedChain(connection: ConnectionReport | null, style: Style): string[] {
  const tls = connection?.tls ?? connection?.proxy?.tls;
  if (!tls || tls.verdict.verified || tls.verdict.accepted || tls.chain.length === 0) return [];
  const certificates = tls.chain.flatMap((certificate, index) => [
    `  ${style.dim(String(index + 1))}  ${style.bold(terminalLine(certificate.subject))}${origin(certificate)}`,
    `     ${style.dim("issued by  ")}  ${terminalLine(certificate.issuer)}`,
    `     ${style.dim("valid until")}  ${validUntil(certificate)}`,
    `     ${style.dim("SHA-256    ")}  ${terminalLine(certificate.fingerprint256)}`,
  ]);
  return ["The refused chain:", ...certificates];
}

function origin(certificate: CertificateReport): string {
  return certificate.source === "trust store" ? " (from the trusted authorities)" : "";
}

function validUntil(certificate: CertificateReport): string {
  const notYet = Date.parse(certificate.notBefore) > Date.now();
  const note = notYet ? `not valid before ${day(certificate.notBefore)}` : daysLeft(certificate.daysLeft);
  return `${day(certificate.notAfter)} (${note})`;
}

function server(tls: TlsReport, style: Style): string {
  const leaf = tls.chain[0];
  if (!leaf) return "";
  const name = tls.nameOverride === null ? "" : ` for ${terminalLine(tls.nameOverride)} (servername)`;
  const verified = tls.verdict.verified
    ? `verified${name} by ${terminalLine(tls.verdict.trust)}`
    : style.red(`not verified: ${terminalLine(tls.verdict.reason)}`);
  return `${joined([leaf.subject, daysLeft(leaf.daysLeft)])} · ${verified}`;
}

function clientCertificate(tls: TlsReport): string {
  const { configured, presented } = tls.clientCertificate;
  return presented ? joined([configured?.subject ?? "a client certificate", "sent"]) : "";
}

function keyExchange(tls: TlsReport): string | null {
  if (tls.keyExchange === null) return null;
  return tls.keyExchange.postQuantum ? `${tls.keyExchange.group} (post-quantum)` : tls.keyExchange.group;
}

function session(reused: boolean, tls: TlsReport): string | null {
  if (reused) return "connection reused";
  return tls.sessionResumed ? "session resumed" : null;
}

/** `days` is rounded down, so -1 is a certificate that expired within the last 24 hours. */
function daysLeft(days: number): string {
  if (days >= 0) return `${plural(days, "day")} left`;
  return days === -1 ? "expired less than a day ago" : `expired ${plural(-days - 1, "day")} ago`;
}

function day(date: string): string {
  return terminalLine(date.slice(0, 10));
}

function row(label: string, value: string, style: Style): string {
  return value === "" ? "" : `${style.dim(label.padEnd(6))}  ${value}`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null && part !== "")
    .map((part) => terminalLine(part ?? ""))
    .join(" · ");
}
