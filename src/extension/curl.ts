import type { ExchangeView } from "../protocol/exchange-view.ts";

/** Headers that curl makes itself from the URL and the body. */
const madeByCurl = new Set(["host", "content-length", "connection", "transfer-encoding"]);

/**
 * The request as a curl command for a POSIX shell. Secrets stay names: `{{$env.NAME}}` becomes `"$NAME"`, which the
 * shell fills in. Undefined where the view does not hold the whole body as text.
 */
export function curlCommand({ request }: Pick<ExchangeView, "request">): string | undefined {
  const { body } = request;
  const hasBody = body !== null && body.kind !== "empty";
  if (hasBody && (body.truncated || body.kind === "binary")) return undefined;
  const parts = [`curl --request ${shellWord(request.method)} ${shellWord(request.url)}`];
  // curl would read [], {} in a URL as a pattern of many URLs.
  if (/[[\]{}]/.test(request.url.replaceAll(everyReference, ""))) parts.push("--globoff");
  for (const { name, value } of request.headers) {
    if (madeByCurl.has(name.toLowerCase())) continue;
    // `Name;` is curl's way to send a header without a value; `Name:` would remove it.
    parts.push(`--header ${shellWord(value === "" ? `${name};` : `${name}: ${value}`)}`);
  }
  if (hasBody) {
    // --data-raw alone would add a form's content type.
    const typed = request.headers.some(({ name }) => name.toLowerCase() === "content-type");
    if (!typed) parts.push("--header 'Content-Type:'");
    parts.push(`--data-raw ${shellWord(body.raw ?? body.text)}`);
  }
  return parts.join(" \\\n  ");
}

const environmentReference = /(\{\{\$env\.[A-Za-z_]\w*\}\})/;
const everyReference = new RegExp(environmentReference, "g");

/** One word of the shell: single quotes keep every byte, references to the environment stand in double quotes. */
function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const pieces = text.split(environmentReference).filter((piece) => piece !== "");
  return pieces.map(shellPiece).join("") || "''";
}

function shellPiece(piece: string): string {
  if (environmentReference.test(piece)) return `"$${piece.slice("{{$env.".length, -"}}".length)}"`;
  return `'${piece.replaceAll("'", "'\\''")}'`;
}
