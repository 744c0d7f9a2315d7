/** The text between the quotes of `$'…'` at an offset, with the escapes of ANSI C; undefined when it is not closed. */
export function readAnsiQuoted(text: string, start: number, to: number): { value: string; end: number } | undefined {
  const form = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))/gy;
  let value = "";
  for (let at = start + 2; at < to; ) {
    const char = text.charAt(at);
    if (char === "'") return { value, end: at + 1 };
    form.lastIndex = at;
    const escaped = char === "\\" ? form.exec(text) : null;
    value += escaped ? ansiEscape(escaped) : char;
    at += escaped?.[0].length ?? 1;
  }
  return undefined;
}

const ansiLetters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function ansiEscape([whole, hex, short, long, octal, char = ""]: RegExpExecArray): string {
  const digits = hex ?? short ?? long;
  if (digits !== undefined) return fromCodePoint(Number.parseInt(digits, 16));
  if (octal !== undefined) return fromCodePoint(Number.parseInt(octal, 8));
  if ("\\'\"?".includes(char)) return char;
  return ansiLetters[char] ?? whole;
}

function fromCodePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : "\uFFFD";
}
