const units: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** More than a disk has. */
const largest = 1024 ** 4;

/** Bytes of `500KB`, `20MB`, `1.5GB`, as `byteSize` shows them; undefined for anything else, for zero and for more than 1024 GB. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d{1,10}(?:\.\d{1,3})?) ?(B|KB|MB|GB)$/i.exec(text);
  if (!match) return undefined;
  const bytes = Math.round(Number(match[1]) * (units[(match[2] ?? "").toUpperCase()] ?? Number.NaN));
  return bytes >= 1 && bytes <= largest ? bytes : undefined;
}
