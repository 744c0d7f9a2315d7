import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** In a form, lines are joined where one ends or the next starts with `&`; any other line break is sent as it is. */
export function checkFormLineBreaks({ requests }: RuleContext, report: Report): void {
  for (const request of requests) {
    const { body, dialect } = request.node;
    if (body.kind !== "inline" || dialect === "curl" || request.mediaType !== "application/x-www-form-urlencoded")
      continue;
    const { text, range } = body.content;
    let endsField = true;
    for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
      const start = index + line.length - line.trimStart().length;
      if (start === index + line.length) continue;
      if (!endsField && text[start] !== "&") {
        report(
          { start: range.start + start, end: range.start + index + line.trimEnd().length },
          'The line break above is sent as part of the form. Start this line with "&" if a new field begins here.',
        );
      }
      endsField = line.trimEnd().endsWith("&");
    }
  }
}
