import type { KnownExchange } from "../values/sources.ts";
import { headerValue } from "./message-text.ts";

/** Names, indices and wildcards, which say where a value stands and nothing of what other values are. */
const jsonSteps =
  /^\$?(?:[\p{L}\p{N}_-]+|\*)?(?:\.{1,2}(?:[\p{L}\p{N}_-]+|\*)|\.{0,2}\[(?:\*|-?\d+|"[^"\\\]]*"|'[^'\\\]]*')\])*$/u;
const xmlSteps = /^(?:\/{1,2}@?(?:[\p{L}_][\p{L}\p{N}_.:-]*(?:\(\))?|\*|\.{1,2})(?:\[\d+\])*)+$/u;

/** Charsets in which ASCII text is itself. */
const plainCharset = /^(?:utf-?8|(?:us-)?ascii|latin-?1|iso-?8859-\d+|windows-125\d)$/i;

/**
 * The body that decides which text `rest` selects, beyond what stands in that text; undefined where it is nothing but
 * the text itself. `//c[. = substring(//x, 1, 1)]` selects a harmless letter, and sixteen of these spell the secret
 * in `x`. The body of a request is its author's to shape, so of it any part counts as the whole; and so does a text that
 * an unusual charset has turned into other characters.
 */
export function decidingBody({ request, response }: KnownExchange, rest: string): Uint8Array | undefined {
  const [, message = "", path = ""] = /^(request|response)\.body(?:\.(.*))?$/s.exec(rest) ?? [];
  if (message === "request") return request.body;
  if (message === "") return undefined;
  const steps = path.startsWith("/") ? xmlSteps : jsonSteps;
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headerValue(response, "content-type") ?? "")?.[1] ?? "utf-8";
  return steps.test(path) && plainCharset.test(charset) ? undefined : response.body;
}
