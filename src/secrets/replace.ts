import type { Edit } from "./edits.ts";

/** `bytes` are those of the text in UTF-8, in which the places of the edits are. */
export function replaceInText(text: string, bytes: Uint8Array, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const unitAt = bytes.length === text.length ? (place: number) => place : unitCounter(bytes);
  let result = "";
  let from = 0;
  for (const { start, end, text: shown } of edits) {
    result += text.slice(from, unitAt(start)) + shown;
    from = unitAt(end);
  }
  return result + text.slice(from);
}

/** How many UTF-16 code units stand before a place in UTF-8; to be asked for in ascending order. */
function unitCounter(bytes: Uint8Array): (place: number) => number {
  let at = 0;
  let units = 0;
  return (place) => {
    for (; at < place; at++) {
      const byte = bytes[at] ?? 0;
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
  };
}

export function replaceInBytes(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  if (edits.length === 0) return bytes;
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, text } of edits) {
    parts.push(bytes.subarray(from, start), Buffer.from(text, "utf8"));
    from = end;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}
