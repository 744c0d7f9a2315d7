/**
 * A server's text for a sentence. One that is too long is left out, and never cut: the rest of a secret that it repeats
 * would not be recognised and hidden. Line breaks and other controls become `\u` escapes, so that nothing in it begins a
 * line of its own.
 */
export function wholeText(text: string, longest: number): string {
  if (text.length > longest) return `(${text.length} characters)`;
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
