import "reflect-metadata"; // @peculiar/x509 does not load without it
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Authority, Identity } from "../../../src/certs/pki.ts";

export interface CrlOptions {
  readonly revoked?: readonly Identity[];
  /** Default an hour ago. */
  readonly thisUpdate?: Date;
  /** Default in a week. */
  readonly nextUpdate?: Date;
  /** Who signs in the authority's name; default the authority. */
  readonly signer?: Authority;
}

/** A revocation list of an authority with an EC P-256 key, for the reason keyCompromise (RFC 5280 §5.3.1). */
export async function makeCrl(
  authority: Authority,
  options: CrlOptions = {},
): Promise<{ readonly pem: string; readonly der: Buffer }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey } = options.signer ?? authority;
  const signingKey = await webcrypto.subtle.importKey(
    "pkcs8",
    privateKey.export({ type: "pkcs8", format: "der" }),
    algorithm,
    true,
    ["sign"],
  );
  const thisUpdate = options.thisUpdate ?? new Date(Date.now() - 3_600_000);
  const crl = await x509.X509CrlGenerator.create(
    {
      issuer: new x509.X509Certificate(authority.certificatePem).subjectName,
      thisUpdate,
      nextUpdate: options.nextUpdate ?? new Date(Date.now() + 7 * 86_400_000),
      entries: (options.revoked ?? []).map(({ serial }) => ({
        serialNumber: serial,
        revocationDate: thisUpdate,
        reason: x509.X509CrlReason.keyCompromise,
      })),
      signingAlgorithm: algorithm,
      signingKey,
    },
    webcrypto,
  );
  const der = Buffer.from(crl.rawData);
  return { pem: `-----BEGIN X509 CRL-----\n${der.toString("base64")}\n-----END X509 CRL-----\n`, der };
}
