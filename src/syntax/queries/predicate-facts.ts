/**
 * What stands behind a predicate: `none`; `value` any value; `order` something that has an order (a number, a duration,
 * a date); `text` a text; `pattern` a text or `/regular expression/`; `list` values in brackets.
 */
export type PredicateOperand = "none" | "value" | "order" | "text" | "pattern" | "list";

export interface PredicateFact {
  readonly operand: PredicateOperand;
  /** One line for completion and hover. */
  readonly documentation: string;
}

const fact = (operand: PredicateOperand, documentation: string): PredicateFact => ({ operand, documentation });

/** Every predicate by its name. `not` may stand before each. */
export const predicateFacts: ReadonlyMap<string, PredicateFact> = new Map([
  ["==", fact("value", "Is equal, type and value.")],
  ["!=", fact("value", "Is not equal.")],
  ["<", fact("order", "Is less.")],
  ["<=", fact("order", "Is less or equal.")],
  [">", fact("order", "Is greater.")],
  [">=", fact("order", "Is greater or equal.")],
  ["contains", fact("value", "A text holds the text, or a list holds the value.")],
  ["starts-with", fact("text", "Starts with the text.")],
  ["ends-with", fact("text", "Ends with the text.")],
  ["matches", fact("pattern", "Matches the regular expression, as in: matches /^v[0-9]+$/.")],
  ["exists", fact("none", "Is there at all.")],
  ["is-number", fact("none", "Is a number.")],
  ["is-string", fact("none", "Is a text.")],
  ["is-boolean", fact("none", "Is true or false.")],
  ["is-array", fact("none", "Is a list.")],
  ["is-object", fact("none", "Is an object.")],
  ["is-empty", fact("none", "Is an empty text, list or object.")],
  ["is-date", fact("none", "Is a date as in RFC 3339 or an HTTP date.")],
  ["one-of", fact("list", 'Is one of the values, as in: one-of [200, 204] or ["a", "b"].')],
]);
