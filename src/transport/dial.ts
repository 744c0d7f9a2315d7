import dns from "node:dns";
import net from "node:net";
import type { Failure } from "../common/failure.ts";
import { isLoopbackAddress, isLoopbackHost } from "../common/loopback.ts";
import type { Connection } from "./connection.ts";
import { plainHttpFailure, unverifiedElsewhere } from "./network-failure.ts";

/**
 * Opens the connection that carries the exchange, or its TLS. `connection.socket` is the open socket at every moment, so
 * that whoever ends the exchange can destroy it. Rejects with the first error.
 */
export function dial(connection: Connection): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(tcpOptions(connection));
    connection.socket = socket;
    socket.on("connectionAttempt", () => {
      connection.times.connectStart ??= performance.now();
    });
    socket.on("error", reject);
    socket.once("close", () => reject(new Error("the connection was closed")));
    socket.once("connect", () => {
      connection.times.connectEnd = performance.now();
      connection.remoteAddress = socket.remoteAddress ?? null;
      connection.remotePort = socket.remotePort ?? null;
      resolve(socket);
    });
  });
}

function tcpOptions(connection: Connection): net.TcpNetConnectOpts {
  // Other hosts are named by the person's own settings for this; those of this machine may even get secrets.
  const isUnproven = !connection.encrypted || connection.identity?.unverified === true;
  const mustStayHere = isUnproven && isLoopbackHost(connection.host);
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
        const outside = error || !mustStayHere ? undefined : addressOutside(address);
        const refused = outside === undefined ? undefined : notHere(connection, outside);
        callback(refused ?? error, address as string, family);
      });
    },
  };
}

function notHere({ host, encrypted }: Connection, address: string): Failure {
  return encrypted ? unverifiedElsewhere(host, address) : plainHttpFailure(host, address);
}

/** It was allowed for a name of this machine; a name server must not send it to another one. */
function addressOutside(found: string | readonly dns.LookupAddress[]): string | undefined {
  const addresses = typeof found === "string" ? [found] : found.map(({ address }) => address);
  return addresses.find((address) => !isLoopbackAddress(address));
}
