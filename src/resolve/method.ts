import { Failure } from "../common/failure.ts";
import { isKnownMethod, type RequestNode } from "../syntax/index.ts";
import type { Locate } from "./places.ts";
import type { Scope } from "./scope.ts";
import { fill, secretsOf } from "./template.ts";

/**
 * GET without one; known methods in upper case, others as written.
 * @throws {Failure} `parse.error` for what is no method (RFC 9110 §9.1), comes from a secret, or opens a tunnel
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
  const template = scope.expand(text, range.start);
  if (secretsOf(template).length > 0)
    throw refuse("A method cannot be a secret", "Write the method itself, such as GET.");
  const method = fill(template, () => "");
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method))
    throw refuse(`"${method}" is not a method`, "Write a method such as GET or POST.");
  if (method.toUpperCase() === "CONNECT")
    throw refuse("CONNECT opens a tunnel and is not a request", "Use another method.");
  return isKnownMethod(method) ? method.toUpperCase() : method;
}
