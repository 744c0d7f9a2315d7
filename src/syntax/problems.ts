import type { TextRange } from "../common/range.ts";
import type { Problem, Severity } from "./nodes.ts";

interface ProblemRule {
  readonly code: string;
  readonly severity: Severity;
  /** Builds the text for a person from what stands in the file. */
  readonly message: (subject: string, advice: string) => string;
}

/** Everything that the parser reports. `subject` is a short piece of the file; `advice` completes a rule's fix. */
const problemRules = {
  requestLine: {
    code: "parse.request-line",
    severity: "error",
    message: (subject) =>
      `"${subject}" is not a request line. Write a method and a URL, as in "GET https://example.com/", or start the line with "#" to make it a comment.`,
  },
  urlMissing: {
    code: "parse.url-missing",
    severity: "error",
    message: (subject) =>
      `The request line has no URL. Write one behind the method, as in "${subject} https://example.com/".`,
  },
  urlQuoted: {
    code: "parse.url-quoted",
    severity: "error",
    message: () => "The URL stands in quotes, which would be sent as part of it. Remove the quotes.",
  },
  queryAfterFragment: {
    code: "parse.query-after-fragment",
    severity: "error",
    message: () =>
      'This query stands behind the "#" of the URL, so it would never be sent. Move the "#…" part to the end or remove it.',
  },
  httpVersion: {
    code: "parse.http-version",
    severity: "error",
    message: (subject) => `"${subject}" is not an HTTP version. Write "HTTP/1.1" or leave it out.`,
  },
  httpVersionTwice: {
    code: "parse.http-version",
    severity: "error",
    message: (subject) => `The request line already names an HTTP version. Remove the second one, "${subject}".`,
  },
  hostMissing: {
    code: "parse.host-missing",
    severity: "error",
    message: (subject) =>
      `The URL "${subject}" names no host. Add a "Host: example.com" header, or write the whole URL, as in "https://example.com/".`,
  },
  headerWithoutColon: {
    code: "parse.header-without-colon",
    severity: "error",
    message: (subject, advice) => `"${subject}" stands among the headers but has no colon. ${advice}`,
  },
  headerName: {
    code: "parse.header-name",
    severity: "error",
    message: (subject) =>
      `"${subject}" is not a header name. Use letters, digits and hyphens, as in "Content-Type: text/plain", or put a blank line above if the body starts here.`,
  },
  controlCharacter: {
    code: "parse.control-character",
    severity: "error",
    message: (subject) => `The control character ${subject} is not allowed here. Remove it.`,
  },
  variableAmongHeaders: {
    code: "parse.variable-among-headers",
    severity: "error",
    message: (subject) =>
      `The variable definition "${subject}" stands among the headers. Move it above the request line.`,
  },
  variableDefinition: {
    code: "parse.variable-definition",
    severity: "error",
    message: (_, advice) => `This line is not a variable definition. ${advice}`,
  },
  missingSeparator: {
    code: "parse.missing-separator",
    severity: "error",
    message: (subject) =>
      `"${subject}" looks like another request but stands in this one's body. Write a line "###" above it; if it is body text, keep it in a file and write "< path" here.`,
  },
  unsupportedForm: {
    code: "parse.unsupported-form",
    severity: "error",
    message: (subject, advice) =>
      `${subject} is not supported yet, so the request is not sent.${advice ? ` ${advice}` : ""}`,
  },
  unclosedScript: {
    code: "parse.unclosed-script",
    severity: "error",
    message: (subject) => `The script block that starts here has no end. Close it with a line "${subject}".`,
  },
  fileBodyBlank: {
    code: "parse.file-body",
    severity: "error",
    message: (subject, advice) => `"${subject}" would be sent as text. ${advice}`,
  },
  unknownDirective: {
    code: "parse.unknown-directive",
    severity: "hint",
    message: (subject, advice) =>
      `"@${subject}" is not a directive that Padlock knows; it is read as a comment.${advice}`,
  },
  directiveValue: {
    code: "parse.directive-value",
    severity: "error",
    message: (subject) => `The directive "@${subject}" needs a value behind it. Add one or remove the line.`,
  },
  directiveAfterRequest: {
    code: "parse.directive-after-request",
    severity: "warning",
    message: (subject) =>
      `The directive "@${subject}" has no effect below the request line. Move it above the request line.`,
  },
  directiveMarker: {
    code: "parse.directive-marker",
    severity: "hint",
    message: (subject) => `This is a comment. To make it a directive write "# @${subject}" with one "#".`,
  },
} as const satisfies Record<string, ProblemRule>;

type ProblemName = keyof typeof problemRules;

const longestQuote = 60;

/** Collects problems while a file is read. */
export class ProblemLog {
  readonly #problems: Problem[] = [];

  add(name: ProblemName, range: TextRange, subject = "", advice = ""): void {
    const { code, severity, message }: ProblemRule = problemRules[name];
    this.#problems.push({ code, severity, range, message: message(shorten(subject), advice) });
  }

  /** In the order of their places; those of one place in the order they were found. */
  sorted(): readonly Problem[] {
    return this.#problems.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  }
}

function shorten(text: string): string {
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1)}…`;
}
