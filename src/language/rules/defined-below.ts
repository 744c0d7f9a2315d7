import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** A definition below a reference counts only where none stands above: easily overlooked. */
export function checkDefinedBelow({ uses }: RuleContext, report: Report): void {
  for (const { site, definition } of uses) {
    if (!definition || definition.range.start <= site.from) continue;
    report(
      site.range,
      `"${definition.name.text}" is defined below this line. Move its definition up to make the order plain.`,
      { related: [{ range: definition.range, message: "It is defined here." }] },
    );
  }
}
