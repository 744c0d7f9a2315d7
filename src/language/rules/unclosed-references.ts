import { scanUnclosedBraces } from "../../syntax/index.ts";
import { headSpans } from "../reference-sites.ts";
import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Any `{{` that no simple reference starts with: most texts have none, and need no closer look. */
const mayBeUnclosed = /\{\{(?![^\r\n{}]*\}\})/;

/** A `{{` without `}}` is text. In bodies of other languages that is common; in a URL or header it is a slip. */
export function checkUnclosedReferences({ file, requests }: RuleContext, report: Report): void {
  if (!mayBeUnclosed.test(file.text)) return;
  for (const { node } of requests) {
    if (node.dialect === "curl") continue;
    for (const span of headSpans(file, node)) {
      if (!mayBeUnclosed.test(span.text)) continue;
      for (const { start, end } of scanUnclosedBraces(span.text)) {
        report(
          { start: span.range.start + start, end: span.range.start + end },
          'This "{{" has no "}}" on its line. Close the reference, or write "\\{\\{" if the braces themselves are meant.',
        );
      }
    }
  }
}
