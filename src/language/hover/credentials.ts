import { codeSpan } from "../markdown.ts";
import { holds } from "../navigation/places.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";
import { describeToken, tokenAt } from "./token.ts";

/** A token or a user name that is written in the file. */
export function hoverCredentials(request: HoverRequest): HoverText | undefined {
  return hoverToken(request) ?? hoverBasic(request);
}

function hoverToken({ place: { before, after, lineStart, offset }, now }: HoverRequest): HoverText | undefined {
  const range = tokenAt(before + after, offset - lineStart);
  if (!range) return undefined;
  const paragraphs = describeToken((before + after).slice(range.start, range.end), now);
  if (paragraphs.length === 0) return undefined;
  return { range: { start: lineStart + range.start, end: lineStart + range.end }, paragraphs };
}

/** `Basic` credentials (RFC 7617), as Base64 or as `user:password` or `user password`: only the user name is shown. */
function hoverBasic({ place: { block, offset } }: HoverRequest): HoverText | undefined {
  const field = block?.request?.headers.find(({ value }) => holds(value.range, offset));
  if (!field || !/^(?:proxy-)?authorization$/i.test(field.name.text)) return undefined;
  const [, credentials] = /^basic[ \t]+(.+)$/i.exec(field.value.text) ?? [];
  if (credentials === undefined || credentials.includes("{{")) return undefined;
  const user = userOf(credentials);
  if (user === undefined) return undefined;
  const note =
    "The password is written in the file, and Base64 hides nothing: write `{{$basic user $env.NAME}}` with the password in the environment.";
  return { range: field.value.range, paragraphs: [`Basic credentials of ${codeSpan(user)}`, note] };
}

function userOf(credentials: string): string | undefined {
  const [, written] = /^([^\s:]+)(?::|[ \t]+)\S/.exec(credentials) ?? [];
  if (written !== undefined) return written;
  try {
    const bytes = Uint8Array.from(atob(credentials), (char) => char.charCodeAt(0));
    const pair = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const colon = pair.indexOf(":");
    return colon < 0 ? undefined : pair.slice(0, colon);
  } catch {
    return undefined;
  }
}
