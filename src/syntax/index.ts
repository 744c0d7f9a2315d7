export { type DirectiveFact, directiveFacts } from "./directives.ts";
export { createLineMap, type LineMap } from "./line-map.ts";
export { isKnownMethod, knownMethods } from "./methods.ts";
export type * from "./nodes.ts";
export { parse } from "./parser.ts";
export {
  type Reference,
  type ReferenceKind,
  scanReferences,
  scanUnclosedBraces,
  unescapeBraces,
} from "./references.ts";
