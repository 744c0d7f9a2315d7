import { err, ok, type Result } from "./result.ts";

/** Where a text stops being UTF-8. */
export interface InvalidUtf8 {
  /** In bytes, from the start of the file. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly byte: number;
}

/** The text without its byte order mark, as editors read it; never with replacement characters. */
export function decodeUtf8(bytes: Uint8Array): Result<string, InvalidUtf8> {
  const offset = firstInvalidUtf8(bytes);
  if (offset === undefined) return ok(new TextDecoder().decode(bytes));
  const lines = new TextDecoder().decode(bytes.subarray(0, offset)).split(/\r\n|\r|\n/);
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return err({ offset, line: lines.length, column, byte: bytes[offset] ?? 0 });
}

/**
 * The offset of the first byte that is not well-formed UTF-8 (Unicode 16, table 3-7), also of one that the end of the
 * text cuts off; undefined for a text that is UTF-8 throughout.
 */
function firstInvalidUtf8(bytes: Uint8Array): number | undefined {
  for (let offset = 0; offset < bytes.length; ) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
  return undefined;
}

/** Lead bytes up to `last`, the number of bytes in all, and what the second byte may be. */
const sequences: readonly (readonly [last: number, length: number, low: number, high: number])[] = [
  [0x7f, 1, 0, 0],
  [0xc1, 0, 0, 0],
  [0xdf, 2, 0x80, 0xbf],
  [0xe0, 3, 0xa0, 0xbf],
  [0xec, 3, 0x80, 0xbf],
  [0xed, 3, 0x80, 0x9f],
  [0xef, 3, 0x80, 0xbf],
  [0xf0, 4, 0x90, 0xbf],
  [0xf3, 4, 0x80, 0xbf],
  [0xf4, 4, 0x80, 0x8f],
];

/** 0 for an ill-formed sequence. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const [, length, low, high] = sequences.find(([last]) => lead <= last) ?? [0, 0, 0, 0];
  for (let index = 1; index < length; index++) {
    const byte = bytes[offset + index] ?? 0;
    if (index === 1 ? byte < low || byte > high : byte < 0x80 || byte > 0xbf) return 0;
  }
  return length;
}
