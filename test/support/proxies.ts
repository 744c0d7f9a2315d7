import { connect, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { type LoopbackServer, listenOnLoopback } from "../../src/demo/loopback.ts";

/** What a proxy got from its clients, without the TLS of an HTTPS proxy itself. */
export interface TestProxy extends LoopbackServer, AsyncDisposable {
  /** All bytes that clients sent, the tunnels' included, as Latin-1. */
  readonly received: string;
  /** Those before each tunnel: heads of CONNECT requests, or the messages of SOCKS in turn. */
  readonly asked: readonly string[];
  /** `host:port` of each tunnel that was opened. */
  readonly tunnels: readonly string[];
}

/** Names that only the proxy can look up: `api.example.test:443` and the loopback port that it leads to. */
export type ProxyNames = Readonly<Record<string, number>>;

export interface ConnectProxyOptions {
  readonly names?: ProxyNames;
  /** An HTTPS proxy: TLS to the proxy itself. */
  readonly tls?: TlsOptions;
  /** `user:password` that it asks for. */
  readonly login?: string;
  /** In place of a tunnel: what it does with a client that has asked for one. */
  readonly answer?: (client: Socket, head: string) => void;
  /** The reply to CONNECT. */
  readonly established?: string;
}

/** An HTTP or HTTPS proxy that opens tunnels with CONNECT and nothing else. */
export function startConnectProxy(options: ConnectProxyOptions = {}): Promise<TestProxy> {
  const { names = {}, tls, login, answer, established = "HTTP/1.1 200 Connection established\r\n\r\n" } = options;
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;
  return startProxy(tls, async (client, { read, log, open }) => {
    const head = await read((text) => text.includes("\r\n\r\n") && text.indexOf("\r\n\r\n") + 4);
    log.asked.push(head);
    if (answer) return answer(client, head);
    const authorization = /^proxy-authorization: (.*?)\r$/im.exec(head)?.[1];
    if (authorization !== expected && expected !== undefined) {
      const challenge =
        'Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm="proxy, of tests", charset="UTF-8"';
      return client.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${challenge}\r\nContent-Length: 0\r\n\r\n`);
    }
    const target = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? "";
    const port = names[target];
    if (port === undefined) return client.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno\n");
    open(target, port, established);
  });
}

export interface SocksProxyOptions {
  readonly names?: ProxyNames;
  /** `user:password` that it asks for (RFC 1929). */
  readonly login?: string;
  /** RFC 1928 §6: the code that it refuses with. */
  readonly refusal?: number;
  /** In place of the protocol: what it does with a client that has sent its first bytes. */
  readonly answer?: (client: Socket) => void;
}

/** A SOCKS 5 proxy (RFC 1928) that knows names, IPv4 and IPv6 addresses. */
export function startSocksProxy(options: SocksProxyOptions = {}): Promise<TestProxy> {
  const { names = {}, login, refusal, answer } = options;
  return startProxy(undefined, async (client, { read, log, open }) => {
    const greeting = await read((text) => text.length >= 2 && 2 + text.charCodeAt(1));
    log.asked.push(greeting);
    if (answer) return answer(client);
    const method = login === undefined ? 0 : 2;
    if (!greeting.slice(2).includes(String.fromCharCode(method))) return client.end(Buffer.from([5, 0xff]));
    client.write(Buffer.from([5, method]));
    if (login !== undefined) {
      const message = await read((text) => {
        const user = text.charCodeAt(1);
        return text.length > 2 + user && 3 + user + text.charCodeAt(2 + user);
      });
      log.asked.push(message);
      const user = message.charCodeAt(1);
      const given = Buffer.from(`${message.slice(2, 2 + user)}:${message.slice(3 + user)}`, "latin1").toString("utf8");
      if (given !== login) return client.end(Buffer.from([1, 1]));
      client.write(Buffer.from([1, 0]));
    }
    const wanted = await read((text) => text.length >= 5 && 6 + addressSize(text));
    log.asked.push(wanted);
    const target = targetOf(wanted);
    const port = names[target];
    const code = refusal ?? (port === undefined ? 4 : 0);
    const reply = Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 0]);
    if (code !== 0 || port === undefined) return client.end(reply);
    open(target, port, reply);
  });
}

function addressSize(request: string): number {
  const type = request.charCodeAt(3);
  return type === 1 ? 4 : type === 4 ? 16 : 1 + request.charCodeAt(4);
}

function targetOf(request: string): string {
  const bytes = Buffer.from(request, "latin1");
  const address = bytes.subarray(4, 4 + addressSize(request));
  const port = bytes.readUInt16BE(4 + address.length);
  if (bytes[3] === 3) return `${address.toString("latin1", 1)}:${port}`;
  if (bytes[3] === 1) return `${[...address].join(".")}:${port}`;
  const groups = (address.toString("hex").match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
  return `[${groups.join(":")}]:${port}`;
}

interface ProxyPorts {
  /** Waits until `sizeOf` gives the size of a message, and takes that off. */
  readonly read: (sizeOf: (text: string) => number | false) => Promise<string>;
  readonly log: { readonly asked: string[] };
  /** Opens the tunnel to a loopback port and says so. */
  readonly open: (target: string, port: number, reply: string | Uint8Array) => void;
}

async function startProxy(
  tls: TlsOptions | undefined,
  serve: (client: Socket, ports: ProxyPorts) => Promise<unknown>,
): Promise<TestProxy> {
  const log = { received: "", asked: [] as string[], tunnels: [] as string[] };
  const accept = (client: Socket) => {
    let waiting = "";
    let upstream: Socket | undefined;
    let wake = () => {};
    client.on("error", () => upstream?.destroy());
    client.on("close", () => upstream?.destroy());
    // The loopback server leaves this side open.
    client.on("end", () => client.end());
    client.on("data", (chunk: Buffer) => {
      const text = chunk.toString("latin1");
      log.received += text;
      if (upstream) upstream.write(chunk);
      else waiting += text;
      wake();
    });
    const read: ProxyPorts["read"] = async (sizeOf) => {
      for (;;) {
        const size = sizeOf(waiting);
        if (size !== false && waiting.length >= size) {
          const message = waiting.slice(0, size);
          waiting = waiting.slice(size);
          return message;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    const open: ProxyPorts["open"] = (target, port, reply) => {
      log.tunnels.push(target);
      upstream = connect(port, "127.0.0.1", () => client.write(reply));
      upstream.on("error", () => client.destroy());
      upstream.pipe(client);
    };
    void serve(client, { read, log, open });
  };
  const secured = tls && createTlsServer(tls, accept).on("tlsClientError", (_error, socket) => socket.destroy());
  const server = await listenOnLoopback(secured ? (socket) => secured.emit("connection", socket) : accept);
  return {
    port: server.port,
    get connections() {
      return server.connections;
    },
    get open() {
      return server.open;
    },
    get received() {
      return log.received;
    },
    asked: log.asked,
    tunnels: log.tunnels,
    reset: server.reset,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}
