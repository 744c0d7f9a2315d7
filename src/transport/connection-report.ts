import { X509Certificate } from "node:crypto";
import net from "node:net";
import type { Failure } from "../common/failure.ts";
import { findSource } from "./authorities.ts";
import { describeCertificate } from "./certificate.ts";
import type { Connection } from "./connection.ts";
import { explainVerification } from "./explain.ts";
import type { Identity } from "./identity.ts";
import type { CertificateReport, ConnectionReport, Finding, TlsReport, Verdict } from "./report.ts";

/** Certificates that end sooner than this get a warning: time enough to renew one. */
const expiresSoonDays = 21;

/** What is known of a connection, with the verdict: `failure` is why it was refused, undefined when it was not. */
export function reportConnection(
  connection: Connection,
  reused: boolean,
  failure: Failure | undefined,
): ConnectionReport {
  return {
    encrypted: connection.encrypted,
    remoteAddress: connection.remoteAddress,
    remotePort: connection.remotePort,
    reused,
    openedAt: new Date(connection.openedAt).toISOString(),
    tls: connection.handshake && connection.identity ? reportTls(connection, connection.identity, failure) : null,
  };
}

/** The chain as the connection showed it, leaf first. A certificate that cannot be read ends it. */
export function reportChain(connection: Connection): CertificateReport[] {
  const handshake = connection.handshake;
  const chain: CertificateReport[] = [];
  for (const [index, der] of (handshake?.chain ?? []).entries()) {
    const sent = handshake?.sentByServer ?? null;
    try {
      chain.push(describeCertificate(der, sent === null ? null : index < sent ? "server" : "trust store"));
    } catch {
      break;
    }
  }
  return chain;
}

function reportTls(connection: Connection, identity: Identity, failure: Failure | undefined): TlsReport | null {
  const handshake = connection.handshake;
  if (!handshake) return null;
  const chain = reportChain(connection);
  const requested = connection.certificateRequested;
  const presented = requested === true && identity.clientCertificate !== null;
  return {
    protocol: handshake.protocol,
    cipherSuite: handshake.cipherSuite,
    alpn: handshake.alpn,
    keyExchange: handshake.keyExchange,
    serverName: handshake.serverName,
    sessionResumed: handshake.sessionResumed,
    verdict: verdictOf(connection, identity, chain, presented, failure),
    clientCertificate: { configured: identity.clientCertificate, requested, presented },
    chain,
  };
}

function verdictOf(
  connection: Connection,
  identity: Identity,
  chain: readonly CertificateReport[],
  presented: boolean,
  failure: Failure | undefined,
): Verdict {
  if (connection.verified) return verified(connection, identity, chain, presented);
  const { accepted } = connection;
  if (!accepted) return refused(identity, failure);
  const verdict = refused(identity, explainVerification(accepted, connection, chain));
  return {
    ...verdict,
    accepted: true,
    reason: `${verdict.reason} Your own settings accept that for this host (padlock.unverifiedHosts).`,
    findings: [...verdict.findings, ...warnings(connection, identity, chain, presented)],
  };
}

function verified(
  connection: Connection,
  identity: Identity,
  chain: readonly CertificateReport[],
  presented: boolean,
): Verdict {
  const root = chain.at(-1);
  const source = root && findSource(identity.trust, root.pem);
  const reason = root
    ? `The chain ends in ${root.subjectName}, which is in ${source?.label ?? "the trusted authorities"}.`
    : "The chain was verified.";
  const findings: Finding[] = [{ level: "ok", text: `Chain verified by ${source?.label ?? identity.trustLabel}` }];
  const name = matchedName(connection);
  if (name) findings.push({ level: "ok", text: `Name matches ${name}` });
  findings.push(...warnings(connection, identity, chain, presented));
  return { verified: true, code: null, reason, trust: identity.trustLabel, findings };
}

function refused(identity: Identity, failure: Failure | undefined): Verdict {
  const reason = failure?.title ?? "The server could not be verified";
  return {
    verified: false,
    code: failure?.code ?? null,
    reason: `${reason}.`.replace(/\.\.$/, "."),
    trust: identity.trustLabel,
    findings: [{ level: "error", text: reason }],
  };
}

function warnings(
  connection: Connection,
  identity: Identity,
  chain: readonly CertificateReport[],
  presented: boolean,
): Finding[] {
  const findings: Finding[] = [];
  const warn = (text: string) => findings.push({ level: "warning", text });
  const leaf = chain[0];
  if (leaf && leaf.daysLeft < expiresSoonDays) warn(`Server certificate expires in ${days(leaf.daysLeft)}`);
  if (leaf && leaf.subjectAltNames.length === 0)
    warn("Server certificate has no subject alternative name; browsers refuse it");
  const own = identity.clientCertificate;
  if (own && own.daysLeft < 0) warn("Client certificate has expired");
  else if (own && own.daysLeft < expiresSoonDays) warn(`Client certificate expires in ${days(own.daysLeft)}`);
  if (own && connection.certificateRequested === false) {
    warn("A client certificate is configured, but the server did not ask for it");
  }
  if (presented && connection.handshake?.protocol === "TLSv1.2") {
    warn("TLS 1.2 shows the client certificate to a server that is not verified yet");
  }
  if (connection.handshake?.keyExchange?.group.startsWith("RSA")) warn("No forward secrecy: static RSA key exchange");
  return findings;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function matchedName(connection: Connection): string | undefined {
  const der = connection.handshake?.chain[0];
  if (!der) return undefined;
  const leaf = new X509Certificate(der);
  const { host } = connection;
  return net.isIP(host) ? leaf.checkIP(host) : leaf.checkHost(host);
}
