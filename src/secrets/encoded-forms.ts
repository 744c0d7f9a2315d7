/**
 * A value as it stands in bytes somewhere. Escapes (percent, JSON, markup, quoted-printable) and folded lines are none
 * of these forms: they are undone in the text before it is searched, see `readings.ts`.
 */
export interface EncodedForm {
  /** One character for each byte (Latin-1). */
  readonly bytes: string;
  /** Of encoded data, where blanks mean nothing; the others are text, where only a folded line adds any. */
  readonly isData: boolean;
}

/** Forms of forms are as long as several values: what is longer than this is not written so by hand or by a log. */
const longestForAll = 4096;

/** Every distinct form of the value; never an empty one. Lone surrogates become U+FFFD, as in every encoder. */
export function encodedForms(value: string): readonly EncodedForm[] {
  const forms = new Map<string, EncodedForm>();
  const put = (bytes: string, isData: boolean) => {
    if (bytes !== "" && !forms.has(bytes)) forms.set(bytes, { bytes, isData });
  };
  for (const bytes of textForms(value)) put(bytes, false);
  for (const bytes of dataForms(value)) put(bytes, true);
  return [...forms.values()];
}

const byteText = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
const utf8Text = (text: string) => Buffer.from(text, "utf8").toString("latin1");

function textForms(value: string): string[] {
  const utf8 = utf8Text(value);
  const trimmed = value.trim();
  const forms = [utf8, utf8Text(trimmed)];
  // Form data (WHATWG URL §5.2) and encoded words (RFC 2047 §4.2) write a blank so.
  if (trimmed.includes(" ")) {
    forms.push(utf8Text(trimmed.replaceAll(" ", "+")), utf8Text(trimmed.replaceAll(" ", "_")));
  }
  if (!/[\x80-\uffff]/.test(value)) return forms;
  const utf16 = Buffer.from(value, "utf16le");
  const swapped = Buffer.from(utf16).swap16();
  const inBytes = Buffer.from(value, "utf8");
  return [
    ...forms,
    ...latin1Of(value).map(byteText),
    // UTF-8 that was read as Latin-1, as header fields are, or as Windows-1252, as browsers do.
    utf8Text(inBytes.toString("latin1")),
    utf8Text(new TextDecoder("windows-1252").decode(inBytes)),
    // UTF-16, and its bytes shown one by one. That of ASCII is ASCII with NULs, which no reading keeps.
    ...[utf16, swapped].flatMap((bytes) => [byteText(bytes), utf8Text(bytes.toString("latin1"))]),
  ];
}

function latin1Of(value: string): Buffer[] {
  return /[\x80-\xff]/.test(value) && !/[^\0-\xff]/.test(value) ? [Buffer.from(value, "latin1")] : [];
}

function dataForms(value: string): string[] {
  const utf8 = Buffer.from(value, "utf8");
  const isLong = utf8.length > longestForAll;
  const written = [utf8, ...latin1Of(value)];
  if (isLong) return written.flatMap((bytes) => [...base64Forms(bytes), ...hexForms(bytes, [""])]);
  const trimmed = value.trim();
  const json = JSON.stringify(value).slice(1, -1);
  const others = [
    ...(trimmed === value ? [] : [Buffer.from(trimmed, "utf8")]),
    ...(json === value ? [] : [Buffer.from(json, "utf8")]),
    Buffer.from(value, "utf16le"),
  ];
  return [
    ...[...written, ...others].flatMap(base64Forms),
    ...inside(utf8).flatMap((once) => inside(Buffer.from(once, "latin1"))),
    ...written.flatMap((bytes) => hexForms(bytes, ["", ":", "-"])),
  ];
}

function hexForms(bytes: Buffer, separators: readonly string[]): string[] {
  const lower = bytes.toString("hex");
  return separators.flatMap((separator) => {
    const form = separator === "" ? lower : lower.replace(/..(?!$)/g, `$&${separator}`);
    return [form, form.toUpperCase()];
  });
}

/**
 * Base64 at each of the three places that the bytes can have in a group of three (RFC 4648 §4, §5). Characters that
 * also hold bits of a neighbour are left out, except at an end of the data, where they are known.
 */
function base64Forms(bytes: Buffer): string[] {
  return alignments.flatMap((offset) => {
    const { padded, start, end } = aligned(bytes, offset);
    const atEnd = padded.slice(start);
    return [padded.slice(start, end), atEnd.replace(/=+$/, ""), atEnd].flatMap(inBothAlphabets);
  });
}

/** The parts of base64 data that are the same whatever stands before and behind the bytes. */
function inside(bytes: Buffer): string[] {
  return alignments.flatMap((offset) => {
    const { padded, start, end } = aligned(bytes, offset);
    return inBothAlphabets(padded.slice(start, end));
  });
}

const alignments = [0, 1, 2] as const;
const before: readonly Buffer[] = alignments.map((offset) => Buffer.alloc(offset));

function aligned(bytes: Buffer, offset: (typeof alignments)[number]) {
  const padded = Buffer.concat([before[offset] ?? Buffer.alloc(0), bytes]).toString("base64");
  return { padded, start: Math.ceil((offset * 8) / 6), end: Math.floor(((offset + bytes.length) * 8) / 6) };
}

function inBothAlphabets(text: string): string[] {
  return /[+/]/.test(text) ? [text, text.replaceAll("+", "-").replaceAll("/", "_")] : [text];
}
