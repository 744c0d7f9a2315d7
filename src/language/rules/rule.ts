import type { TextRange } from "../../common/range.ts";
import type { RequestFile, Severity } from "../../syntax/index.ts";
import type { Definitions } from "../definitions.ts";
import type { ReferenceSite } from "../reference-sites.ts";

/** What every rule looks at, worked out once a file. */
export interface RuleContext {
  readonly file: RequestFile;
  readonly definitions: Definitions;
  readonly references: readonly ReferenceSite[];
}

export type Report = (range: TextRange, message: string) => void;

/** A check of a file that was read: what is well formed but hardly meant. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly check: (context: RuleContext, report: Report) => void;
}
