import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Braces around something that no reference can be: an expression of a script, a name with blanks. */
export function checkMalformedReferences({ references }: RuleContext, report: Report): void {
  for (const { reference, range } of references) {
    if (reference.kind !== "other") continue;
    const { text } = reference.expression;
    const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
    report(
      range,
      `"{{${shown}}}" is not a reference, so the request is not sent. To send the braces write "\\{\\{" and "\\}\\}".`,
    );
  }
}
