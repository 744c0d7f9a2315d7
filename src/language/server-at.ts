import type { LanguageDocument } from "./document.ts";
import type { LanguageHost } from "./host.ts";
import { knownFiles } from "./known-names.ts";
import { blockAt } from "./place.ts";
import { targetOf } from "./rules/target.ts";
import { Variables } from "./variables.ts";

/**
 * The server that the request at an offset goes to, as `host` or `host:port`: as far as the text and the variables tell
 * whose values may be shown. Undefined where they do not, and for what is not https.
 */
export async function serverAt(
  document: LanguageDocument,
  offset: number,
  host: LanguageHost,
): Promise<string | undefined> {
  const request = blockAt(document.file, offset)?.request;
  if (!request) return undefined;
  const variables = new Variables(await knownFiles(document, host), host.environment(document.uri));
  const expand = (text: string, at: number) => variables.expand(text, document.file, at);
  const url = expand(request.url.text, request.range.start);
  const field = request.headers.find(({ name }) => name.text.toLowerCase() === "host");
  // Without a host in the URL, the Host field names the server.
  const start = url.startsWith("/") && field ? expand(field.value.text, field.range.start) : url;
  const target = targetOf(start)?.url;
  return target?.protocol === "https:" ? target.host : undefined;
}
