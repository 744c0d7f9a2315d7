import type { TextRange } from "../../common/range.ts";
import type { Span } from "../nodes.ts";

/** `status`, `header NAME`, `body.$.items[0]`: which part of an exchange is meant. */
export interface QueryNode {
  readonly range: TextRange;
  /** A name of `queryFacts`; for `body.$.id` it is `body`. `tls.chain[2].issuer` is one name. */
  readonly name: Span;
  /** The header's or cookie's name, the JSONPath, the XPath or the pattern: without quotes and slashes. */
  readonly argument: Span | undefined;
  /** `[Attribute]` of a cookie, without brackets; the flags behind a pattern. */
  readonly detail: Span | undefined;
}

/** `text` in quotes or bare (`value` is without them), `pattern` between slashes, `reference` a `{{…}}`. */
export type OperandKind = "text" | "number" | "boolean" | "null" | "duration" | "date" | "pattern" | "reference";

export interface OperandNode {
  readonly kind: OperandKind;
  readonly range: TextRange;
  /** Escapes of a quoted text are resolved; of a pattern what stands between the slashes. */
  readonly value: string;
  /** Behind a pattern; else "". */
  readonly flags: string;
}

export interface PredicateNode {
  readonly range: TextRange;
  readonly isNegated: boolean;
  /** A name of `predicateFacts`. */
  readonly name: Span;
  /** None, one, or those of `one-of`. */
  readonly operands: readonly OperandNode[];
}

/** The value of `@assert`. */
export interface AssertionNode {
  readonly query: QueryNode;
  readonly predicate: PredicateNode;
}

/** The value of `@capture`. */
export interface CaptureNode {
  readonly isSecret: boolean;
  readonly name: Span;
  readonly query: QueryNode;
}

/** Why a query or predicate could not be read, and where. */
export interface QueryFault {
  readonly range: TextRange;
  /** What to write instead, one or two sentences. */
  readonly message: string;
}
