const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "{\\{": "{{", "}\\}": "}}" };

/** In the value of a definition, as REST Client reads them; a backslash before anything else is kept. */
export function unescapeValue(text: string): string {
  return text.replace(/\\(\{\\\{|\}\\\}|[nrt\\])/g, (written, escaped: string) => escapes[escaped] ?? written);
}

/**
 * A text whose `unescapeValue` is the given one and in which nothing is a reference. Three braces in a row are none as
 * they are; escaping two of them would leave two others.
 */
export function escapeValue(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(/\{{2,}/g, (braces) => (braces.length === 2 ? "\\{\\{" : braces));
}
