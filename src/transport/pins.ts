import { X509Certificate } from "node:crypto";
import { describeCertificate } from "./certificate.ts";
import type { CertificateReport } from "./report.ts";

export type SeenPin = Pick<CertificateReport, "subjectName" | "spkiPin">;

/** What a chain showed in place of the key that the settings demand. */
export class PinMismatch extends Error {
  readonly expected: readonly string[];
  readonly seen: readonly SeenPin[];

  constructor(expected: readonly string[], seen: readonly SeenPin[]) {
    super("no certificate of the chain has one of the pinned keys");
    this.name = "PinMismatch";
    this.expected = expected;
    this.seen = seen;
  }
}

/**
 * @param pins `sha256/` and the base64 of a key's SHA-256 (RFC 7469 §2.4)
 * @param chain DER, leaf first
 * @returns undefined where one of `pins` is that of a certificate of the chain, or there are none to match. Only
 *   certificates that vouch for the leaf, link by link, count: anybody may send a pinned certificate along.
 */
export function checkPins(pins: readonly string[], chain: readonly Uint8Array[]): PinMismatch | undefined {
  if (pins.length === 0) return undefined;
  const seen = linked(chain).map((der) => describeCertificate(der));
  return seen.some(({ spkiPin }) => pins.includes(spkiPin)) ? undefined : new PinMismatch(pins, seen);
}

function linked(chain: readonly Uint8Array[]): readonly Uint8Array[] {
  const certificates = chain.map((der) => new X509Certificate(der));
  const last = certificates.findIndex((certificate, index) => {
    const issuer = certificates[index + 1];
    return !issuer || !certificate.verify(issuer.publicKey);
  });
  return chain.slice(0, last + 1);
}
