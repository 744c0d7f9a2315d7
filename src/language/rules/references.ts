import { nearName } from "../../common/near-name.ts";
import { scanUnclosedBraces } from "../../syntax/index.ts";
import { headSpans } from "../reference-sites.ts";
import type { Report, RuleContext } from "./rule.ts";

/** References to names that this file does not define. */
export function checkUndefinedVariables({ definitions, references }: RuleContext, report: Report): void {
  for (const { reference, range, from } of references) {
    if (reference.kind !== "variable" && reference.kind !== "encoded") continue;
    const name = reference.name.text;
    if (definitions.nearest(name, from)) continue;
    const near = nearName(name, definitions.names);
    const advice = near ? `Did you mean "${near}"?` : `Define it above with "@${name} = value".`;
    report(range, `This file does not define "${name}". ${advice}`);
  }
}

/** A definition below a reference counts only where none stands above: easily overlooked. */
export function checkDefinedBelow({ definitions, references }: RuleContext, report: Report): void {
  for (const { reference, range, from } of references) {
    if (reference.kind !== "variable" && reference.kind !== "encoded") continue;
    const definition = definitions.nearest(reference.name.text, from);
    if (!definition || definition.range.start <= from) continue;
    report(
      range,
      `"${reference.name.text}" is defined below this line. Move its definition up to make the order plain.`,
    );
  }
}

/** References that nothing can answer yet: the request is refused when it is sent. */
export function checkUnsupportedReferences({ references }: RuleContext, report: Report): void {
  for (const { reference, range } of references) {
    const { kind, expression } = reference;
    if (kind === "dynamic" || kind === "response") {
      report(range, `"{{${expression.text}}}" is not supported yet, so the request is not sent.`);
    } else if (kind === "other") {
      report(
        range,
        `"{{${expression.text}}}" is not a reference, so the request is not sent. To send the braces write "\\{\\{" and "\\}\\}".`,
      );
    }
  }
}

/** A `{{` without `}}` is text. In bodies of other languages that is common; in a URL or header it is a slip. */
export function checkUnclosedReferences({ file }: RuleContext, report: Report): void {
  for (const { request } of file.blocks) {
    for (const span of request ? headSpans(request) : []) {
      for (const { start, end } of scanUnclosedBraces(span.text)) {
        report(
          { start: span.range.start + start, end: span.range.start + end },
          'This "{{" has no "}}" on its line and is sent as text. Close the reference, or write "\\{\\{" if text is meant.',
        );
      }
    }
  }
}
