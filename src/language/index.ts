export { type Diagnostic, diagnostics } from "./diagnostics.ts";
export { type DocumentSymbol, documentSymbols } from "./document-symbols.ts";
export { type FoldingRange, foldingRanges } from "./folding-ranges.ts";
export { requestAt } from "./request-at.ts";
export { type SendTarget, sendTargets } from "./send-targets.ts";
