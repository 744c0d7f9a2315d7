import { readHttpVersion } from "../../syntax/index.ts";
import { httpVersions } from "../facts/http-versions.ts";
import { holds } from "../navigation/places.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";

/** What the version behind the URL asks for. */
export function hoverHttpVersion({ place }: HoverRequest): HoverText | undefined {
  const version = place.block?.request?.version;
  if (!version || place.block?.request?.dialect !== "http" || !holds(version.range, place.offset)) return undefined;
  const label = `HTTP/${readHttpVersion(version.text)}`;
  const fact = httpVersions.find((known) => known.label === label);
  return fact && { range: version.range, paragraphs: [`**${fact.label}**: ${fact.documentation}`] };
}
