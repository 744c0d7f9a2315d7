import { Readable, type Writable } from "node:stream";
import type { Dispatcher } from "undici";
import { BodyStream } from "../body-stream.ts";
import type { Field } from "./fields.ts";

/** A request as the clients of ours need it. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  /** One character for each octet. */
  readonly fields: readonly Field[];
  readonly body: Uint8Array | Readable | undefined;
  /** Bytes of the body; undefined for one whose length is not known. */
  readonly length: number | undefined;
}

export function outgoing({ method, path, headers, body }: Dispatcher.DispatchOptions): Outgoing {
  const flat = Array.isArray(headers) ? headers.map(String) : [];
  const fields = flat.flatMap((name, index): Field[] => (index % 2 === 0 ? [[name, flat[index + 1] ?? ""]] : []));
  const stated = fields.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  const content = contentOf(body);
  const length = content instanceof Readable ? numberOf(stated) : (content?.length ?? 0);
  return { method, path, fields, body: length === 0 ? undefined : content, length };
}

function contentOf(body: Dispatcher.DispatchOptions["body"]): Uint8Array | Readable | undefined {
  if (body instanceof Uint8Array || body instanceof Readable) return body;
  return typeof body === "string" ? Buffer.from(body) : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Writes a body as fast as it is taken; `failed` gets what went wrong while it was read. */
export function upload(body: Outgoing["body"], to: Writable, failed: (error: Error) => void): void {
  if (!(body instanceof Readable)) {
    to.end(body);
    return;
  }
  if (body instanceof BodyStream) body.isSent = () => to.writableLength === 0;
  body.once("error", failed);
  body.pipe(to);
}

/** Lets go of the file behind a body that is not, or no more, read. */
export function dropBody(body: unknown): void {
  if (!(body instanceof Readable) || body.destroyed) return;
  body.once("error", () => undefined);
  body.destroy();
}
