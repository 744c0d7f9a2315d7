import { createHash, createPublicKey, verify, X509Certificate } from "node:crypto";
import { type CertificateFields, readCertificateFields } from "../x509/certificate-fields.ts";
import type { DerNode } from "../x509/der.ts";
import { readList } from "../x509/der.ts";
import { readExtensionFields } from "../x509/extensions.ts";
import { readBitOctets } from "../x509/values.ts";
import type { OcspResponse } from "./response.ts";

/** A certificate, with what its answers are recognised by. */
export interface Issuer {
  readonly fields: CertificateFields;
  /** The octets of its public key, without the algorithm. */
  readonly key: Uint8Array;
}

/** @throws {DerError} */
export function readIssuer(der: Uint8Array): Issuer {
  const fields = readCertificateFields(der);
  return { fields, key: keyOctets(fields.publicKey) };
}

/**
 * Who signed the response: the issuer of the certificate, or somebody to whom the issuer delegated just that (RFC 6960
 * §4.2.2.2). @returns the problem where it is neither.
 */
export function checkSigner(response: OcspResponse, issuer: Issuer, now: number): string | undefined {
  const { digest, name } = response.algorithm;
  if (digest === undefined || digest === "sha1") return `It is signed with ${name}, which is not accepted`;
  if (isNamed(response, issuer) && isSignedBy(response, digest, issuer.fields.publicKey)) return undefined;
  const delegate = response.certificates
    .map(delegateOf)
    .find((candidate) => candidate !== undefined && isNamed(response, candidate));
  if (!delegate) return "It is signed neither by the certificate's issuer nor by a certificate that it brings along";
  const problem = delegationProblem(delegate, issuer, now);
  if (problem) return problem;
  return isSignedBy(response, digest, delegate.fields.publicKey) ? undefined : "Its signature is wrong";
}

interface Delegate extends Issuer {
  readonly der: Uint8Array;
}

function delegateOf(der: Uint8Array): Delegate | undefined {
  try {
    return { ...readIssuer(der), der };
  } catch {
    return undefined;
  }
}

function delegationProblem({ fields, der }: Delegate, issuer: Issuer, now: number): string | undefined {
  const who = `“${fields.subjectText.commonName ?? fields.subjectText.full}”, which signed it,`;
  if (!equal(fields.issuer.raw, issuer.fields.subject.raw) || !isIssuedBy(der, issuer)) {
    return `${who} has its certificate from somebody else than the certificate's issuer`;
  }
  if (!readExtensionFields(fields.extensions).extendedKeyUsages.includes("OCSPSigning")) {
    return `${who} may not sign OCSP responses`;
  }
  const isInTime = now >= fields.notBefore.getTime() && now <= fields.notAfter.getTime();
  return isInTime ? undefined : `${who} has a certificate that is out of date`;
}

function isIssuedBy(der: Uint8Array, issuer: Issuer): boolean {
  try {
    return new X509Certificate(der).verify(publicKey(issuer.fields.publicKey));
  } catch {
    return false;
  }
}

function isNamed({ responder }: OcspResponse, { fields, key }: Issuer): boolean {
  return "name" in responder
    ? equal(responder.name.raw, fields.subject.raw)
    : equal(responder.keyHash, createHash("sha1").update(key).digest());
}

function isSignedBy({ signed, signature }: OcspResponse, digest: string | null, key: DerNode): boolean {
  try {
    return verify(digest, signed, publicKey(key), signature);
  } catch {
    return false;
  }
}

function publicKey(info: DerNode) {
  return createPublicKey({ key: Buffer.from(info.raw), format: "der", type: "spki" });
}

function keyOctets(info: DerNode): Uint8Array {
  return readBitOctets(readList(info)[1]);
}

export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
