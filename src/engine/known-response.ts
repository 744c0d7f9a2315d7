import type { KnownResponse } from "../common/known-response.ts";
import type { SessionEntry } from "../runner/index.ts";
import { shapeOf } from "./json-shape.ts";

/**
 * What completion may know of a response. A name that holds a secret, because the server made it out of what it was
 * sent, is left out like a value.
 */
export function knownResponse({ known }: SessionEntry): KnownResponse {
  const { response, redactor } = known;
  const { status, headers } = response;
  const isSafe = (name: string) => redactor.redact(name) === name;
  const names = new Set(headers.map(([name]) => name).filter(isSafe));
  return { status, headerNames: [...names], shape: shapeOf(readBody(response), isSafe) };
}

/** Undefined for a body that was too large to be kept. */
function readBody(part: { readonly body: Uint8Array }): Uint8Array | undefined {
  try {
    return part.body;
  } catch {
    return undefined;
  }
}
