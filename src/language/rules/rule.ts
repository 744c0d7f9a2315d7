import type { TextRange } from "../../common/range.ts";
import type { Severity } from "../../syntax/index.ts";
import type { RuleContext } from "./context.ts";

/** What a check may say beside the place and the text. */
export interface Details {
  /** Other places that belong to the problem. */
  readonly related?: readonly RelatedPlace[];
  /** What was most likely meant, and the text that it takes the place of. */
  readonly near?: { readonly range: TextRange; readonly written: string; readonly text: string };
  /** A secret and the host pattern that it should be allowed for. */
  readonly secret?: { readonly name: string; readonly host: string };
  /** The request that a `@ref` is missing for. */
  readonly requestName?: string;
}

interface RelatedPlace {
  readonly range: TextRange;
  readonly message: string;
}

export type Report = (range: TextRange, message: string, details?: Details) => void;

/** `unnecessary` is shown faded, `deprecated` struck through. */
export type RuleTag = "unnecessary" | "deprecated";

/** A check of a file that was read: what is well formed but hardly meant. */
export interface Rule {
  /** Stable; people write it in `padlock.diagnostics`. */
  readonly code: string;
  /** The level where the settings name none. */
  readonly severity: Severity;
  /** One line for the documentation: what it means that the code is reported. */
  readonly summary: string;
  readonly tag?: RuleTag;
  readonly check: (context: RuleContext, report: Report) => void;
}

/** Something to tell about a file, in offsets, before it becomes a diagnostic of the protocol. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly range: TextRange;
  readonly message: string;
  readonly tag: RuleTag | undefined;
  readonly details: Details;
}
