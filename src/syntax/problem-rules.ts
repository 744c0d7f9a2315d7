import type { Severity } from "./nodes.ts";

export interface ProblemRule {
  readonly code: string;
  readonly severity: Severity;
  /** Builds the text for a person from what stands in the file. */
  readonly message: (subject: string, advice: string) => string;
}

/** Everything that the parser reports. `subject` is a short piece of the file; `advice` completes a rule's fix. */
export const problemRules = {
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
    severity: "warning",
    message: () => "The quotes around the URL are not sent. Remove them.",
  },
  urlQuoteOpen: {
    code: "parse.url-quoted",
    severity: "error",
    message: () => "A quote stands before the URL but none behind it. Remove it.",
  },
  urlJoint: {
    code: "parse.url-joint",
    severity: "warning",
    message: (subject) =>
      `"${subject}" is joined to the URL above without anything between. Start the line with "/", "?" or "&"; if it is a header, write "Name: value".`,
  },
  textBehindUrl: {
    code: "parse.text-behind-url",
    severity: "error",
    message: (subject) =>
      `"${subject}" would be sent as part of the URL. Write a comment on a line of its own; if it belongs to the URL, write "%20" for the blank before it.`,
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
  versionBeforeQuery: {
    code: "parse.http-version",
    severity: "hint",
    message: (subject) => `The lines below are part of the URL. Move "${subject}" behind the last of them.`,
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
      `"${subject}" starts another request, but no "###" stands above it. Write a line "###" there; if it is body text, keep it in a file and write "< path" instead.`,
  },
  separatorMissingBelow: {
    code: "parse.missing-separator",
    severity: "error",
    message: (subject) =>
      `No line "###" stands between this request and "${subject}". Write one; until then it is not sure what belongs to this request, so it is not sent.`,
  },
  unsupportedForm: {
    code: "parse.unsupported-form",
    severity: "error",
    message: (subject, advice) =>
      `${subject} is not supported, so the request is not sent.${advice ? ` ${advice}` : ""}`,
  },
  requestScript: {
    code: "parse.request-script",
    severity: "error",
    message: () =>
      "Scripts are never run, and this one could change the request, so the request is not sent. Write its values as variables and remove it.",
  },
  requestScriptFile: {
    code: "parse.request-script",
    severity: "error",
    message: (subject) =>
      `"${subject}" stands above the request line, where other tools run it as a script. Scripts are never run, so the request is not sent. Remove the line, or put it below the headers if it is the body.`,
  },
  scriptBlock: {
    code: "parse.request-script",
    severity: "error",
    message: () =>
      "Script blocks are never run, and this one could change the request, so the request is not sent. Write its values as variables and remove it.",
  },
  responseScript: {
    code: "parse.response-script",
    severity: "warning",
    message: () =>
      'Scripts are never run: what this one checks or keeps does not happen. Write "# @assert" and "# @capture" above the request instead.',
  },
  responseScriptFile: {
    code: "parse.response-script",
    severity: "warning",
    message: (subject) =>
      `Scripts are never run: what "${subject}" checks or keeps does not happen. Write "# @assert" and "# @capture" above the request instead.`,
  },
  responseOutput: {
    code: "parse.response-output",
    severity: "warning",
    message: (subject) =>
      `No response is written to "${subject}": move the line below the request whose response it saves.`,
  },
  responseReference: {
    code: "parse.response-reference",
    severity: "information",
    message: (subject) => `"${subject}" names a response that was saved earlier; it is neither read nor compared.`,
  },
  foreignAssertion: {
    code: "parse.foreign-assertion",
    severity: "error",
    message: (subject) =>
      `The assertion "${subject}" is read but not executed by this version, so the request is not sent. Remove the line.`,
  },
  recordedResponse: {
    code: "parse.recorded-response",
    severity: "information",
    message: () => "This is a recorded response: it is kept in the file and never sent.",
  },
  textBehindForm: {
    code: "parse.text-behind-script",
    severity: "error",
    message: (subject) =>
      `It is not sure whether the text from "${subject}" on, which stands behind a script, belongs to the body. Put the body above the script, or start the lines with "#".`,
  },
  textBehindCurl: {
    code: "parse.curl-syntax",
    severity: "error",
    message: () =>
      'This line is not part of the cURL command above it. End the line above with "\\" to continue the command, or start this one with "#".',
  },
  importLine: {
    code: "parse.import",
    severity: "error",
    message: () => 'The line names no file. Write "import ./other.https".',
  },
  runLine: {
    code: "parse.run",
    severity: "error",
    message: (subject) =>
      `"${subject}" is not read as a run of another request. Write "run #name", "run ./other.https" or "run ./other.https #name", each with "(@variable = value)" if needed.`,
  },
  annotationsBelowBody: {
    code: "parse.below-body",
    severity: "hint",
    message: () => "These lines are comments and definitions, not part of the body, and are not sent.",
  },
  indentedSeparator: {
    code: "parse.indented-separator",
    severity: "warning",
    message: () =>
      'This line is sent as part of the body. If it should start another request, remove the blanks before the "###".',
  },
  commentInBody: {
    code: "parse.comment-in-body",
    severity: "hint",
    message: () => "This line is sent as part of the body: a body has no comments.",
  },
  indentedFile: {
    code: "parse.file-body",
    severity: "warning",
    message: (subject) => `"${subject}" is sent as text. To send the file, remove the blanks before the "<".`,
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
  directiveForm: {
    code: "parse.directive-value",
    severity: "error",
    message: (subject, advice) => `The value of "@${subject}" cannot be read. ${advice}`,
  },
  directiveTakesNone: {
    code: "parse.directive-value",
    severity: "warning",
    message: (subject) => `The directive "@${subject}" takes no value; what stands behind it has no effect. Remove it.`,
  },
  directiveNotExecuted: {
    code: "parse.unsupported-form",
    severity: "error",
    message: (subject) =>
      `The directive "@${subject}" is read but not executed by this version, so the request is not sent. Remove the line.`,
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
    message: (subject) =>
      `This is a comment. To make it a directive write "# @${subject}" with one "#" and a blank behind the name.`,
  },
  curlSyntax: {
    code: "parse.curl-syntax",
    severity: "error",
    message: (_, advice) => advice,
  },
  curlTwoUrls: {
    code: "parse.curl-syntax",
    severity: "error",
    message: (subject) => `Write one URL only, and quote what holds blanks: "${subject}" would be a second URL.`,
  },
  curlOption: {
    code: "parse.curl-option",
    severity: "error",
    message: (subject, advice) => `The cURL option "${subject}" ${advice}`,
  },
  curlIgnored: {
    code: "parse.curl-ignored",
    severity: "hint",
    message: (subject) => `The cURL option "${subject}" has no effect here.`,
  },
  curlInsecure: {
    code: "parse.curl-insecure",
    severity: "warning",
    message: (subject) => `"${subject}" is ignored: Padlock always verifies the server's certificate. Remove it.`,
  },
  curlDoubtful: {
    code: "parse.curl-syntax",
    severity: "warning",
    message: (_, advice) => advice,
  },
} as const satisfies Record<string, ProblemRule>;
