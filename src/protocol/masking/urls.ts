import { isMaskedParameter } from "./credential-name.ts";
import { type Masking, maskText } from "./mask.ts";

/** Masks the credentials in a text that is one URL, or the end of one: user information and parameters. */
export function maskUrl(url: string, masking: Masking): string {
  return maskParameters(maskUserInformation(url, masking), masking, false);
}

/** The same in every URL within other text: blanks, quotes and angle brackets end it. */
export function maskUrlsIn(text: string, masking: Masking): string {
  return maskParameters(maskUserInformation(text, masking), masking, true);
}

/** The same in a body of `application/x-www-form-urlencoded`. */
export function maskForm(text: string, masking: Masking): string {
  return maskParameters(`&${text}`, masking, false).slice(1);
}

/** A `://`, percent-encoded in a URL that is a parameter: once for each level, so that its `%` is then `%25`. */
const authorityStart = /:\/\/|%((?:25)*)3a%(?:25)*2f%(?:25)*2f/gi;

/** What user information is made of at a level of encoding. What is encoded more often than that is a part of it. */
const userInformation = Array.from({ length: 5 }, (_, level) => {
  // The last entry stands for all deeper levels, too.
  const encoded = (codes: string) => `%(?:25)${level === 4 ? "*" : `{0,${level - 1}}`}(?:${codes})`;
  const end = level === 0 ? "" : `|&|${encoded("2f|3f|23|26")}`;
  return {
    end: new RegExp(`\\{\\{[^{}]{1,500}\\}\\}|(?<end>[/?#\\\\\\s"<>]${end})`, "gi"),
    at: level === 0 ? /@/g : new RegExp(`@|${encoded("40")}`, "gi"),
    colon: level === 0 ? /(:)/ : new RegExp(`(:|${encoded("3a")})`, "i"),
  };
});

function maskUserInformation(text: string, masking: Masking): string {
  let shown = "";
  let from = 0;
  for (const { 0: start, 1: encodedPercents, index } of text.matchAll(authorityStart)) {
    const begin = index + start.length;
    const parts = userInformation[Math.min(levelOf(start, encodedPercents), userInformation.length - 1)];
    if (!parts || begin < from) continue;
    const authority = text.slice(begin, endOfAuthority(text, begin, parts.end));
    // The last `@` counts, as it does for the host.
    const user = authority.slice(0, [...authority.matchAll(parts.at)].at(-1)?.index ?? 0);
    if (user === "") continue;
    const [name = "", colon = "", ...password] = user.split(parts.colon);
    shown += text.slice(from, begin) + maskText(name, masking) + colon + maskText(password.join(""), masking);
    from = begin + user.length;
  }
  return shown + text.slice(from);
}

function endOfAuthority(text: string, begin: number, end: RegExp): number {
  end.lastIndex = begin;
  for (let found = end.exec(text); found; found = end.exec(text)) {
    if (found.groups?.["end"] !== undefined) return found.index;
  }
  return text.length;
}

/**
 * What separates parameters. `level` is how many times a URL that is itself a parameter was percent-encoded:
 * `%26` is an `&` of level 1, `%2526` one of level 2.
 */
const separators =
  /\{\{[^{}]{1,500}\}\}|(?<start>[?&#;]|%(?<startLevel>(?:25)*)(?:3f|26|23|3b))|(?<equals>=|%(?<equalsLevel>(?:25)*)3d)|(?<blank>[\s"<>“”])/gi;

interface Parameter {
  readonly name: string;
  readonly level: number;
  /** Where the value begins. */
  readonly from: number;
  /** Of the path, as in `/list;jsessionid=1?page=2` (RFC 3986, section 3.3). */
  readonly isOfPath: boolean;
}

/**
 * Goes once through the text. A value ends at the separator of its own level, so that an encoded `&` inside of a value
 * does not cut it short; more is hidden where the levels of a parameter differ.
 */
function maskParameters(text: string, masking: Masking, isAmongWords: boolean): string {
  let shown = "";
  let shownUntil = 0;
  let name: Omit<Parameter, "name"> | undefined;
  let open: Parameter | undefined;
  const close = (end: number) => {
    if (!open) return;
    const value = text.slice(open.from, end);
    if (isMaskedParameter(open.name, value)) {
      shown += text.slice(shownUntil, open.from) + maskText(value, masking);
      shownUntil = end;
    }
    open = undefined;
  };
  for (const { index, 0: found, groups } of text.matchAll(separators)) {
    if (groups?.["blank"] !== undefined) {
      if (!isAmongWords) continue;
      close(index);
      name = undefined;
    } else if (groups?.["start"] !== undefined) {
      const level = levelOf(found, groups["startLevel"]);
      if (open && (level > open.level || !(open.isOfPath || endsValue.test(found)))) continue;
      close(index);
      name = { from: index + found.length, level, isOfPath: found.endsWith(";") };
    } else if (groups?.["equals"] !== undefined && name && !open) {
      const parameter = decoded(text.slice(name.from, index));
      const level = Math.min(name.level, levelOf(found, groups["equalsLevel"]));
      if (mayBeMasked(parameter)) open = { ...name, name: parameter, level, from: index + found.length };
      name = undefined;
    }
  }
  close(text.length);
  return shown + text.slice(shownUntil);
}

/** Not `?` and `;`: a value of a query may hold them. */
const endsValue = /[&#]|(?:26|23)$/;

function levelOf(found: string, encodedPercents: string | undefined): number {
  return found.startsWith("%") ? 1 + (encodedPercents?.length ?? 0) / 2 : 0;
}

/** A value that might turn out to be too short to be hidden is looked at as one, too. */
function mayBeMasked(name: string): boolean {
  return isMaskedParameter(name, "x".repeat(100));
}

/** `%74oken` is `token` for the server. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
}
