import { randomBytes } from "node:crypto";
import { explicit, implicit, integer, octets, oid, sequence } from "../../../src/certs/der.ts";

/* Files as old programs wrote them. What is encrypted in them is noise: nobody gets as far as that. */

const oids = {
  data: "1.2.840.113549.1.7.1",
  encryptedData: "1.2.840.113549.1.7.6",
  sha1WithRc2: "1.2.840.113549.1.12.1.6",
  md5WithDes: "1.2.840.113549.1.5.3",
};
const parameters = () => sequence(octets(randomBytes(8)), integer(2048));

/** RFC 7292 with pbeWithSHAAnd40BitRC2-CBC (appendix C), and without a MAC. */
export function rc2Pfx(): Buffer {
  const algorithm = sequence(oid(oids.sha1WithRc2), parameters());
  const content = sequence(oid(oids.data), algorithm, implicit(0, randomBytes(64)));
  const encrypted = sequence(oid(oids.encryptedData), explicit(0, sequence(integer(0), content)));
  const safe = octets(sequence(encrypted));
  return sequence(integer(3), sequence(oid(oids.data), explicit(0, safe)));
}

/** RFC 8018 with pbeWithMD5AndDES-CBC (appendix A.3). */
export function desKeyPem(): string {
  const key = sequence(sequence(oid(oids.md5WithDes), parameters()), octets(randomBytes(144)));
  const lines = key.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN ENCRYPTED PRIVATE KEY-----", ...lines, "-----END ENCRYPTED PRIVATE KEY-----", ""].join("\n");
}
