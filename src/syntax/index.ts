export { type DirectiveFact, type DirectiveForm, directiveFacts } from "./directives.ts";
export { type GraphqlParts, isGraphql, splitGraphql } from "./graphql.ts";
export { readHttpVersion } from "./http-version.ts";
export { createLineMap, type LineMap } from "./line-map.ts";
export { isKnownMethod, knownMethods } from "./methods.ts";
export type * from "./nodes.ts";
export { parse } from "./parser.ts";
export { readAssertion, readCapture } from "./queries/assertions.ts";
export type * from "./queries/nodes.ts";
export { type PredicateFact, type PredicateOperand, predicateFacts } from "./queries/predicate-facts.ts";
export { type QueryArgument, type QueryFact, type QueryType, queryFacts } from "./queries/query-facts.ts";
export { readQuery } from "./queries/query-reader.ts";
export {
  type Reference,
  type ReferenceKind,
  scanReferences,
  scanUnclosedBraces,
  unescapeBraces,
} from "./references.ts";
export { type RetryValue, readRetry } from "./retry.ts";
export { secretPromptNames } from "./secret-prompts.ts";
