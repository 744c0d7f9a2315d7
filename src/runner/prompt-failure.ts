import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import type { Question } from "../resolve/values/sources.ts";

/** The command line has no terminal to ask at. */
export function nobodyToAsk({ name, isSecret }: Question, location: SourceLocation): Failure {
  const elsewhere = isSecret ? `set the environment variable ${name}` : `add --var ${name}=VALUE`;
  return new Failure({
    code: "variable.unset",
    title: `${name} was given no value`,
    detail: `The request asks for ${name} before it is sent, and nobody can be asked here. Nothing was sent.`,
    fix: `Run it at a terminal, or ${elsewhere}.`,
    location,
  });
}
