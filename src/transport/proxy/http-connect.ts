import type { Socket } from "node:net";
import type { ProxyRoute } from "../../settings/tls-profile.ts";
import { authority } from "./names.ts";
import { notHttp, refusedTunnel, tooLongReply } from "./refusals.ts";
import { ReplyReader } from "./reply-reader.ts";
import type { TunnelTarget } from "./target.ts";

/** Of all responses together, in bytes: as large as the heads of most servers may be. */
const longestHead = 16 * 1024;

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110 §9.3.6). Afterwards the socket leads to the target.
 * @throws {Failure} of family `network`
 */
export async function connectTunnel(socket: Socket, proxy: ProxyRoute, target: TunnelTarget): Promise<void> {
  const to = authority(target);
  const lines = [`CONNECT ${to} HTTP/1.1`, `Host: ${to}`];
  if (proxy.credentials) lines.push(`Proxy-Authorization: ${basic(proxy.credentials)}`);
  const reader = new ReplyReader(socket);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  for (let read = 0; ; ) {
    const head = (await reader.read((bytes) => headSize(bytes, proxy, target))).toString("latin1");
    const [, status = "", reason = ""] = statusLine.exec(head) ?? [];
    if (status === "") throw notHttp(proxy, target, head);
    read += head.length;
    if (read > longestHead) throw tooLongReply(proxy, target, longestHead);
    // An interim response (RFC 9110 §15.2); 101 would make it another protocol.
    if (status.startsWith("1") && status !== "101") continue;
    if (!status.startsWith("2"))
      throw refusedTunnel(proxy, target, { status: Number(status), reason, schemes: schemesOf(head) });
    if (reader.rest > 0) throw notHttp(proxy, target, undefined);
    return;
  }
}

const statusLine = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?\r?\n/;

/** Something that cannot become an HTTP response is not waited for. */
function headSize(bytes: Buffer, proxy: ProxyRoute, target: TunnelTarget): number | undefined {
  const begin = "HTTP/1.";
  const start = bytes.toString("latin1", 0, begin.length);
  if (!begin.startsWith(start)) throw notHttp(proxy, target, bytes.toString("latin1", 0, longestHead));
  const text = bytes.toString("latin1", 0, longestHead);
  const end = /\r?\n\r?\n/.exec(text);
  if (end) return end.index + end[0].length;
  if (bytes.length >= longestHead) throw tooLongReply(proxy, target, longestHead);
  return undefined;
}

/** The schemes of RFC 9110 §11.7.1, in the proxy's order. */
function schemesOf(head: string): readonly string[] {
  const fields = Array.from(head.matchAll(/^proxy-authenticate:[ \t]*([^\r\n]*)/gim), ([, value = ""]) => value);
  const names = fields.flatMap((field) =>
    Array.from(
      field.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/(?:^|,)[ \t]*([a-z][\w-]{0,29})(?=[ \t,]|$)/gi),
      ([, name = ""]) => name,
    ),
  );
  return [...new Set(names)].slice(0, 8);
}

/** RFC 7617 §2, in UTF-8. */
function basic({ username, password }: NonNullable<ProxyRoute["credentials"]>): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}
