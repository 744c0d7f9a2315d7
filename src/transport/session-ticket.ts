import { constructed, readDer, readList } from "./x509/der.ts";
import { readSmallInteger } from "./x509/values.ts";

/** A session as OpenSSL and BoringSSL write it down, in DER: the fields that tell of its ticket. */
const lifetimeHint = constructed(9);
const ticket = constructed(10);

/** What newer Node writes before it, with the length and the text of the server's name behind: a session belongs to a name. */
const nodeHeader = Buffer.from("\0nodejs:tls:session:1\0", "latin1");

/**
 * @param session of the socket's `session` event
 * @returns undefined where the session has no ticket that can be read; `lifetime` in seconds, null where the server gave
 *   no hint.
 */
export function readTicket(session: Buffer): { readonly lifetime: number | null } | undefined {
  try {
    const fields = readList(readDer(withoutHeader(session)));
    if (!fields.some(({ tag }) => tag === ticket)) return undefined;
    const hint = fields.find(({ tag }) => tag === lifetimeHint);
    return { lifetime: hint ? readSmallInteger(readList(hint, lifetimeHint)[0]) : null };
  } catch {
    return undefined;
  }
}

function withoutHeader(session: Buffer): Buffer {
  if (session.indexOf(nodeHeader) !== 0) return session;
  const { length } = nodeHeader;
  return session.subarray(length + 2 + session.readUInt16BE(length));
}
