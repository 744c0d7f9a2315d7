import { compile, type JSONPathNode, type JSONPathQuery, JSONPathRecursionLimitError, type JSONValue } from "json-p3";
import { jsonSourceAt } from "./json-source.ts";
import { QueryError } from "./query-problem.ts";

/**
 * The value that a JSONPath (RFC 9535) selects in a JSON text, the first one where it selects several, as REST Client
 * takes it. Strings as they are; numbers with all their digits; objects and arrays as compact JSON.
 * @throws {QueryError} for a path that cannot be read, a text that is not JSON, and when nothing is selected
 */
export function selectJson(json: string, path: string): string {
  const query = readPath(path);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new QueryError(
      `${path} asks for a part of a JSON body, but the body is not JSON.`,
      'Write "body.*" for the whole body, or an XPath such as "body.//name" for XML.',
    );
  }
  const node = firstNode(query, value, path);
  if (!node) {
    throw new QueryError(`Its body has nothing at ${path}.`, "Compare the path with the body that was received.");
  }
  return typeof node.value === "string" ? node.value : jsonSourceAt(json, node.location);
}

function firstNode(query: JSONPathQuery, json: unknown, path: string): JSONPathNode | undefined {
  try {
    return query.match(json as JSONValue);
  } catch (error) {
    if (!(error instanceof JSONPathRecursionLimitError || error instanceof RangeError)) throw error;
    throw new QueryError(
      `The body is nested too deeply to find ${path} in it.`,
      'Use a path without "..", or write "body.*" for the whole body.',
    );
  }
}

function readPath(path: string): JSONPathQuery {
  try {
    return compile(quoteHyphens(path));
  } catch {
    // The library's message names its own tokens.
    throw new QueryError(
      `${path} is not a JSONPath (RFC 9535).`,
      `Write it as in $.items[0].id, and names with other signs than letters, digits, "_" and "-" as in $['full name'].`,
    );
  }
}

/**
 * `$.access-token` is not RFC 9535, but common, and can mean only one thing: outside of brackets there is no minus. It
 * becomes `$['access-token']`.
 */
function quoteHyphens(path: string): string {
  return path.replace(
    /\[(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\]"'])*\]?|(\.\.?)([\p{L}_][\p{L}\p{N}_]*-[\p{L}\p{N}_-]*)/gu,
    (whole, dots?: string, name?: string) => (name === undefined ? whole : `${dots === ".." ? ".." : ""}['${name}']`),
  );
}
