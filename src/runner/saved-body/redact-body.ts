import type { Redactor } from "../../secrets/index.ts";

/**
 * The body with every secret in it replaced; the very same bytes where it holds none. What the server says of its
 * encoding is not asked for: it could say anything.
 */
export function redactBody(body: Uint8Array, redactor: Redactor): Uint8Array {
  if (redactor.isEmpty || body.length === 0) return body;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // In UTF-16 one byte of each letter of ASCII is 0; nothing else that is text has such bytes.
  const without16 = bytes.includes(0) ? redactUtf16(redactUtf16(bytes, redactor), redactor, true) : bytes;
  const redacted = redactor.redactBytes(without16);
  return Buffer.compare(redacted, bytes) === 0 ? body : redacted;
}

/** Every two bytes are a character: all but those of secrets stay as they are. An odd one at the end is none. */
function redactUtf16(bytes: Buffer, redactor: Redactor, isBigEndian = false): Buffer {
  const end = bytes.length - (bytes.length % 2);
  const inOrder = (text: Buffer) => (isBigEndian ? Buffer.from(text).swap16() : text);
  const text = inOrder(bytes.subarray(0, end)).toString("utf16le");
  const redacted = redactor.redact(text);
  if (redacted === text) return bytes;
  return Buffer.concat([inOrder(Buffer.from(redacted, "utf16le")), bytes.subarray(end)]);
}
