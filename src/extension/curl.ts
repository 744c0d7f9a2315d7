import type { ExchangeView } from "../protocol/exchange-view.ts";
import { mask } from "../protocol/masking/mask.ts";
import { MaskedVariables } from "./masked-variables.ts";

export interface CurlCommand {
  readonly text: string;
  /** Shell variables in the place of what is masked; the shell refuses to run the command while one is not set. */
  readonly variables: readonly string[];
}

/** Headers that curl makes itself from the URL and the body, as those of HTTP/2 that begin with a colon. */
const madeByCurl = new Set(["host", "content-length", "connection", "transfer-encoding"]);

/**
 * The request as a curl command for a POSIX shell. Secrets stay names: `{{$env.NAME}}` becomes `"$NAME"`, which the
 * shell fills in, and a masked credential becomes `"${MASKED_AUTHORIZATION:?}"`. Undefined where the view does not hold the whole body as text.
 */
export function curlCommand({ request }: Pick<ExchangeView, "request">): CurlCommand | undefined {
  const { body } = request;
  const hasBody = body !== null && body.kind !== "empty";
  if (hasBody && (body.truncated || body.kind === "binary")) return undefined;
  const variables = new MaskedVariables();
  const secrets = new Set(request.secrets);
  const withVariables = (text: string) => shellWord(text, variables, secrets);
  const parts = [`curl --request ${shellWord(request.method)} ${withVariables(request.url)}`];
  // curl would read [], {} in a URL as a pattern of many URLs.
  const written = request.url.split(environmentReference).filter((piece) => variableIn(piece, secrets) === undefined);
  if (written.some((piece) => /[[\]{}]/.test(piece))) parts.push("--globoff");
  for (const { name, value } of request.headers) {
    if (name === ":method") parts.push("--http2");
    if (name.startsWith(":") || madeByCurl.has(name.toLowerCase())) continue;
    // `Name;` is curl's way to send a header without a value; `Name:` would remove it.
    const field = value === "" ? `${name};` : `${name}: ${value}`;
    parts.push(`--header ${withVariables(field)}`);
  }
  if (hasBody) {
    // --data-raw alone would add a form's content type.
    const typed = request.headers.some(({ name }) => name.toLowerCase() === "content-type");
    if (!typed) parts.push("--header 'Content-Type:'");
    parts.push(`--data-raw ${withVariables(body.raw ?? body.text)}`);
  }
  return { text: parts.join(" \\\n  "), variables: variables.names };
}

const environmentReference = /(\{\{\$env\.[A-Za-z_]\w*\}\})/;

/** One word of the shell: single quotes keep every byte, references to the environment stand in double quotes. */
function shellWord(text: string, variables?: MaskedVariables, secrets: ReadonlySet<string> = new Set()): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const stretches = variables ? text.split(mask) : [text];
  let before = "";
  return (
    stretches
      .map((stretch, index) => {
        const variable = index > 0 && variables ? `"\${${variables.nameAfter(before)}:?}"` : "";
        before = (before + (index > 0 ? mask : "") + stretch).slice(-200);
        const pieces = stretch.split(environmentReference).filter((piece) => piece !== "");
        return variable + pieces.map((piece) => shellPiece(piece, secrets)).join("");
      })
      .join("") || "''"
  );
}

/** A server can put `{{$env.NAME}}` into a redirect: only what the request was sent with is taken from the shell. */
function variableIn(piece: string, secrets: ReadonlySet<string>): string | undefined {
  const name = environmentReference.test(piece) ? piece.slice("{{$env.".length, -"}}".length) : "";
  return secrets.has(name) ? name : undefined;
}

function shellPiece(piece: string, secrets: ReadonlySet<string>): string {
  const name = variableIn(piece, secrets);
  if (name !== undefined) return `"$${name}"`;
  return `'${piece.replaceAll("'", "'\\''")}'`;
}
