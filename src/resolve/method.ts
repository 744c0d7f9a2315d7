import { Failure } from "../common/failure.ts";
import { isKnownMethod, type RequestNode } from "../syntax/index.ts";
import type { Locate } from "./places.ts";
import type { Scope } from "./scope.ts";
import { fill, valuesOf } from "./template.ts";

/**
 * GET without one; known methods in upper case, others as written. `GRAPHQL` stands for a POST whose body is a query.
 * @throws {Failure} `parse.error` for what is no method (RFC 9110 §9.1), comes from a secret or a response, or opens a tunnel
 */
export function readMethod(request: RequestNode, scope: Scope, locate: Locate): string {
  if (!request.method) return "GET";
  const { text, range } = request.method;
  const refuse = (title: string, fix: string) =>
    new Failure({
      code: "parse.error",
      title,
      detail: `The request line starts with ${text}.`,
      fix,
      location: locate(range),
    });
  const template = scope.expandForHead(text, range.start);
  if (valuesOf(template).length > 0)
    throw refuse(
      "A method must be written by the author",
      "Write the method itself, such as GET, or a variable that holds it.",
    );
  const method = fill(template, () => "");
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method))
    throw refuse(`"${method}" is not a method`, "Write a method such as GET or POST.");
  if (method.toUpperCase() === "CONNECT")
    throw refuse("CONNECT opens a tunnel and is not a request", "Use another method.");
  if (method.toUpperCase() === "GRAPHQL") return "POST";
  return isKnownMethod(method) ? method.toUpperCase() : method;
}
