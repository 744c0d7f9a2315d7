import { didYouMean } from "../../common/near-name.ts";
import { err, ok, type Result } from "../../common/result.ts";
import type { KnownExchange, MessagePart } from "../values/sources.ts";
import { queryLanguages } from "./languages.ts";
import { bodyText, headerValue } from "./message-text.ts";
import { QueryError, type QueryProblem } from "./query-problem.ts";
import { OutOfTime, withinTime } from "./time-limit.ts";

/** XML trees are large; JSON is read by the engine itself. */
const limits = { path: 1000, json: 32_000_000, xml: 8_000_000, milliseconds: 2000 };

const examples =
  "Write it as in login.response.body.$.token, login.response.headers.Location or login.response.status.";

/**
 * A part of an exchange; `rest` is what stands behind the request's name:
 * `response.status`, `response.headers.NAME` (of any case; several values joined by ", "),
 * `response.body` and `response.body.*` (the whole body), `response.body.$.token` (JSONPath), `response.body.token`
 * (the same), `response.body.//item/@id` (XPath: begins with a slash); all but the status also of `request`, and
 * `request.method` and `request.url`. `milliseconds` bounds the search in a body. A path that selects several values gives the first.
 */
export function selectFromExchange(
  exchange: KnownExchange,
  rest: string,
  milliseconds: number = limits.milliseconds,
): Result<string, QueryProblem> {
  try {
    return ok(select(exchange, rest, milliseconds));
  } catch (error) {
    if (error instanceof QueryError) return err(error.problem);
    throw error;
  }
}

function select({ request, response }: KnownExchange, rest: string, milliseconds: number): string {
  const [, message = "", part = "", path] = /^(request|response)(?:\.([^.]*)(?:\.(.*))?)?$/s.exec(rest) ?? [];
  const whole: Readonly<Record<string, string>> =
    message === "response"
      ? { status: String(response.status) }
      : message === "request"
        ? { method: request.method, url: request.url }
        : {};
  const value = Object.hasOwn(whole, part) ? whole[part] : undefined;
  if (value !== undefined && path === undefined) return value;
  const source = message === "response" ? response : request;
  if (message !== "" && part === "headers") return selectHeader(source, path);
  if (message !== "" && part === "body") return selectBody(source, path, milliseconds);
  const parts = [...Object.keys(whole), "headers", "body"];
  if (message === "" || value !== undefined) throw new QueryError(`"${rest}" is not a part of an exchange.`, examples);
  throw new QueryError(
    `A ${message} has no part "${part}"; it has ${parts.join(", ")}.`,
    `${examples}${didYouMean(part, parts)}`,
  );
}

function selectHeader(part: MessagePart, name: string | undefined): string {
  if (!name) throw new QueryError('The name of a header is missing behind "headers".', examples);
  const value = headerValue(part, name);
  if (value !== undefined) return value;
  const names = part.headers.map(([known]) => known);
  throw new QueryError(
    `It has no header ${name}.`,
    `Use the name of a header that was received.${didYouMean(name, names)}`,
  );
}

function selectBody(part: MessagePart, path: string | undefined, milliseconds: number): string {
  if (path !== undefined && path.length > limits.path) {
    throw new QueryError(`The path has more than ${limits.path} characters.`, "Use a shorter one.");
  }
  if (part.body.length === 0) throw new QueryError("It has no body.", "Use a request whose answer has one.");
  const text = bodyText(part);
  if (path === undefined || path === "*") return text;
  const isXml = path.startsWith("/");
  if (text.length > (isXml ? limits.xml : limits.json)) {
    throw new QueryError("Its body is too large for a path.", 'Write "body.*" for the whole body.');
  }
  const { selectJson, selectXml } = queryLanguages();
  try {
    const time = Math.max(1, Math.min(limits.milliseconds, Math.ceil(milliseconds)));
    return withinTime(time, () => (isXml ? selectXml(text, path) : selectJson(text, rooted(path))));
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    throw new QueryError(
      `${path} takes too long to find in this body.`,
      "Use a path without filters in filters, and patterns without repeated groups.",
    );
  }
}

/** `token` and `[0].id` are read as `$.token` and `$[0].id`, as REST Client reads them. */
function rooted(path: string): string {
  if (path.startsWith("$")) return path;
  return path.startsWith("[") || path.startsWith(".") ? `$${path}` : `$.${path}`;
}
