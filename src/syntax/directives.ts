/** How the text behind a directive's name is written. */
export type DirectiveForm =
  | "none"
  | "text"
  | "name"
  | "file"
  | "prompt"
  | "duration"
  | "retry"
  | "capture"
  | "assertion"
  | "failure-code";

export interface DirectiveFact {
  readonly value: "required" | "optional" | "none";
  readonly form: DirectiveForm;
  /** The whole directive as one writes it, with placeholders in capitals. */
  readonly usage: string;
  /** One line for completion and hover. */
  readonly documentation: string;
  /** False while the request must be refused because the directive would change it and nothing carries it out yet. */
  readonly supported: boolean;
}

function fact(usage: string, form: DirectiveForm, documentation: string): [string, DirectiveFact] {
  const [word = "", ...rest] = usage.split(" ");
  const value = rest.length === 0 ? "none" : rest[0]?.startsWith("[") && rest.length === 1 ? "optional" : "required";
  const supported = form !== "capture" && form !== "assertion" && form !== "failure-code";
  return [word.slice(1), { value, form, usage, documentation, supported }];
}

/** Every directive of the format. Ignoring one that was meant to change a request would send another request. */
export const directiveFacts: ReadonlyMap<string, DirectiveFact> = new Map([
  fact("@name NAME", "text", "Names the request, for references such as {{NAME.response.body.$.id}} and for @ref."),
  fact("@title TEXT", "text", "The request's title in lists and reports, where it has no @name."),
  fact("@description [TEXT]", "text", "Says what the request is for; it changes nothing."),
  fact("@tag WORDS", "text", "Words to group requests by; they change nothing."),
  fact("@ref NAME", "name", "Sends the request NAME first, unless it has already been sent."),
  fact("@force-ref NAME", "name", "Sends the request NAME first, each time."),
  fact("@import FILE", "file", "Makes the variables and named requests of another file known here."),
  fact("@prompt NAME [TEXT]", "prompt", "Asks for the value of the variable NAME before the request is sent."),
  fact("@secret-prompt NAME [TEXT]", "prompt", "Asks for a secret value of NAME; it is masked and shown nowhere."),
  fact(
    "@timeout DURATION",
    "duration",
    "The longest time for the whole exchange, such as 5s; a bare number is seconds.",
  ),
  fact("@connection-timeout DURATION", "duration", "The longest time for opening the connection, such as 2s."),
  fact("@delay DURATION", "duration", "Waits this long before the request is sent."),
  fact("@no-redirect", "none", "Does not follow redirects."),
  fact("@no-cookie-jar", "none", "Sends no stored cookies and keeps none of the response."),
  fact("@no-log", "none", "Keeps the exchange out of the log and the history."),
  fact("@no-client-cert", "none", "Presents no client certificate, even where the settings name one for the host."),
  fact("@disabled [REASON]", "text", "Leaves the request out when the file or a folder is run."),
  fact(
    "@retry COUNT [every DURATION] [unsafe]",
    "retry",
    "Sends again, at most COUNT times, after a connection failure, a timeout or the status 408, 425, 429, 500, 502, 503 or 504. The pause doubles each time. Only GET, HEAD, OPTIONS, TRACE and QUERY, unless `unsafe` stands there.",
  ),
  fact("@capture [secret] NAME = QUERY", "capture", "Keeps a part of the response as the variable NAME."),
  fact("@assert QUERY PREDICATE", "assertion", "Checks the response, as in: @assert status == 200."),
  fact(
    "@expect-failure CODE",
    "failure-code",
    "The request passes only if it fails with this code, such as tls.expired.",
  ),
]);
