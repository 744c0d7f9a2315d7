import { Failure } from "../common/failure.ts";
import { type Connection, verifiedName } from "./connection.ts";
import { findingsOf } from "./findings/findings.ts";
import type { Identity } from "./identity.ts";
import type { Finding, Verdict } from "./report.ts";
import { explainVerification } from "./tls-failure.ts";
import type { TlsFacts } from "./tls-report.ts";

/** Whether the server is who it says it is, why, and what else there is to say. `failure`: why it was refused. */
export function verdictOf(
  connection: Connection,
  identity: Identity,
  tls: TlsFacts,
  failure: Failure | undefined,
): Verdict {
  const about = {
    tls,
    host: connection.host,
    name: verifiedName(connection),
    nameOption: identity.serverNameOption,
    now: Date.now(),
  };
  if (connection.verified) return verified(identity, tls, findingsOf(about));
  const { accepted } = connection;
  if (!accepted) return refused(identity, failure, findingsOf({ ...about, refusedFor: failure?.code }));
  const cause = accepted instanceof Failure ? accepted : explainVerification(accepted, connection, tls.chain);
  const verdict = refused(identity, cause, findingsOf({ ...about, refusedFor: cause?.code }));
  return {
    ...verdict,
    accepted: true,
    reason: `${verdict.reason} Your own settings accept that for this host (padlock.unverifiedHosts).`,
  };
}

function verified(identity: Identity, tls: TlsFacts, findings: readonly Finding[]): Verdict {
  const root = tls.chain.at(-1);
  const source = tls.trustSource ?? "the trusted authorities";
  return {
    verified: true,
    code: null,
    reason: root ? `The chain ends in ${root.subjectName}, which is in ${source}.` : "The chain was verified.",
    trust: identity.trustLabel,
    findings: [
      { level: "ok", text: `Chain verified by ${tls.trustSource ?? identity.trustLabel}` },
      ...(tls.certificateName === null
        ? []
        : [{ level: "ok", text: `Name matches ${tls.certificateName}` } satisfies Finding]),
      ...findings,
    ],
  };
}

function refused(identity: Identity, failure: Failure | undefined, findings: readonly Finding[]): Verdict {
  const reason = failure?.title ?? "The server could not be verified";
  return {
    verified: false,
    code: failure?.code ?? null,
    reason: `${reason}.`.replace(/\.\.$/, "."),
    trust: identity.trustLabel,
    findings: [{ level: "error", text: reason }, ...findings],
  };
}
