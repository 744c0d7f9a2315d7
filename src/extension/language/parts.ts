import type { Diagnostic } from "vscode-languageserver-types";
import type { LanguageService } from "../../language/index.ts";
import type { Documents } from "../documents.ts";

/** What every provider works with. */
export interface LanguageParts {
  readonly service: LanguageService;
  readonly documents: Documents;
  /** What is wrong in a public environment file. */
  readonly environmentFile: (text: string, uri: string) => readonly Diagnostic[];
}
