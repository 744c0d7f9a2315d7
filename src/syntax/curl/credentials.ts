import type { Span } from "../nodes.ts";
import { type ReferenceKind, scanReferences } from "../references.ts";

/** The `Authorization` value for `-u user:password`, or why there is none. */
export function basicValue({ text }: Span): { readonly value: string } | { readonly advice: string } {
  const colon = colonOutsideReferences(text);
  if (colon < 0) return { advice: 'needs a password behind the user name, as in "-u user:password".' };
  const user = text.slice(0, colon);
  const password = text.slice(colon + 1);
  if (scanReferences(text).length === 0) return { value: `Basic ${base64(text)}` };
  const parts = [argument(user), argument(password)];
  if (!parts.includes(undefined)) return { value: `{{$basic ${parts.join(" ")}}}` };
  return {
    advice:
      'can only be read where user and password are each a text or one variable, as in "-u {{user}}:{{password}}". Write an Authorization header instead.',
  };
}

function colonOutsideReferences(text: string): number {
  let colon = text.indexOf(":");
  for (const { range } of scanReferences(text)) {
    if (colon >= range.start && colon < range.end) colon = text.indexOf(":", range.end);
  }
  return colon;
}

const sources: Partial<Record<ReferenceKind, string>> = {
  environment: "$env",
  dotenv: "$dotenv",
  secret: "$secret",
};

/** As `$basic` takes it: a text in quotes, a variable's name, or `$env.NAME`. */
function argument(text: string): string | undefined {
  const [reference, ...more] = scanReferences(text);
  if (!reference) return /["\\{}\p{Cc}]/u.test(text) ? undefined : `"${text}"`;
  const isWhole = more.length === 0 && reference.range.start === 0 && reference.range.end === text.length;
  if (!isWhole) return undefined;
  if (reference.kind === "variable")
    return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(reference.name.text) ? reference.name.text : undefined;
  const source = sources[reference.kind];
  return source && `${source}.${reference.name.text}`;
}

/** Of the text's UTF-8 bytes. */
function base64(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}
