import net, { type Socket } from "node:net";
import type { ProxyRoute } from "../../settings/tls-profile.ts";
import { notSocks, refusedBySocks, socksLoginFailed } from "./refusals.ts";
import { ReplyReader } from "./reply-reader.ts";
import type { TunnelTarget } from "./target.ts";

const version = 5;
const noLogin = 0;
const userAndPassword = 2;
const noneAcceptable = 0xff;

/**
 * Asks a SOCKS 5 proxy for a connection to the target (RFC 1928), whose name the proxy looks up, with user name and
 * password (RFC 1929) where it asks for them. Afterwards the socket leads to the target.
 * @throws {Failure} of family `network`
 */
export async function connectSocks(socket: Socket, proxy: ProxyRoute, target: TunnelTarget): Promise<void> {
  const reader = new ReplyReader(socket);
  const { credentials } = proxy;
  const methods = credentials ? [noLogin, userAndPassword] : [noLogin];
  socket.write(Buffer.from([version, methods.length, ...methods]));
  const [spoken, method = noneAcceptable] = await reader.read(exactly(2, version));
  if (spoken !== version) throw notSocks(proxy, target);
  if (method === userAndPassword && credentials) {
    socket.write(Buffer.concat([Buffer.from([1]), counted(credentials.username), counted(credentials.password)]));
    const [, status] = await reader.read(() => 2);
    if (status !== 0) throw socksLoginFailed(proxy, target);
  } else if (method === noneAcceptable) {
    throw socksLoginFailed(proxy, target);
  } else if (method !== noLogin) throw notSocks(proxy, target);

  const port = Buffer.alloc(2);
  port.writeUInt16BE(target.port);
  socket.write(Buffer.concat([Buffer.from([version, 1, 0]), address(target.host), port]));
  const [, reply = 1] = await reader.read(replySize);
  if (reply !== 0) throw refusedBySocks(proxy, target, reply);
  if (reader.rest > 0) throw notSocks(proxy, target);
  return;

  /** A proxy of another kind may send less than a reply, and then wait. */
  function exactly(size: number, first: number): (bytes: Buffer) => number {
    return (bytes) => {
      if (bytes.length > 0 && bytes[0] !== first) throw notSocks(proxy, target);
      return size;
    };
  }
  /** VER, REP, RSV, ATYP, BND.ADDR, BND.PORT (RFC 1928 §6); a refusal need not have the address. */
  function replySize(bytes: Buffer): number | undefined {
    exactly(2, version)(bytes);
    const [, code, , type, length = 0] = bytes;
    if (code !== undefined && code !== 0) return 2;
    if (bytes.length < 5) return undefined;
    const size = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? 1 + length : undefined;
    if (size === undefined) throw notSocks(proxy, target);
    return 4 + size + 2;
  }
}

/** ATYP and DST.ADDR (RFC 1928 §5). */
function address(host: string): Buffer {
  if (net.isIPv4(host)) return Buffer.from([1, ...host.split(".").map(Number)]);
  if (net.isIPv6(host)) return Buffer.from([4, ...bytesOfIpv6(host)]);
  return Buffer.concat([Buffer.from([3]), counted(host)]);
}

/** A URL writes an IPv6 address in groups of hexadecimal digits alone (WHATWG URL §3.5). */
function bytesOfIpv6(host: string): number[] {
  const [before = "", after] = host.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [groups(before), groups(after ?? "")];
  const zeros = after === undefined ? [] : new Array<number>(8 - head.length - tail.length).fill(0);
  return [...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 0xff]);
}

/** One byte that says how many follow; whoever reads the settings keeps to the 255. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
