import { problemRules } from "../../syntax/problem-rules.ts";
import type { CodeFact } from "./codes.ts";

const problems = Object.values(problemRules);

/** What each code of the parser means, for the documentation; the parser writes the messages itself. */
const summaries: Readonly<Record<(typeof problems)[number]["code"], string>> = {
  "parse.request-line": "A line above the request is no request line, comment or variable.",
  "parse.url-missing": "The request line has no URL.",
  "parse.url-quoted": "The URL stands in quotes; with both of them it is a warning, and they are not sent.",
  "parse.url-joint": "A line below the URL is joined to it without anything between.",
  "parse.text-behind-url": "Text behind the URL, such as a comment, would be sent as part of it.",
  "parse.query-after-fragment": "A query stands behind the `#` of the URL and would never be sent.",
  "parse.http-version": "The HTTP version is unknown or stands there twice; before the rest of the URL it is a hint.",
  "parse.host-missing": "The URL is only a path and there is no `Host` header.",
  "parse.header-without-colon": "A line among the headers has no colon.",
  "parse.header-name": "The text before the colon is not a header name.",
  "parse.control-character": "A control character stands in the URL or a header.",
  "parse.variable-among-headers": "A variable is defined among the headers.",
  "parse.variable-definition": "A line starts with `@` but defines no variable.",
  "parse.missing-separator": "No `###` stands between two requests.",
  "parse.indented-separator": "A `###` behind blanks is sent as part of the body.",
  "parse.below-body": "Comments and definitions below a body are not part of it.",
  "parse.comment-in-body": "A line that looks like a comment is sent as part of the body.",
  "parse.file-body":
    "A line looks like `< path` without the blank; with blanks before the `<` it is a warning and sent as text.",
  "parse.unknown-directive": "The directive is not one that Padlock knows; it is read as a comment.",
  "parse.directive-value":
    "The directive's value is missing or cannot be read; one that it does not take is a warning.",
  "parse.directive-after-request": "A directive stands below the request line, where it has no effect.",
  "parse.directive-marker":
    "A comment looks like a directive, but has more than one `#`, or `=` or `:` behind the name.",
  "parse.import": "An `import` line names no file.",
  "parse.run": "A `run` line cannot be read.",
  "parse.unsupported-form": "A form that is recognised and not carried out; the request is not sent.",
  "parse.request-script": "A script could change the request; scripts are never run, so it is not sent.",
  "parse.response-script": "A script would look at the response; scripts are never run.",
  "parse.response-output": "A `>>` line stands above the request; below it the response is written to its file.",
  "parse.response-reference": "A `<>` line names a response that was saved earlier; it is not compared.",
  "parse.foreign-assertion": "A `??` assertion that is not executed; the request is not sent.",
  "parse.recorded-response": "A recorded response is kept in the file and never sent.",
  "parse.text-behind-script": "It is not sure whether text behind a script belongs to the body.",
  "parse.unclosed-script": "A script block has no end.",
  "parse.curl-syntax": "The cURL command cannot be read; what is only doubtful is a warning.",
  "parse.curl-option": "The cURL option is not supported.",
  "parse.curl-ignored": "The cURL option has no effect here.",
  "parse.curl-insecure": "`--insecure` is ignored: the server is always verified.",
};

const levels = ["error", "warning", "information", "hint"] as const;

/** What the parser reports, with the highest level that a code has. */
export const parserCodes: readonly CodeFact[] = Object.entries(summaries).map(([code, summary]) => {
  const found = new Set(problems.filter((problem) => problem.code === code).map(({ severity }) => severity));
  return { code, severity: levels.find((level) => found.has(level)) ?? "error", summary };
});
