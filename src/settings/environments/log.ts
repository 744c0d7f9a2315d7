import type { Node } from "jsonc-parser";
import type { Failure, FailureCode } from "../../common/failure.ts";
import type { EnvironmentDocument } from "./document.ts";

/** What the files of one reading have to be blamed for. */
export interface EnvironmentLog {
  readonly problems: Failure[];
  readonly warnings: Failure[];
}

const words: Readonly<Record<Node["type"], string>> = {
  object: "an object",
  array: "a list",
  property: "a member",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  null: "null",
};

/** `subject` is the way to the value: `dev › SSLConfiguration`. */
export function wrongType(document: EnvironmentDocument, node: Node, subject: string, fix: string): Failure {
  const code: FailureCode = "settings.wrong-type";
  const title = "An environment file has the wrong kind of value";
  return document.failure(code, node, title, `${subject} is ${words[node.type]}.`, fix);
}
