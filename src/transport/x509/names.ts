import { childrenOf, constructed, context, type DerNode, readDer, readList, tags } from "./der.ts";
import { hexOf, latin1, oidOf, readOid, readText } from "./values.ts";

/** A distinguished name in words. */
export interface NameText {
  /** `CN=api.example.com, O=Example`: most specific first, escaped as RFC 4514 §2.4 says. */
  readonly full: string;
  /** The most specific common name. */
  readonly commonName: string | undefined;
}

/** RFC 4519 §2 and RFC 2985 §5.2; other attributes keep their OID. */
const attributeNames: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.42": "GN",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  // Extended validation: where the company is registered (CA/Browser Forum EV Guidelines §9.2.4).
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
};

/** @param node a Name (RFC 5280 §4.1.2.4) @throws {DerError} */
export function readName(node: DerNode | undefined): NameText {
  const attributes = readList(node).map((rdn) => readList(rdn, tags.set).map(readAttribute));
  const mostSpecificFirst = attributes.reverse();
  return {
    full: mostSpecificFirst.map((rdn) => rdn.map(({ type, shown }) => `${type}=${shown}`).join("+")).join(", "),
    commonName: mostSpecificFirst.flat().find(({ type }) => type === "CN")?.value,
  };
}

interface Attribute {
  readonly type: string;
  readonly value: string;
  /** Escaped; hexadecimal where it is no string (RFC 4514 §2.4). */
  readonly shown: string;
}

function readAttribute(node: DerNode): Attribute {
  const [oid, value] = readList(node);
  const type = readOid(oid);
  const text = value && readText(value);
  const hex = value ? `#${hexOf(value.raw)}` : "";
  return {
    type: attributeNames[type] ?? type,
    value: text ?? hex,
    shown: text === undefined ? hex : escapeValue(text),
  };
}

/** So that nobody can write a second attribute into the value of the first. */
function escapeValue(value: string): string {
  return value.replace(/[,+"\\<>;]|^[ #]| $/g, "\\$&");
}

/** GeneralNames (RFC 5280 §4.2.1.6) as text: `DNS:api.example.com`, `IP:127.0.0.1`, `URI:…`, `email:…`. */
export function readGeneralNames(node: DerNode | undefined): string[] {
  return readList(node).map(readGeneralName);
}

const uri = context(6);

/** Those of the names that are URIs, without the label. */
export function urisIn(names: readonly DerNode[]): string[] {
  return names.filter(({ tag }) => tag === uri).map(({ body }) => latin1(body));
}

/** Microsoft's user principal name: the one kind of otherName that people meet. */
const userPrincipalName = "1.3.6.1.4.1.311.20.2.3";

export function readGeneralName(node: DerNode): string {
  const { tag, body } = node;
  switch (tag) {
    case constructed(0): {
      const [oid, wrapped] = childrenOf(node);
      const type = readOid(oid);
      const value = type === userPrincipalName && wrapped ? readText(readDer(wrapped.body)) : undefined;
      return value === undefined ? `other:${type}` : `UPN:${value}`;
    }
    case context(1):
      return `email:${latin1(body)}`;
    case context(2):
      return `DNS:${latin1(body)}`;
    case constructed(4):
      return `DN:${readName(readDer(body)).full}`;
    case uri:
      return `URI:${latin1(body)}`;
    case context(7):
      return `IP:${addressText(body)}`;
    case context(8):
      return `RID:${oidOf(body)}`;
    default:
      return `other:#${hexOf(node.raw)}`;
  }
}

/** An address, or in a name constraint an address with its mask. */
function addressText(bytes: Uint8Array): string {
  switch (bytes.length) {
    case 4:
      return bytes.join(".");
    case 8:
      return `${bytes.subarray(0, 4).join(".")}/${prefixLength(bytes.subarray(4))}`;
    case 16:
      return ipv6Text(bytes);
    case 32:
      return `${ipv6Text(bytes.subarray(0, 16))}/${prefixLength(bytes.subarray(16))}`;
    default:
      return `#${hexOf(bytes)}`;
  }
}

function prefixLength(mask: Uint8Array): number | string {
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : `#${hexOf(mask)}`;
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of zeros as `::`. */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  let zeros = { start: 0, end: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === "0") end++;
    if (end - start > zeros.end - zeros.start) zeros = { start, end };
  }
  if (zeros.end - zeros.start < 2) return groups.join(":");
  return `${groups.slice(0, zeros.start).join(":")}::${groups.slice(zeros.end).join(":")}`;
}
