import type { LanguageService } from "../../language/index.ts";
import type { Documents } from "../documents.ts";

/** What every provider works with. */
export interface LanguageParts {
  readonly service: LanguageService;
  readonly documents: Documents;
}
