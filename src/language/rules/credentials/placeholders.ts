/*
 * What stands where a credential would, and is none: a reference, `<token>`, `YOUR_API_KEY`, `xxxx`, `abc...`. A rule
 * that marks these is switched off.
 */

/** Longer values are not taken apart: nobody writes a placeholder of that length. */
const longestPlaceholder = 100;

/** Whether a value stands for one that is put in later. `name` is what the value is called: it may repeat it. */
export function isPlaceholder(value: string, name = ""): boolean {
  const text = value.trim().replace(/^(["'])(.*)\1$/s, "$2");
  if (text.length < 4 || isTemplate(text) || isFiller(text)) return true;
  if (text.length > longestPlaceholder) return false;
  const words = text.toLowerCase();
  if (hints.test(words) || alone.test(words) || isDocumented(text)) return true;
  return name !== "" && lettersOf(words) === lettersOf(name.toLowerCase());
}

/**
 * The same for places that also hold what is no credential of anybody: a field of a body, a query parameter, a
 * variable. There a test's `secret123` or `wrong-password` is data, and so is a sentence.
 */
export function isEveryday(value: string, name = ""): boolean {
  if (isPlaceholder(value, name)) return true;
  const text = value.trim().toLowerCase();
  if (text.length > longestPlaceholder) return false;
  return /^\d{1,6}$/.test(text) || isMadeOf(everydayWords, text.replaceAll(/[^\p{L}\d]/gu, ""));
}

/** Whether a value looks made by a machine: nobody names a thing like that. */
export function looksRandom(value: string): boolean {
  if (!/^[\w+/=.~%:-]{16,}$/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length;
  return kinds > 1 && /\d/.test(value) && new Set(value).size >= 8;
}

/** Another tool's or a shell's way to write a variable; `{{…}}` too. */
function isTemplate(text: string): boolean {
  return (
    /\{\{|\$[{(]|<%|%\{|#\{/.test(text) ||
    /^(?:<.*>|\[.*\]|\{.*\}|\(.*\)|%\w+%|\$\w+|:[a-z]\w*|__\w+__|@\w+@)$/is.test(text) ||
    /<[a-z][\w -]{0,40}>/i.test(text)
  );
}

/** `xxxx`, `••••`, `0000-0000`, and a value cut short: `eyJhbGci...`, `sk-***`. */
function isFiller(text: string): boolean {
  // Four equal letters in a row also come by chance, in a text that is long enough.
  const run = text.length > longestPlaceholder ? /x{8}/i : /x{4}/i;
  return /\.{3}|…|\*{3}|•/.test(text) || run.test(text) || new Set(text.replaceAll(/[\W_]/g, "")).size < 3;
}

const hints =
  /\b(?:your|my|insert|enter|replace|put|paste|add)(?:[\W_].*)?[\W_]?(?:here|token|key|secret|password|passwd|pass|value|jwt|credentials?|id)\b|your[\W_]|(?:change|replace)[\W_]?(?:me|this|it)|place[\W_]?holder|redacted|example|dummy|todo|fixme|goes[\W_]?here|[\W_]here$/;

/** The name of a thing instead of the thing. */
const alone =
  /^(?:(?:the|my|a|an|some|any|access|refresh|bearer|auth|api|id|jwt|your|user|session|valid|invalid|wrong|bad|expired|fake|foo|bar|test|unknown|missing|none|null|undefined|true|false|empty|not|no|old|new|sample|string)[\W_]*)*(?:token|key|jwt|api|bearer|basic|none|null|undefined|true|false|empty|string|foo|bar|baz|invalid|fake|value|credentials?)s?$/;

/** The AWS documentation's own key, and jwt.io's first payload: known to everybody. */
function isDocumented(text: string): boolean {
  return /EXAMPLE(?:KEY)?$/.test(text) || text.includes("eyJzdWIiOiIxMjM0NTY3ODkwIi");
}

function lettersOf(text: string): string {
  return text.replaceAll(/[\W_]/g, "");
}

const everydayWords: ReadonlySet<string> = new Set(
  "a abc access account admin an any api apikey auth bad bar basic baz bearer changed client code correct credential credentials current customer default demo dev empty expired fake false first foo guest hash hashed hidden id incorrect invalid is key last local login long me missing mock my name new no none not null of oauth oauth2 ok old or other owner pass passphrase passwd password pin pwd random root sample secret secure session short simple some staging string strong super temp temporary test tester testing the this token too true undefined unknown user username valid value weak with wrong xyz 0 1 2 3 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 111 321 42 99 qwerty letmein".split(
    " ",
  ),
);

const longestWord = Math.max(...Array.from(everydayWords, ({ length }) => length));

/** Whether a text is nothing but words of the set, one behind the other: one pass, however they overlap. */
function isMadeOf(words: ReadonlySet<string>, text: string): boolean {
  const ends = new Set([0]);
  for (let end = 1; end <= text.length; end++) {
    for (let length = 1; length <= Math.min(end, longestWord); length++) {
      if (!ends.has(end - length) || !words.has(text.slice(end - length, end))) continue;
      ends.add(end);
      break;
    }
  }
  return ends.has(text.length);
}
