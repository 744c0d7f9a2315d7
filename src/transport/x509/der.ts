/**
 * One element of DER (X.690 §10), the form of certificates and OCSP responses. `tag` is the whole identifier octet:
 * `0x30` for a SEQUENCE, `0xa3` for a constructed `[3]`.
 */
export interface DerNode {
  readonly tag: number;
  /** The contents. */
  readonly body: Uint8Array;
  /** With tag and length. */
  readonly raw: Uint8Array;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** The identifier octet of a context-specific tag. Explicit ones and those of lists are constructed. */
export const context = (number: number): number => 0x80 | number;
export const constructed = (number: number): number => 0xa0 | number;

/** What is read here comes from servers: everything that does not fit ends in this error, and in no other. */
export class DerError extends Error {
  override readonly name = "DerError";
}

/** Reads the one element that `bytes` must be. @throws {DerError} */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readAt(bytes, 0);
  if (node.raw.length !== bytes.length) throw new DerError("bytes after the end");
  return node;
}

/** The elements inside a constructed one. @throws {DerError} */
export function childrenOf({ body }: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  for (let offset = 0; offset < body.length; ) {
    const node = readAt(body, offset);
    nodes.push(node);
    offset += node.raw.length;
  }
  return nodes;
}

/** As `childrenOf`, of an element that must have this tag. @throws {DerError} */
export function readList(node: DerNode | undefined, tag: number = tags.sequence): DerNode[] {
  return childrenOf(expect(node, tag));
}

/** @throws {DerError} where it is absent or something else */
export function expect(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw new DerError(`tag ${node?.tag ?? "(none)"} in place of ${tag}`);
  return node;
}

/** Tags of more than one octet and lengths without an end are in no certificate (X.690 §10.1). */
function readAt(bytes: Uint8Array, start: number): DerNode {
  const tag = octet(bytes, start);
  if ((tag & 0x1f) === 0x1f) throw new DerError("a tag of several octets");
  let offset = start + 1;
  let length = octet(bytes, offset++);
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw new DerError("a length that is not definite");
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + octet(bytes, offset++);
  }
  const end = offset + length;
  if (end > bytes.length) throw new DerError("an element that reaches beyond its end");
  return { tag, body: bytes.subarray(offset, end), raw: bytes.subarray(start, end) };
}

function octet(bytes: Uint8Array, offset: number): number {
  const value = bytes[offset];
  if (value === undefined) throw new DerError("an element that is cut off");
  return value;
}
