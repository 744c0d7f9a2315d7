/** How servers, URLs and logs write a value: by encoders that are not ours. */
export type Encoder = (value: string) => string;

const utf8 = (value: string) => Buffer.from(value, "utf8");
const eachByte = (value: string, write: (hex: string) => string) =>
  [...utf8(value)].map((byte) => write(byte.toString(16).padStart(2, "0"))).join("");
const lowerCodes = (text: string) => text.replace(/%../g, (code) => code.toLowerCase());
const mixedCodes = (text: string) => {
  let count = 0;
  return text.replace(/%../g, (code) => (count++ % 2 ? code.toLowerCase() : code));
};
const json = (value: string) => JSON.stringify(value).slice(1, -1);
const eachUnit = (value: string, write: (code: number) => string) =>
  Array.from({ length: value.length }, (_, index) => write(value.charCodeAt(index))).join("");
const eachCharacter = (value: string, write: (code: number) => string) =>
  [...value].map((character) => write(character.codePointAt(0) ?? 0)).join("");
const markup = (value: string, names: Readonly<Record<string, string>>) =>
  value.replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
const lines = (text: string, length: number, end: string) =>
  text.replace(new RegExp(`.{${length}}(?=.)`, "gsu"), `$&${end}`);
/** Where lines may be broken without cutting a character in two. */
const foldedEvery = (length: number, end: string) => (value: string) => lines(value, length, end);

/** RFC 2045 §6.7, lines of at most 76 characters. */
function quotedPrintable(value: string, length = 72): string {
  const encoded = [...utf8(value)].map((byte) => {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x3d;
    return isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  });
  let line = 0;
  return encoded
    .map((part, index) => {
      line += part.length;
      if (line <= length || index === encoded.length - 1) return part;
      line = 0;
      return `${part}=\r\n`;
    })
    .join("");
}

const base64 = (value: string, prefix = "", suffix = "") => utf8(prefix + value + suffix).toString("base64");
const hex = (value: string, separator: string) =>
  utf8(value)
    .toString("hex")
    .replace(/..(?!$)/g, `$&${separator}`);

