import { methodFact } from "../facts/methods.ts";
import { holds } from "../navigation/places.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";

/** What a method means, and whether it may be repeated (RFC 9110 section 9.2). */
export function hoverMethod({ place }: HoverRequest): HoverText | undefined {
  const method = place.block?.request?.method;
  if (!method || place.block?.request?.dialect !== "http" || !holds(method.range, place.offset)) return undefined;
  const fact = methodFact(method.text);
  if (!fact) return undefined;
  const { name, documentation, isSafe, isIdempotent, link } = fact;
  const safe = isSafe ? "Safe: it asks for no change." : "Not safe: it may change things on the server.";
  const idempotent = isIdempotent
    ? "Idempotent: sent twice it does what it does once."
    : "Not idempotent: sent twice it may act twice.";
  const [, rfc = ""] = /rfc(\d+)/.exec(link) ?? [];
  return {
    range: method.range,
    paragraphs: [`**${name}**: ${documentation}`, `${safe} ${idempotent}`, `[RFC ${rfc}](${link})`],
  };
}
