import { allButUnreserved, percentEncode, unfitForUrl } from "./percent-encoding.ts";

/**
 * The ways in which a value comes back from servers, URLs and logs: plain, percent- and form-encoded, escaped for
 * JSON, XML and HTML, base64 wherever it stands in the encoded data (so also in Basic credentials), hex. A new way is
 * one row.
 */
const encoders: readonly ((value: string) => readonly string[])[] = [
  (value) => [value, value.trim()],
  percentForms,
  (value) => inBothCases(new URLSearchParams([["", value]]).toString().slice(1)),
  jsonForms,
  markupForms,
  (value) => bytesOf(value).flatMap(base64Forms),
  (value) => bytesOf(value).flatMap((bytes) => [bytes.toString("hex"), bytes.toString("hex").toUpperCase()]),
  // UTF-8 that was read as Latin-1, as header fields are.
  (value) => [
    Buffer.from(value, "utf8").toString("latin1"),
    new TextDecoder("windows-1252").decode(Buffer.from(value, "utf8")),
  ],
  // UTF-16 in bytes that are shown one by one.
  (value) => [utf16(value).toString("latin1"), utf16(value).swap16().toString("latin1")],
  // Line ends change on the way.
  (value) => [value.replace(/\r?\n/g, "\r\n"), value.replaceAll("\r\n", "\n")],
];

function utf16(value: string): Buffer {
  return Buffer.from(value, "utf16le");
}

/** Every distinct form of the value; never an empty text. */
export function encodedForms(value: string): ReadonlySet<string> {
  const forms = new Set(encoders.flatMap((encode) => encode(value)));
  forms.delete("");
  return forms;
}

/** What different encoders leave as it is: RFC 3986, encodeURIComponent, encodeURI, and the WHATWG URL's sets. */
const percentSets: readonly RegExp[] = [
  allButUnreserved,
  unfitForUrl,
  /[^A-Za-z0-9\-._~!'()*]/gu,
  /[^A-Za-z0-9\-._~!'()*;/?:@&=+$,#]/gu,
  /[^\x21\x24-\x3b\x3d\x3f-\x7e]/gu,
  /[^\x21\x24-\x26\x28-\x3b\x3d\x3f-\x7e]/gu,
  /[^\x21\x24-\x3b\x3d\x40-\x5d\x5f\x61-\x7a|~]/gu,
  /[^!$%&'()*+,\-.0-9A-Z_a-z~]/gu,
];

function percentForms(value: string): string[] {
  return percentSets.flatMap((set) => inBothCases(percentEncode(value, set)));
}

/** Hex digits of percent escapes are written in either case (RFC 3986 §2.1). */
function inBothCases(encoded: string): string[] {
  return [encoded, encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())];
}

/** As JavaScript, PHP (`\/`), Python (ASCII only) and Go (`<`, `>`, `&` escaped) write it; also JSON inside JSON. */
function jsonForms(value: string): string[] {
  const json = jsonText(value);
  const ascii = escapeAs(json, /[\u007f-\uffff]/g);
  const goStyle = escapeAs(json, /[<>&\u2028\u2029]/g);
  const all = [json, json.replaceAll("/", "\\/"), ascii, ascii.replaceAll("/", "\\/"), goStyle, jsonText(json)];
  return all.flatMap((form) => [form, form.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`)]);
}

function jsonText(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function escapeAs(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Quotes are escaped or not, by name or by number, as the place in the document asks for it. */
function markupForms(value: string): string[] {
  const escaped = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const doubleQuotes = ['"', "&quot;", "&#34;", "&#x22;"].map((quote) => escaped.replaceAll('"', quote));
  const quotes = ["'", "&apos;", "&#39;", "&#x27;", "&#039;"];
  return doubleQuotes.flatMap((form) => quotes.map((quote) => form.replaceAll("'", quote)));
}

/** UTF-8, and Latin-1 where it can be written so. */
function bytesOf(value: string): Buffer[] {
  const utf8 = Buffer.from(value, "utf8");
  const isLatin1Only = /[\x80-\xff]/.test(value) && !/[^\0-\xff]/.test(value);
  return isLatin1Only ? [utf8, Buffer.from(value, "latin1")] : [utf8];
}

/**
 * Base64 at each of the three places that the bytes can have in a group of three (RFC 4648 §4, §5). Characters that
 * also hold bits of a neighbour are left out, except at an end of the data, where they are known.
 */
function base64Forms(bytes: Buffer): string[] {
  const forms = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const start = Math.ceil((offset * 8) / 6);
    const inside = padded.slice(start, Math.floor(((offset + bytes.length) * 8) / 6));
    const atEnd = padded.slice(start);
    return [inside, atEnd, atEnd.replaceAll("=", "")];
  });
  return forms.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}
