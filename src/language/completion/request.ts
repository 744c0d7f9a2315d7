import type { LanguageDocument } from "../document.ts";
import type { LanguageHost } from "../host.ts";
import type { Place } from "../place.ts";
import type { CompletionContext } from "./context.ts";

/** What every provider of completions gets beside its context. */
export interface CompletionRequest {
  readonly document: LanguageDocument;
  readonly host: LanguageHost;
  readonly place: Place;
}

export type ContextOf<K extends CompletionContext["kind"]> = Extract<CompletionContext, { readonly kind: K }>;
