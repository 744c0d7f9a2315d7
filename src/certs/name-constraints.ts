import { isIP } from "node:net";
import { der, elements, implicit, sequence } from "./der.ts";

export const nameConstraintsOid = "2.5.29.30";

/** In GeneralName, RFC 5280 §4.2.1.6. */
const dnsName = 2;
const ipAddress = 7;

/**
 * The value of the extension (RFC 5280 §4.2.1.10): certificates below may be for these DNS names, names below them, and
 * these IP addresses. A kind of name that is not mentioned would be free, so all IP addresses are excluded where none
 * is permitted, and all DNS names where only addresses are.
 */
export function nameConstraints(permitted: readonly string[]): Buffer {
  const addresses = permitted.filter((name) => isIP(name) !== 0);
  const names = permitted.filter((name) => isIP(name) === 0);
  const subtrees = [
    ...names.map((name) => subtree(dnsName, Buffer.from(name, "latin1"))),
    ...addresses.map((address) => subtree(ipAddress, Buffer.concat([addressBytes(address), allOnes(address)]))),
  ];
  const excluded = [
    ...(addresses.length === 0 ? [8, 32].map((size) => subtree(ipAddress, Buffer.alloc(size))) : []),
    ...(names.length === 0 ? [subtree(dnsName, Buffer.alloc(0))] : []),
  ];
  return sequence(constructed(0, subtrees), ...(excluded.length === 0 ? [] : [constructed(1, excluded)]));
}

function subtree(kind: number, value: Buffer): Buffer {
  return sequence(implicit(kind, value));
}

function constructed(number: number, items: readonly Buffer[]): Buffer {
  return der(0xa0 | number, Buffer.concat(items));
}

function allOnes(address: string): Buffer {
  return Buffer.alloc(isIP(address) === 4 ? 4 : 16, 0xff);
}

/** The bytes of an address in network order: 4 or 16. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  // As URLs write it: hexadecimal groups with one "::" at most.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join(""), "hex");
}

/**
 * Why an authority with these constraints cannot issue for a name, as the end of a sentence; undefined where it can.
 * `value`: of the extension. Only what is permitted is looked at, and addresses one by one.
 */
export function forbiddenName(value: Uint8Array, name: string): string | undefined {
  const permitted = permittedSubtrees(value);
  const isAddress = isIP(name) !== 0;
  const isPermitted = isAddress
    ? permitted.some(({ kind, base }) => kind === ipAddress && isInRange(addressBytes(name), base))
    : permitted.some(({ kind, base }) => kind === dnsName && isBelow(name, base.toString("latin1").toLowerCase()));
  if (isPermitted) return undefined;
  const names = permitted.filter(({ kind }) => kind === dnsName).map(({ base }) => base.toString("latin1"));
  const kinds = [
    ...(names.length === 0 ? [] : [`${names.join(", ")} and names below`]),
    ...(names.length === permitted.length ? [] : ["the IP addresses of its name constraints"]),
  ];
  return `this authority may issue only for ${kinds.join(", and for ") || "nothing"}`;
}

interface Subtree {
  readonly kind: number;
  readonly base: Buffer;
}

function permittedSubtrees(value: Uint8Array): Subtree[] {
  const [constraints] = elements(value);
  const permitted = elements(constraints?.content ?? Buffer.alloc(0)).find(({ tag }) => tag === 0xa0);
  return elements(permitted?.content ?? Buffer.alloc(0)).flatMap((subtree) => {
    const [base] = elements(subtree.content);
    return base ? [{ kind: base.tag & 0x1f, base: base.content }] : [];
  });
}

function isBelow(name: string, base: string): boolean {
  const plain = name.replace(/^\*\./, "");
  return plain === base || plain.endsWith(`.${base}`);
}

/** `range`: an address and its mask. */
function isInRange(address: Buffer, range: Buffer): boolean {
  if (range.length !== address.length * 2) return false;
  return address.every((byte, index) => {
    const mask = range[address.length + index] ?? 0;
    return (byte & mask) === ((range[index] ?? 0) & mask);
  });
}
