import { knownFiles } from "../known-names.ts";
import { codeSpan } from "../markdown.ts";
import { holds } from "../navigation/places.ts";
import { Variables } from "../variables.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";

/** A URL with references: what it will be, as far as that is known. */
export async function hoverUrl({ document, host, place }: HoverRequest): Promise<HoverText | undefined> {
  const request = place.block?.request;
  const piece = request?.url.pieces.find(({ range }) => holds(range, place.offset));
  if (!request || !piece || request.dialect === "curl") return undefined;
  const { text } = request.url;
  const variables = new Variables(await knownFiles(document, host), host.environment(document.uri));
  const url = variables.expand(text, document.file, request.range.start);
  return url === text ? undefined : { range: piece.range, paragraphs: [codeSpan(url)] };
}
