import "reflect-metadata"; // @peculiar/x509 does not load without it
import { X509Certificate } from "node:crypto";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as Parsed,
} from "@peculiar/x509";

/** Why a certificate can or cannot be trusted as an authority of a host. */
export type AuthorityCheck =
  | {
      /** `authority`: whatever it issues is accepted. `leaf`: a server's own, which can issue nothing. */
      readonly kind: "authority" | "leaf";
    }
  /** `reason`: full sentences. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * What Node takes as `ca`: a root that signed itself, or a server's certificate that did. An intermediate would be
 * accepted by no connection without its root. Never throws: `pem` may be anything. `isLeaf`: the server showed it as its
 * own certificate.
 */
export function checkAuthority(pem: string, isLeaf: boolean, now: Date): AuthorityCheck {
  try {
    const certificate = new X509Certificate(pem);
    const facts = new Parsed(new Uint8Array(certificate.raw));
    const name = nameOf(facts);
    if (facts.notAfter < now) return refuse(`“${name}” expired on ${day(facts.notAfter)}: no connection accepts it.`);
    if (facts.notBefore > now) {
      return refuse(`“${name}” is valid from ${day(facts.notBefore)} on: until then no connection accepts it.`);
    }
    const isSelfSigned = certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey);
    const canIssue = facts.getExtension(BasicConstraintsExtension)?.ca ?? false;
    if (!isSelfSigned) return refuse(canIssue ? intermediate(name, certificate) : issued(name, certificate));
    const usages = facts.getExtension(KeyUsagesExtension)?.usages;
    const maySign = usages === undefined || (usages & KeyUsageFlags.keyCertSign) !== 0;
    // Many a server's own certificate, as OpenSSL makes it without being asked, is an authority too.
    if (canIssue && maySign) return { kind: "authority" };
    if (isLeaf) return { kind: "leaf" };
    return refuse(
      canIssue
        ? `The key usage of “${name}” does not allow it to issue certificates.`
        : `“${name}” is not made to issue certificates.`,
    );
  } catch {
    return refuse("The certificate cannot be read.");
  }
}

function intermediate(name: string, { issuer }: X509Certificate): string {
  return `“${name}” is an intermediate, which “${commonName(issuer)}” has issued. Only a root can be trusted here, and the server did not send it. Ask its owner for the certificate of “${commonName(issuer)}”, put the PEM file into this workspace and name it in "ca" of padlock.hosts.`;
}

function issued(name: string, { issuer }: X509Certificate): string {
  return `“${name}” is no authority: “${commonName(issuer)}” has issued it, whose certificate the server did not send. Ask its owner for it, put the PEM file into this workspace and name it in "ca" of padlock.hosts.`;
}

function refuse(reason: string): AuthorityCheck {
  return { kind: "refused", reason };
}

function nameOf({ subjectName }: Parsed): string {
  return subjectName.getField("CN")[0] ?? (subjectName.toString() || "(no subject)");
}

/** Node writes a name with a line for each part. */
function commonName(name: string): string {
  return /^CN=(.*)$/m.exec(name)?.[1] ?? (name.replaceAll("\n", ", ") || "(no subject)");
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
