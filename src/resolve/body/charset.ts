/** How text is read from a file, and written again. */
export interface Charset {
  readonly name: string;
  /** @throws {TypeError} for bytes that are no text in it. A byte order mark is kept. */
  readonly decode: (bytes: Uint8Array) => string;
  /** Undefined for a text with characters that it does not have. */
  readonly encode: (text: string) => Uint8Array | undefined;
}

export const utf8: Charset = {
  name: "utf-8",
  decode: (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
  encode: (text) => Buffer.from(text, "utf8"),
};

const utf16: Charset = {
  name: "utf-16le",
  decode: (bytes) => new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true }).decode(bytes),
  encode: (text) => Buffer.from(text, "utf16le"),
};

/** ISO 8859-1: each byte is the character of the same number. */
const latin1: Charset = {
  name: "latin1",
  decode: (bytes) => Buffer.from(bytes).toString("latin1"),
  encode: (text) => (/^[\0-\xff]*$/.test(text) ? Buffer.from(text, "latin1") : undefined),
};

const ascii: Charset = {
  name: "ascii",
  decode: (bytes) => {
    if (bytes.some((byte) => byte > 0x7f)) throw new TypeError("not ASCII");
    return latin1.decode(bytes);
  },
  encode: (text) => (/^[\0-\x7f]*$/.test(text) ? Buffer.from(text, "latin1") : undefined),
};

const windows1252: Charset = {
  name: "windows-1252",
  decode: (bytes) => new TextDecoder("windows-1252").decode(bytes),
  encode: (text) => {
    const bytes = Array.from(text, (character) => windows1252Bytes.get(character));
    return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : undefined;
  },
};

const windows1252Bytes: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [windows1252.decode(Uint8Array.of(byte)), byte]),
);

const spellings: readonly (readonly [Charset, names: string])[] = [
  [utf8, "utf-8 utf8"],
  [utf16, "utf-16le utf16le utf-16 utf16 ucs2 ucs-2"],
  [latin1, "latin1 iso-8859-1 iso8859-1 iso88591"],
  [windows1252, "windows-1252 windows1252 cp1252 win1252"],
  [ascii, "ascii us-ascii"],
];

const charsets: ReadonlyMap<string, Charset> = new Map(
  spellings.flatMap(([charset, names]) => names.split(" ").map((name) => [name, charset] as const)),
);

/** Names in any case, with the usual spellings. */
export function findCharset(name: string): Charset | undefined {
  return charsets.get(name.toLowerCase());
}

/** One name for each, for messages. */
export const charsetNames: readonly string[] = spellings.map(([charset]) => charset.name);