export const encoders: Readonly<Record<string, Encoder>> = {
  plain: (value) => value,
  encodeURIComponent,
  "encodeURIComponent in lower case": (value) => lowerCodes(encodeURIComponent(value)),
  "encodeURIComponent in mixed case": (value) => mixedCodes(encodeURIComponent(value)),
  encodeURI,
  "a query's value": (value) => new URLSearchParams({ q: value }).toString().slice(2),
  "a query's value in lower case": (value) => lowerCodes(new URLSearchParams({ q: value }).toString().slice(2)),
  "every byte percent-encoded": (value) => eachByte(value, (code) => `%${code}`),
  "double percent-encoding": (value) => encodeURIComponent(encodeURIComponent(value)),
  "double percent-encoding of every byte": (value) => eachByte(value, (code) => `%25${code}`),
  JSON: json,
  "JSON in JSON": (value) => json(json(value)),
  "JSON in JSON in JSON": (value) => json(json(json(value))),
  "JSON as PHP writes it": (value) =>
    json(value)
      .replaceAll("/", "\\/")
      .replace(/[\u007f-\uffff]/g, (unit) => eachUnit(unit, unicodeEscape)),
  "JSON, every unit escaped": (value) => eachUnit(value, unicodeEscape),
  "JSON, every unit escaped in upper case": (value) =>
    eachUnit(value, (code) => `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`),
  "XML text": (value) => markup(value, { "&": "&amp;", "<": "&lt;", ">": "&gt;" }),
  "an XML attribute": (value) =>
    markup(value, { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" }),
  HTML: (value) => markup(value, { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" }),
  "HTML in HTML": (value) =>
    markup(markup(value, { "&": "&amp;", "<": "&lt;", '"': "&quot;" }), { "&": "&amp;", "<": "&lt;", '"': "&quot;" }),
  "HTML, named": (value) => value.replace(/[&<>"'/+=%é€]/g, (sign) => `&${entityNames[sign]};`),
  "HTML, decimal": (value) => eachCharacter(value, (code) => `&#${code};`),
  "HTML, hex": (value) => eachCharacter(value, (code) => `&#x${code.toString(16)};`),
  "HTML, upper hex with zeros": (value) =>
    eachCharacter(value, (code) => `&#X${code.toString(16).toUpperCase().padStart(6, "0")};`),
  "JSON of HTML": (value) => json(markup(value, { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })),
  base64: (value) => base64(value),
  "base64 without padding": (value) => base64(value).replaceAll("=", ""),
  base64url: (value) => utf8(value).toString("base64url"),
  "base64url with padding": (value) => base64(value).replaceAll("+", "-").replaceAll("/", "_"),
  "base64 after one byte": (value) => base64(value, "u"),
  "base64 after two bytes": (value) => base64(value, "u:"),
  "base64url after two bytes, before others": (value) => utf8(`u:${value}more`).toString("base64url"),
  "base64 of Basic": (value) => base64(value, "user:"),
  "base64 of JSON": (value) => base64(json(value), '{"a":"', '"}'),
  "base64 of UTF-16": (value) => Buffer.from(value, "utf16le").toString("base64"),
  "base64 in JSON of PHP": (value) => base64(value).replaceAll("/", "\\/"),
  "base64, percent-encoded": (value) => encodeURIComponent(base64(value)),
  "base64 of base64": (value) => utf8(base64(value)).toString("base64"),
  "base64 of base64 in longer data": (value) => utf8(`ab${base64(value, "a")}b`).toString("base64"),
  "base64 on lines of 76": (value) => lines(base64(value, "x".repeat(40)), 76, "\r\n"),
  "base64 on lines of 8": (value) => lines(base64(value), 8, "\n"),
  "base64 on indented lines": (value) => lines(base64(value), 10, "\r\n    "),
  "base64 on lines in JSON": (value) => json(lines(base64(value), 12, "\n")),
  "base64 on lines in JSON in JSON": (value) => json(json(lines(base64(value), 12, "\r\n"))),
  hex: (value) => hex(value, ""),
  "hex in upper case": (value) => hex(value, "").toUpperCase(),
  "hex with colons": (value) => hex(value, ":"),
  "hex with colons in upper case": (value) => hex(value, ":").toUpperCase(),
  "hex with blanks": (value) => hex(value, " "),
  "hex with hyphens": (value) => hex(value, "-").toUpperCase(),
  "hex on lines": (value) => lines(hex(value, ""), 16, "\n"),
  "a hex dump's column": (value) => lines(hex(value, " "), 15, "\r\n  "),
  "quoted-printable": (value) => quotedPrintable(value),
  "quoted-printable on short lines": (value) => quotedPrintable(value, 5),
  "quoted-printable in JSON": (value) => json(quotedPrintable(`${"x".repeat(70)}${value}`)),
  "a folded header": foldedEvery(7, "\r\n "),
  "folded with a tab": foldedEvery(5, "\n\t"),
  "folded in JSON": (value) => lines(value, 7, "\n").split("\n").map(json).join("\\n"),
  "UTF-16": (value) => Buffer.from(value, "utf16le").toString("latin1"),
  "UTF-16, big end first": (value) => Buffer.from(value, "utf16le").swap16().toString("latin1"),
  "UTF-8 read as Latin-1": (value) => utf8(value).toString("latin1"),
  "UTF-8 read as Windows-1252": (value) => new TextDecoder("windows-1252").decode(utf8(value)),
};

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

const entityNames: Readonly<Record<string, string>> = {
  "&": "amp",
  "<": "lt",
  ">": "gt",
  '"': "quot",
  "'": "apos",
  "/": "sol",
  "+": "plus",
  "=": "equals",
  "%": "percnt",
  é: "eacute",
  "€": "euro",
};
