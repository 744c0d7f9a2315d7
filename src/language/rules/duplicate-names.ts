import type { TextRange } from "../../common/range.ts";
import { lineMapOf } from "../line-map-of.ts";
import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Two `@name` directives with one value: a reference or `--name` could mean either. Titles may repeat. */
export function checkDuplicateNames({ file }: RuleContext, report: Report): void {
  const seen = new Map<string, TextRange>();
  for (const { directives } of file.blocks) {
    for (const { name, value } of directives) {
      if (name.text !== "name" || value.text === "") continue;
      const first = seen.get(value.text);
      if (first === undefined) {
        seen.set(value.text, value.range);
        continue;
      }
      const line = lineMapOf(file).positionAt(first.start).line + 1;
      report(value.range, `The name "${value.text}" is already given in line ${line}. Choose another one.`, {
        related: [{ range: first, message: `"${value.text}" is given here first.` }],
      });
    }
  }
}
