import type { TextRange } from "../../common/range.ts";
import { err, ok, type Result } from "../../common/result.ts";
import type { Span } from "../nodes.ts";
import { suggestion } from "../suggestion.ts";
import { Cursor } from "./cursor.ts";
import type { AssertionNode, CaptureNode, OperandNode, PredicateNode, QueryFault, QueryNode } from "./nodes.ts";
import { readList, readOperand } from "./operands.ts";
import { type PredicateOperand, predicateFacts } from "./predicate-facts.ts";
import { type QueryType, queryFactOf } from "./query-facts.ts";
import { readQuery, readQueryAt } from "./query-reader.ts";

/**
 * `QUERY [not] PREDICATE [OPERAND]`. Typed: a comparison that could never be meant (`status == "ok"`) is a fault, so that
 * nothing passes, or passes with `!=`, because it was not understood.
 */
export function readAssertion(value: Span): Result<AssertionNode, QueryFault> {
  const cursor = new Cursor(value);
  const query = readQueryAt(cursor);
  if (!query.ok) return query;
  const predicate = readPredicate(cursor, query.value);
  return predicate.ok ? ok({ query: query.value, predicate: predicate.value }) : predicate;
}

/** `[secret] NAME = QUERY`. */
export function readCapture(value: Span): Result<CaptureNode, QueryFault> {
  const [head = "", secret, written = ""] = /^(secret[ \t]+(?!=))?([^\s={}"'()$%]+)[ \t]*=/.exec(value.text) ?? [];
  if (head === "") return fault(value.range, 'Write a name and a query, as in "token = body.$.token".');
  const { start, end } = value.range;
  const nameStart = start + (secret?.length ?? 0);
  const cursor = new Cursor(value);
  cursor.offset = head.length;
  cursor.skipBlanks();
  const query = readQuery({ text: cursor.rest, range: { start: start + cursor.offset, end } });
  if (!query.ok) return query;
  const name = { text: written, range: { start: nameStart, end: nameStart + written.length } };
  return ok({ isSecret: secret !== undefined, name, query: query.value });
}

function readPredicate(cursor: Cursor, query: QueryNode): Result<PredicateNode, QueryFault> {
  let name = cursor.word();
  const from = name.range.start;
  const isNegated = name.text === "not";
  if (isNegated) name = cursor.word();
  const fact = predicateFacts.get(name.text);
  if (!fact) {
    if (name.text === "") return fault(name.range, 'Write a predicate behind the query, such as "== 200" or "exists".');
    return fault(name.range, `"${name.text}" is not a predicate.${suggestion(name.text, predicateFacts.keys())}`);
  }
  cursor.skipBlanks();
  const operandStart = cursor.offset;
  const operands = readOperands(cursor, fact.operand);
  const type = queryFactOf(query.name.text)?.type ?? "any";
  const advice = operands ? wrongOperand(operands, fact.operand, type) : adviceFor[fact.operand];
  if (!operands || advice) return fault(rangeOf(cursor, operandStart, name), advice ?? adviceFor[fact.operand]);
  return ok({ range: { start: from, end: cursor.span(0).range.end }, isNegated, name, operands });
}

function rangeOf(cursor: Cursor, from: number, name: Span): TextRange {
  const { range, text } = cursor.span(from, cursor.text.length);
  return text === "" ? name.range : range;
}

const adviceFor: Readonly<Record<PredicateOperand, string>> = {
  none: "Remove what stands behind the predicate: it takes no value.",
  value: 'Write one value behind the predicate, such as 200, true or "text" with both its quotes.',
  order: "Write a number, a duration such as 500ms, or a date such as 2026-01-31 behind the predicate.",
  text: 'Write a text in quotes behind the predicate, such as "application/".',
  pattern: "Write a pattern between slashes behind the predicate, such as /^v[0-9]+$/.",
  list: 'Write values in brackets behind the predicate, such as [200, 204] or ["a", "b"].',
};

function readOperands(cursor: Cursor, operand: PredicateOperand): readonly OperandNode[] | undefined {
  if (operand === "none") return cursor.isAtEnd ? [] : undefined;
  if (cursor.isAtEnd) return undefined;
  if (operand === "list") {
    const list = readList(cursor);
    if (list) cursor.offset = cursor.text.length;
    return list;
  }
  const read = readOperand(cursor);
  return read && [read];
}

/** What is wrong with operands that were read. A reference may stand for any value. */
function wrongOperand(operands: readonly OperandNode[], wanted: PredicateOperand, type: QueryType): string | undefined {
  return operands.map((operand) => wrongKind(operand, wanted, type)).find((advice) => advice !== undefined);
}

const orders = ["number", "duration", "date"];

function wrongKind({ kind, flags: _, range, value }: OperandNode, wanted: PredicateOperand, type: QueryType) {
  if (kind === "reference") return undefined;
  if (wanted === "order" && !orders.includes(kind)) return adviceFor.order;
  if (wanted === "pattern") {
    return kind === "pattern" || isQuoted(range, value) ? undefined : adviceFor.pattern;
  }
  if (kind === "pattern") return 'Only "matches" takes a pattern; write a text in quotes.';
  if (wanted === "text") return undefined;
  if (type === "number" && kind !== "number") return "Write a number: this query gives one.";
  if (type === "boolean" && kind !== "boolean") return 'Write "true" or "false": this query gives one of them.';
  if (type === "duration" && kind !== "duration" && kind !== "number") return "Write a duration such as 500ms or 2s.";
  if (type === "any" && kind === "text" && !isQuoted(range, value)) {
    return `Write the text in quotes, as in "${value.slice(0, 40)}".`;
  }
  return undefined;
}

/** A text in quotes takes at least two characters more than its value. */
function isQuoted({ start, end }: TextRange, value: string): boolean {
  return end - start >= value.length + 2;
}

function fault(range: TextRange, message: string): Result<never, QueryFault> {
  return err({ range, message });
}
