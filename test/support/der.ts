/** Writes DER (X.690), so that tests can make what no tool makes: OCSP responses, odd extensions, broken structures. */

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

export const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => tlv(0x31, ...parts);
/** `[n]`, constructed. */
export const explicit = (number: number, ...parts: readonly Uint8Array[]) => tlv(0xa0 | number, ...parts);
/** `[n]`, primitive. */
export const implicit = (number: number, body: Uint8Array) => tlv(0x80 | number, body);
export const octets = (body: Uint8Array) => tlv(0x04, body);
export const bits = (body: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), body);
export const integer = (hex: string) => tlv(0x02, Buffer.from(hex, "hex"));
export const boolean = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const enumerated = (value: number) => tlv(0x0a, Buffer.from([value]));
export const utf8 = (text: string) => tlv(0x0c, Buffer.from(text, "utf8"));
export const nothing = Buffer.from([0x05, 0x00]);

/** GeneralizedTime. */
export function time(date: Date): Buffer {
  return tlv(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, "")}`, "latin1"));
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(number: number): number[] {
  const digits = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest % 128) | 0x80);
  return digits;
}

export const name = (...attributes: readonly (readonly [oid: string, value: Uint8Array])[]) =>
  sequence(...attributes.map(([type, value]) => set(sequence(oid(type), value))));
