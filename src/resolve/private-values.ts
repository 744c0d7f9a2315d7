import { percentDecoded, type Redactor } from "../secrets/index.ts";
import { type BoundText, fill, type Piece, type Template, valuesOf } from "./template.ts";

/** Words around a private value that say nothing about it. */
const plainText = /^(?:true|false|null|basic|bearer|https?:\/\/|[\s\p{P}]*)$/iu;

/**
 * From now on the value of a variable of a private environment file is shown as `{{name}}`. `isListed`: `padlock.secrets`
 * binds it to hosts.
 */
export function hidePrivate(
  value: Template,
  { name, written, location }: BoundText,
  isListed: boolean,
  redactor: Redactor,
): Template {
  const whole = valuesOf(value).length === 0 ? fill(value, () => "") : "";
  const parts = value.flatMap((piece) => (piece.kind === "text" ? formsOf(piece.text.trim()) : []));
  for (const text of [whole, ...parts]) {
    if (!plainText.test(text)) redactor.hide(text, `{{${name}}}`, isListed ? [name] : []);
  }
  const own = [{ name, written, location }];
  return value.map((piece): Piece => {
    if (piece.kind === "value") return piece;
    if (isListed) return { ...piece, bound: [...(piece.bound ?? []), ...own] };
    return piece.bound ? piece : { ...piece, isPrivate: true };
  });
}

/** A URL shows a host in lower case and in ASCII. */
function formsOf(text: string): readonly string[] {
  const isHostLike = /^[^\s/@?#\\]+\.[^\s/@?#\\]+$/.test(text);
  const host = isHostLike ? URL.parse(`https://${text}`) : undefined;
  return [text, text.toLowerCase(), ...(host ? [host.host, host.hostname] : partsOfUrl(text))];
}

/**
 * What of a URL is shown alone, in the normal form in which it is shown: its host, its long path segments and query
 * values, user name and password. Empty for a text without `://`.
 */
export function partsOfUrl(value: string): readonly string[] {
  const url = /^[a-z][\w+.-]*:\/\//i.test(value) ? URL.parse(value) : undefined;
  if (!url) return [];
  const { href, host, hostname, origin, pathname, search, username, password } = url;
  const wholes = [href, `${origin}${pathname}${search}`, `${host}${pathname}`, host, hostname];
  const long = [pathname, ...pathname.split("/"), ...url.searchParams.values()].filter((part) => part.length >= 8);
  return [...wholes, ...long, username, password, percentDecoded(username), percentDecoded(password)];
}
