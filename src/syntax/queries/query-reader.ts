import { err, ok, type Result } from "../../common/result.ts";
import { isToken } from "../characters.ts";
import type { Span } from "../nodes.ts";
import { suggestion } from "../suggestion.ts";
import { Cursor } from "./cursor.ts";
import type { QueryFault, QueryNode } from "./nodes.ts";
import { type QueryArgument, queryFactOf, queryFacts } from "./query-facts.ts";

type Read<T> = Result<T, QueryFault>;

interface Argument {
  readonly argument: Span | undefined;
  readonly detail: Span | undefined;
}

/** Reads a query that is the whole span. */
export function readQuery(span: Span): Read<QueryNode> {
  const cursor = new Cursor(span);
  const query = readQueryAt(cursor);
  if (!query.ok) return query;
  cursor.skipBlanks();
  if (cursor.isAtEnd) return query;
  return fault(cursor.span(cursor.offset, cursor.text.length), "Remove what stands behind the query.");
}

/** Reads the query at the cursor and leaves it behind the query. */
export function readQueryAt(cursor: Cursor): Read<QueryNode> {
  cursor.skipBlanks();
  const from = cursor.offset;
  const name = readName(cursor);
  const fact = queryFactOf(name.text);
  if (!fact) {
    if (name.text === "") return fault(name, 'Write a query, such as "status" or "header Content-Type".');
    return fault(name, `"${name.text}" is not a query.${suggestion(name.text, queryFacts.keys())}`);
  }
  const read = readers[fact.argument](cursor);
  if (!read.ok) return read;
  return ok({ range: cursor.span(from).range, name, ...read.value });
}

/** `body.$…` is the name `body` with a path; everything else ends at a blank. */
function readName(cursor: Cursor): Span {
  const from = cursor.offset;
  const body = /^body(?=[.[]|$)/.exec(cursor.rest);
  if (!body) return cursor.word();
  cursor.offset = from + "body".length;
  return cursor.span(from);
}

const readers: Readonly<Record<QueryArgument, (cursor: Cursor) => Read<Argument>>> = {
  none: () => ok({ argument: undefined, detail: undefined }),
  header: (cursor) => {
    const argument = readWordOrQuoted(cursor);
    if (argument && isToken(argument.text)) return ok({ argument, detail: undefined });
    return fault(argument ?? cursor.span(cursor.offset), 'Write the header\'s name, as in "header Content-Type".');
  },
  cookie: (cursor) => {
    const whole = readWordOrQuoted(cursor);
    const [, name = "", attribute] = /^([^[\]]+)(?:\[([A-Za-z-]+)\])?$/.exec(whole?.text ?? "") ?? [];
    if (!whole || !isToken(name)) {
      return fault(whole ?? cursor.span(cursor.offset), 'Write the cookie\'s name, as in "cookie session[Max-Age]".');
    }
    const { start } = whole.range;
    const argument = { text: name, range: { start, end: start + name.length } };
    const at = start + name.length + 1;
    const detail = attribute && { text: attribute, range: { start: at, end: at + attribute.length } };
    return ok({ argument, detail: detail || undefined });
  },
  "json-path": (cursor) => {
    if (cursor.isAtEnd || !/^[.[]/.test(cursor.rest)) return ok({ argument: undefined, detail: undefined });
    if (cursor.rest.startsWith(".")) cursor.offset++;
    const from = cursor.offset;
    const end = endOfPath(cursor.text, from);
    const argument = cursor.span(from, end);
    if (end < 0 || argument.text === "") {
      return fault(
        cursor.span(from, cursor.text.length),
        'Write a JSONPath behind "body.", as in "body.$.items[0].id".',
      );
    }
    cursor.offset = end;
    return ok({ argument, detail: undefined });
  },
  xpath: (cursor) => {
    cursor.skipBlanks();
    const from = cursor.offset;
    const quoted = readQuoted(cursor);
    if (quoted) return ok({ argument: quoted, detail: undefined });
    const end = endOfPath(cursor.text, from);
    const isOpenQuote = /^["']/.test(cursor.rest);
    if (end <= from || isOpenQuote) {
      return fault(
        cursor.span(from, cursor.text.length),
        'Write an expression in quotes, as in: xpath "string(//title)".',
      );
    }
    cursor.offset = end;
    return ok({ argument: cursor.span(from), detail: undefined });
  },
  regex: (cursor) => {
    cursor.skipBlanks();
    const from = cursor.offset;
    const end = cursor.rest.startsWith("/") ? cursor.endOfQuoted() : -1;
    const [flags = ""] = /^[a-z]*/.exec(cursor.text.slice(end)) ?? [];
    if (end <= from + 2 || !/^[imsu]*$/.test(flags)) {
      return fault(
        cursor.span(from, cursor.text.length),
        "Write a pattern between slashes, as in: regex /id=([0-9]+)/.",
      );
    }
    cursor.offset = end + flags.length;
    return ok({ argument: cursor.span(from + 1, end - 1), detail: flags === "" ? undefined : cursor.span(end) });
  },
};

function readWordOrQuoted(cursor: Cursor): Span | undefined {
  cursor.skipBlanks();
  const quoted = readQuoted(cursor);
  if (quoted) return quoted;
  const word = cursor.word();
  return word.text === "" ? undefined : word;
}

/** `"…"` or `'…'` without its quotes; escapes stay as they are. */
function readQuoted(cursor: Cursor): Span | undefined {
  if (!/^["']/.test(cursor.rest)) return undefined;
  const from = cursor.offset;
  const end = cursor.endOfQuoted();
  if (end < 0) return undefined;
  cursor.offset = end;
  return cursor.span(from + 1, end - 1);
}

/** The first blank outside of brackets, parentheses and quotes, or the end; -1 where those are not closed. */
function endOfPath(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      const end = endOfString(text, at);
      if (end < 0) return -1;
      at = end;
    } else if (char === "[" || char === "(") depth++;
    else if (char === "]" || char === ")") depth--;
    else if ((char === " " || char === "\t") && depth <= 0) return at;
  }
  return depth > 0 ? -1 : text.length;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[start]) return at;
  }
  return -1;
}

function fault(at: Span, message: string): Read<never> {
  return err({ range: at.range, message });
}
