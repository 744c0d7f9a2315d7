import type { CertificateReport, PolicyReport } from "../report.ts";
import { childrenOf, constructed, context, type DerNode, readDer, readList, tags } from "./der.ts";
import { readGeneralName, readGeneralNames, urisIn } from "./names.ts";
import { hexPairs, readBits, readBoolean, readOid, readSmallInteger } from "./values.ts";

/** The fields of a certificate that its extensions tell (RFC 5280 §4.2). */
export type ExtensionFields = Pick<
  CertificateReport,
  | "subjectAltNames"
  | "keyUsages"
  | "extendedKeyUsages"
  | "basicConstraints"
  | "nameConstraints"
  | "policies"
  | "mustStaple"
  | "subjectKeyId"
  | "authorityKeyId"
  | "ocspUrls"
  | "crlUrls"
  | "issuerUrls"
>;

const absent: ExtensionFields = {
  subjectAltNames: [],
  keyUsages: [],
  extendedKeyUsages: [],
  basicConstraints: null,
  nameConstraints: null,
  policies: [],
  mustStaple: false,
  subjectKeyId: null,
  authorityKeyId: null,
  ocspUrls: [],
  crlUrls: [],
  issuerUrls: [],
};

/** By OID: what an extension's value tells. */
const readers: Readonly<Record<string, (value: DerNode) => Partial<ExtensionFields>>> = {
  "2.5.29.14": (value) => ({ subjectKeyId: hexPairs(value.body) }),
  "2.5.29.15": (value) => ({ keyUsages: readBits(value).map((bit) => keyUsageNames[bit] ?? `bit ${bit}`) }),
  "2.5.29.17": (value) => ({ subjectAltNames: readGeneralNames(value) }),
  "2.5.29.19": (value) => ({ basicConstraints: readBasicConstraints(value) }),
  "2.5.29.30": (value) => ({ nameConstraints: readNameConstraints(value) }),
  "2.5.29.31": (value) => ({ crlUrls: readList(value).flatMap(readDistributionPoint) }),
  "2.5.29.32": (value) => ({ policies: readList(value).map(readPolicy) }),
  "2.5.29.35": (value) => ({ authorityKeyId: readAuthorityKey(value) }),
  "2.5.29.37": (value) => ({ extendedKeyUsages: readList(value).map(readPurpose) }),
  "1.3.6.1.5.5.7.1.1": (value) => ({
    ocspUrls: readAccess(value, "1.3.6.1.5.5.7.48.1"),
    issuerUrls: readAccess(value, "1.3.6.1.5.5.7.48.2"),
  }),
  "1.3.6.1.5.5.7.1.24": (value) => ({ mustStaple: readList(value).some(isStatusRequest) }),
};

/** The octets of each extension's value, by OID. Of two with one OID, which RFC 5280 §4.2 forbids, the first counts. */
export type Extensions = ReadonlyMap<string, Uint8Array>;

/** @param node the Extensions of a certificate or of an OCSP response @throws {DerError} */
export function readExtensions(node: DerNode | undefined): Extensions {
  const extensions = new Map<string, Uint8Array>();
  for (const extension of node ? readList(node) : []) {
    const [oid, ...rest] = readList(extension);
    const id = readOid(oid);
    const value = rest.find(({ tag }) => tag === tags.octetString);
    if (value && !extensions.has(id)) extensions.set(id, value.body);
  }
  return extensions;
}

/** An extension that cannot be read is as good as absent; the rest of the certificate still tells something. */
export function readExtensionFields(extensions: Extensions): ExtensionFields {
  let fields = absent;
  for (const [oid, value] of extensions) {
    try {
      fields = { ...fields, ...readers[oid]?.(readDer(value)) };
    } catch {
      // See above.
    }
  }
  return fields;
}

const keyUsageNames = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

const purposeNames: Readonly<Record<string, string>> = {
  "2.5.29.37.0": "anyExtendedKeyUsage",
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "1.3.6.1.4.1.311.20.2.2": "smartcardLogon",
  "1.3.6.1.5.2.3.5": "kerberosKdc",
};

function readPurpose(node: DerNode): string {
  const oid = readOid(node);
  return purposeNames[oid] ?? oid;
}

function readBasicConstraints(value: DerNode): CertificateReport["basicConstraints"] {
  const parts = readList(value);
  const authority = parts.find(({ tag }) => tag === tags.boolean);
  const length = parts.find(({ tag }) => tag === tags.integer);
  return {
    isAuthority: authority !== undefined && readBoolean(authority),
    pathLength: length ? readSmallInteger(length) : null,
  };
}

/** CA/Browser Forum Baseline Requirements §7.1.6.1. */
const policyMeanings: Readonly<Record<string, PolicyReport["meaning"]>> = {
  "2.23.140.1.1": "EV",
  "2.23.140.1.2.1": "DV",
  "2.23.140.1.2.2": "OV",
  "2.23.140.1.2.3": "IV",
};

function readPolicy(node: DerNode): PolicyReport {
  const oid = readOid(readList(node)[0]);
  return { oid, meaning: policyMeanings[oid] ?? null };
}

function readNameConstraints(value: DerNode): string | null {
  const words = ["permitted", "excluded"] as const;
  const parts = readList(value).flatMap((subtrees) => {
    const word = words[subtrees.tag - constructed(0)];
    const names = childrenOf(subtrees).flatMap((subtree) => readList(subtree).slice(0, 1).map(readGeneralName));
    return word && names.length > 0 ? [`${word}: ${names.join(", ")}`] : [];
  });
  return parts.length === 0 ? null : parts.join("; ");
}

function readDistributionPoint(point: DerNode): string[] {
  const name = readList(point).find(({ tag }) => tag === constructed(0));
  const full = name && childrenOf(name).find(({ tag }) => tag === constructed(0));
  return full ? urisIn(childrenOf(full)) : [];
}

function readAuthorityKey(value: DerNode): string | null {
  const key = readList(value).find(({ tag }) => tag === context(0));
  return key ? hexPairs(key.body) : null;
}

function readAccess(value: DerNode, method: string): string[] {
  return readList(value).flatMap((description) => {
    const [oid, ...location] = readList(description);
    return readOid(oid) === method ? urisIn(location) : [];
  });
}

/** The TLS extension `status_request` (RFC 7633 §6, RFC 6066 §8). */
function isStatusRequest(node: DerNode): boolean {
  return readSmallInteger(node) === 5;
}
