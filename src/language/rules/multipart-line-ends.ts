import type { Report, RuleContext } from "./rule.ts";

/** RFC 2046 section 5.1.1 wants CRLF between the lines of a multipart body; most servers insist. */
export function checkMultipartLineEnds({ file }: RuleContext, report: Report): void {
  for (const { request } of file.blocks) {
    if (request?.body.kind !== "inline") continue;
    const type = request.headers.find(({ name }) => name.text.toLowerCase() === "content-type");
    if (!type || !/^multipart\//i.test(type.value.text)) continue;
    if (!/(?:^|[^\r])\n|\r(?!\n)/.test(request.body.content.text)) continue;
    report(
      type.range,
      "Multipart bodies need CRLF line ends, and this body is sent with the line ends of the file. Save the file with CRLF.",
    );
  }
}
