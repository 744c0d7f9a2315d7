import { type Hover, MarkupKind, type Position } from "vscode-languageserver-types";
import type { LanguageDocument } from "../document.ts";
import type { LanguageHost } from "../host.ts";
import { toRange } from "../lsp-range.ts";
import { placeAt } from "../place.ts";
import { hoverCredentials } from "./credentials.ts";
import { hoverDefinition } from "./definition.ts";
import { hoverDirective } from "./directive.ts";
import { hoverHeader } from "./header.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";
import { hoverHttpVersion } from "./http-version.ts";
import { hoverMethod } from "./method.ts";
import { hoverReference } from "./reference.ts";
import { hoverRun } from "./run.ts";
import { hoverUrl } from "./url.ts";

type Feature = (request: HoverRequest) => HoverText | undefined | Promise<HoverText | undefined>;

/** The first that has something to say speaks. */
const features: readonly Feature[] = [
  hoverReference,
  hoverCredentials,
  hoverDirective,
  hoverDefinition,
  hoverRun,
  hoverMethod,
  hoverHttpVersion,
  hoverHeader,
  hoverUrl,
];

/**
 * What is known of the thing at a place, as Markdown. A secret is told by its name and by whether it is set. `now` is
 * in milliseconds since 1970: what a token's dates are compared with.
 */
export async function hover(
  document: LanguageDocument,
  position: Position,
  host: LanguageHost,
  now: number,
): Promise<Hover | undefined> {
  const place = placeAt(document, document.lines.offsetAt(position));
  const request: HoverRequest = { document, host, place, now };
  for (const feature of features) {
    const text = await feature(request);
    if (!text) continue;
    const value = text.paragraphs.join("\n\n");
    return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(document, text.range) };
  }
  return undefined;
}
