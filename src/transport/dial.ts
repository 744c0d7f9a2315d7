import dns from "node:dns";
import net from "node:net";
import type { Failure } from "../common/failure.ts";
import { isLoopbackAddress, isLoopbackHost } from "../common/loopback.ts";
import { AttemptLog } from "./attempts.ts";
import type { Connection } from "./connection.ts";
import { plainHttpFailure, unverifiedElsewhere } from "./network-failure.ts";

/**
 * Opens the connection that carries the exchange, or its TLS: by the connection's own route, else straight to the host.
 * `connection.socket` is the open socket at every moment, so that whoever ends the exchange can destroy it. Rejects with
 * the first error.
 */
export function dial(connection: Connection): Promise<net.Socket> {
  return connection.route ? connection.route.open(connection) : dialHost(connection);
}

/** Opens TCP to the connection's host. `onSocket` gets the socket before it connects. */
export function dialHost(connection: Connection, onSocket?: (socket: net.Socket) => void): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = new net.Socket();
    const attempts = new AttemptLog(socket);
    const report = () => {
      connection.attempts = attempts.report(connection.port);
    };
    connection.socket = socket;
    onSocket?.(socket);
    socket.on("connectionAttempt", () => {
      connection.times.connectStart ??= performance.now();
    });
    socket.on("error", (error) => {
      report();
      reject(error);
    });
    socket.once("close", () => {
      report();
      reject(new Error("the connection was closed"));
    });
    socket.once("connect", () => {
      connection.times.connectEnd = performance.now();
      connection.remoteAddress = socket.remoteAddress ?? null;
      connection.remotePort = socket.remotePort ?? null;
      connection.localAddress = socket.localAddress ?? null;
      report();
      resolve(socket);
    });
    socket.connect(tcpOptions(connection, attempts));
  });
}

function tcpOptions(connection: Connection, attempts: AttemptLog): net.TcpNetConnectOpts {
  const mustStayHere = isBoundToThisMachine(connection);
  return {
    host: connection.host,
    port: connection.port,
    autoSelectFamily: true,
    noDelay: true,
    lookup: (hostname, options, callback) => {
      connection.times.dnsStart = performance.now();
      // "verbatim": the extension host's own default would put IPv4 first, whatever the resolver says.
      dns.lookup(hostname, { ...options, order: "verbatim" }, (error, address, family) => {
        connection.times.dnsEnd = performance.now();
        const found = error ? [] : addressesOf(address);
        attempts.found(found);
        // It was allowed for a name of this machine; a name server must not send it to another one.
        const outside = mustStayHere ? found.find((one) => !isLoopbackAddress(one)) : undefined;
        const refused = outside === undefined ? undefined : notHere(connection, outside);
        callback(refused ?? error, address as string, family);
      });
    },
  };
}

/**
 * A name of this machine without a certificate that verifies, or without TLS. Other hosts are named by the person's own
 * settings for this; those of this machine may even get secrets.
 */
export function isBoundToThisMachine({ host, encrypted, identity }: Connection): boolean {
  return (!encrypted || identity?.unverified === true) && isLoopbackHost(host);
}

/** `address`: where it would go, as the end of a sentence. */
export function notHere({ host, encrypted }: Connection, address: string): Failure {
  return encrypted ? unverifiedElsewhere(host, address) : plainHttpFailure(host, address);
}

function addressesOf(found: string | readonly dns.LookupAddress[]): readonly string[] {
  return typeof found === "string" ? [found] : found.map(({ address }) => address);
}
