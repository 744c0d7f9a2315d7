import type { TextRange } from "../../common/range.ts";
import type { LanguageDocument } from "../document.ts";
import type { LanguageHost } from "../host.ts";
import type { Place } from "../place.ts";

export interface HoverRequest {
  readonly document: LanguageDocument;
  readonly host: LanguageHost;
  readonly place: Place;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface HoverText {
  /** What the text is about. */
  readonly range: TextRange;
  /** Markdown; every text that is not ours stands in code spans. */
  readonly paragraphs: readonly string[];
}
