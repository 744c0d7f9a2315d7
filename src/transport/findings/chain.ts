import { plural } from "../../common/units.ts";
import type { CertificateReport, Finding } from "../report.ts";
import { type Inspected, note, type Rule, warning } from "./rule.ts";

/** The chain as the server sent it against the one that was verified (RFC 8446 §4.4.2). */
export const chainRules: readonly Rule[] = [incomplete, disordered, extra];

function incomplete({ tls: { sent, chain }, refusedFor }: Inspected): Finding[] {
  if (!sent || refusedFor === "tls.incomplete-chain") return [];
  return chain
    .filter((certificate) => !certificate.selfSigned && !holds(sent, certificate))
    .map(({ subjectName }) =>
      warning(`The server does not send the intermediate “${subjectName}”; a client that does not have it refuses`),
    );
}

function disordered({ tls: { sent, chain } }: Inspected): Finding[] {
  const needed = (sent ?? []).filter((certificate) => holds(chain, certificate));
  const positions = needed.map((certificate) => indexIn(chain, certificate));
  const isInOrder = positions.every((position, index) => position >= (positions[index - 1] ?? 0));
  return isInOrder ? [] : [warning("The server sends its certificates in the wrong order")];
}

function extra({ tls: { sent, chain } }: Inspected): Finding[] {
  const unneeded = (sent ?? []).filter(
    (certificate, index, all) => !holds(chain, certificate) || indexIn(all, certificate) < index,
  );
  const root = chain.find((certificate) => certificate.selfSigned && chain.length > 1);
  const sendsRoot = root !== undefined && sent !== null && holds(sent, root);
  return [
    ...(unneeded.length > 0
      ? [note(`The server sends ${plural(unneeded.length, "certificate")} that the chain does not need`)]
      : []),
    ...(sendsRoot ? [note("The server sends its root, which counts only where it is trusted already")] : []),
  ];
}

function holds(certificates: readonly CertificateReport[], wanted: CertificateReport): boolean {
  return indexIn(certificates, wanted) >= 0;
}

function indexIn(certificates: readonly CertificateReport[], { fingerprint256 }: CertificateReport): number {
  return certificates.findIndex((certificate) => certificate.fingerprint256 === fingerprint256);
}
