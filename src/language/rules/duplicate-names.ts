import { lineMapOf } from "../line-map-of.ts";
import type { Report, RuleContext } from "./rule.ts";

/** Two `@name` directives with one value: a reference or `--name` could mean either. Titles may repeat. */
export function checkDuplicateNames({ file }: RuleContext, report: Report): void {
  const seen = new Map<string, number>();
  for (const { directives } of file.blocks) {
    for (const { name, value } of directives) {
      if (name.text !== "name" || value.text === "") continue;
      const first = seen.get(value.text);
      if (first === undefined) {
        seen.set(value.text, value.range.start);
        continue;
      }
      const line = lineMapOf(file).positionAt(first).line + 1;
      report(value.range, `The name "${value.text}" is already given in line ${line}. Choose another one.`);
    }
  }
}
