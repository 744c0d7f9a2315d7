import { checkDuplicateNames } from "./duplicate-names.ts";
import { checkMultipartLineEnds } from "./multipart-line-ends.ts";
import { checkPlainHttp } from "./plain-http.ts";
import {
  checkDefinedBelow,
  checkUnclosedReferences,
  checkUndefinedVariables,
  checkUnsupportedReferences,
} from "./references.ts";
import type { Rule } from "./rule.ts";
import { checkUnknownMethods } from "./unknown-methods.ts";
import { checkVariableCycles } from "./variable-cycles.ts";

/** All rules; a new one is one row here and one test. */
export const rules: readonly Rule[] = [
  { code: "request.plain-http", severity: "warning", check: checkPlainHttp },
  { code: "request.unknown-method", severity: "information", check: checkUnknownMethods },
  { code: "name.duplicate", severity: "warning", check: checkDuplicateNames },
  { code: "variable.undefined", severity: "hint", check: checkUndefinedVariables },
  { code: "variable.defined-below", severity: "hint", check: checkDefinedBelow },
  { code: "variable.cycle", severity: "error", check: checkVariableCycles },
  { code: "reference.unsupported", severity: "warning", check: checkUnsupportedReferences },
  { code: "reference.unclosed", severity: "warning", check: checkUnclosedReferences },
  { code: "body.multipart-line-ends", severity: "warning", check: checkMultipartLineEnds },
];
