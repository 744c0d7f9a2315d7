import type { DirectiveFact } from "../../syntax/index.ts";

/** Markdown. A directive that is read and not carried out keeps its request from being sent: that is said, too. */
export function directiveDocumentation({ documentation, supported }: DirectiveFact): string {
  return supported
    ? documentation
    : `${documentation}\n\nThis version does not carry it out: a request with it is not sent.`;
}
