import type { MessagePart } from "../values/sources.ts";
import { QueryError } from "./query-problem.ts";

/** All values of a header field, in their order, joined as RFC 9110 §5.3 joins them; undefined without one. */
export function headerValue({ headers }: MessagePart, wanted: string): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted.toLowerCase()).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

/**
 * The body as text: in the charset of `Content-Type`, else UTF-8; a byte order mark is left out.
 * @throws {QueryError} for bytes that are no text in it: a value with replaced characters is not what was received
 */
export function bodyText(part: MessagePart): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headerValue(part, "content-type") ?? "")?.[1] ?? "utf-8";
  const decoder = createDecoder(charset);
  try {
    return decoder.decode(part.body);
  } catch {
    throw new QueryError(
      `Its body is not text: some bytes are not valid ${charset}.`,
      "Only text can be put in a request.",
    );
  }
}

function createDecoder(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw new QueryError(
      `Its body has the charset "${charset}", which Padlock does not know.`,
      "Only a body of text can be used.",
    );
  }
}
