import { encoders } from "../unit/secrets/encoders.ts";

/** Values of secrets that a request is given and that a server echoes, in every way that it can. */
export const planted = {
  PASSWORD: "Pl4nted-tok3n-9QxZ77vk",
  KEY: `p@ss "w/o\\r+d' 50% <é&€> =z`,
} as const;

/** Each echo between marks of its own, so that a leak says what it leaked in. */
const mark = (index: number) => `[#${index}#]`;
export const encodings = Object.keys(encoders);

export function echoes(value: string): string[] {
  return encodings.map((name) => encoders[name]?.(value) ?? "");
}

export function markedEchoes(value: string): string {
  return echoes(value)
    .map((echo, index) => `${mark(index)}${echo}${mark(index)}`)
    .join("\n");
}

/**
 * The encodings in whose echo the output has a value, as it is or in what a reader would decode of it; the number of
 * echoes that were looked at in `seen`.
 */
export function leaksIn(output: string): { readonly leaked: readonly string[]; readonly seen: number } {
  const parts = encodings.map((_, index) => output.split(mark(index))[1]);
  const leaked = encodings.filter((_, index) => holdsValue(parts[index] ?? ""));
  const seen = parts.filter((part) => part !== undefined).length;
  // Also what stands outside of the marks, or has them cut off.
  return { leaked: holdsValue(output) && leaked.length === 0 ? ["outside of the echoes"] : leaked, seen };
}

export function holdsValue(output: string): boolean {
  const squeeze = (text: string) => text.replace(/[\s\0]+/g, "");
  const misread = (value: string) => ["latin1", "windows-1252"].map((charset) => readAs(charset, Buffer.from(value)));
  const values = Object.values(planted).flatMap((value) => [value, ...misread(value)].map(squeeze));
  return [output, ...decoded(output)].some((text) => values.some((value) => squeeze(text).includes(value)));
}

/** What decoders that are not ours make of encoded parts of a text; also of what folded lines join. */
function decoded(text: string): string[] {
  const joined = text.replace(/=?\r?\n[ \t]*|\0/g, "").replace(/(?:\\r)?\\n/g, "");
  const utf16 = [0, 1].flatMap((from) => {
    const bytes = Buffer.from(text.slice(from), "latin1");
    const pairs = bytes.subarray(0, bytes.length & ~1);
    return [pairs.toString("utf16le"), Buffer.from(pairs).swap16().toString("utf16le")];
  });
  const steps = [text, joined].flatMap((one) => [
    one.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll("%", ""), "hex").toString()),
    one
      .replaceAll("+", " ")
      .replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.slice(1).replaceAll("%", ""), "hex").toString()),
    one.replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll("=", ""), "hex").toString()),
    one.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => entity(whole, hex, decimal, name)),
    one.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, unit, short) =>
      unit ? String.fromCharCode(Number.parseInt(unit, 16)) : short,
    ),
    ...[...one.matchAll(/[\w+/-]{8,}/g)].flatMap(([run]) =>
      [0, 1, 2, 3].flatMap((from) => fromBase64(run.slice(from))),
    ),
    ...[...one.matchAll(/(?:[0-9a-f]{2}[ :-]?){6,}/gi)].flatMap(([run]) => {
      const digits = run.replace(/[ :-]/g, "");
      return [digits, digits.slice(1)].map((hex) => Buffer.from(hex, "hex").toString());
    }),
  ]);
  return [...utf16, ...steps];
}

function readAs(charset: string, bytes: Buffer): string {
  return charset === "latin1" ? bytes.toString("latin1") : new TextDecoder(charset).decode(bytes);
}

function fromBase64(run: string): string[] {
  const bytes = Buffer.from(run, "base64");
  return [bytes.toString("utf8"), bytes.toString("utf16le")];
}

const names: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  eacute: "é",
  euro: "€",
  sol: "/",
  plus: "+",
  equals: "=",
  percnt: "%",
};

function entity(whole: string, hex?: string, decimal?: string, name?: string): string {
  if (name) return names[name] ?? whole;
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
