import type { Severity } from "../../syntax/index.ts";
import { parserCodes } from "./parser-codes.ts";
import { rules } from "./table.ts";

export interface CodeFact {
  readonly code: string;
  /** The level where the settings name none. */
  readonly severity: Severity;
  /** One line for the documentation. */
  readonly summary: string;
}

/** Every code that a diagnostic can have: the parser's, then those of the rules. */
export const codeFacts: readonly CodeFact[] = [
  ...parserCodes,
  ...rules.map(({ code, severity, summary }) => ({ code, severity, summary })),
];

/** Where a page that lists the codes explains one: its anchor is the code without full stops. */
export function documentationLink(page: string, code: string): string {
  return `${page}#${code.replaceAll(".", "")}`;
}
