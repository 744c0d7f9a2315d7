import type { Command, Diagnostic } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import type { RequestBlock } from "../../syntax/index.ts";
import type { DiagnosticData } from "../diagnostics.ts";
import type { LanguageDocument } from "../document.ts";

/** The place of a diagnostic, as the document now is: it may have changed since the diagnostic was made. */
export interface FixPlace {
  readonly document: LanguageDocument;
  readonly diagnostic: Diagnostic;
  readonly data: DiagnosticData;
  readonly range: TextRange;
  /** What stands there. */
  readonly text: string;
  readonly block: RequestBlock | undefined;
}

export interface OffsetEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** One way to correct a diagnostic; edits do not overlap. */
export interface Fix {
  readonly title: string;
  readonly edits?: readonly OffsetEdit[];
  /** Something that only the editor can do. */
  readonly command?: Omit<Command, "title">;
  /** The one that is surely meant: the editor may apply it without asking. */
  readonly isPreferred?: boolean;
}

/** Empty where the text is no longer, or never was, what the fix is for. */
export type Fixer = (place: FixPlace) => readonly Fix[];
