import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { Failure } from "../../common/failure.ts";
import type { ProxyRoute } from "../../settings/tls-profile.ts";
import { type Connection, newConnection } from "../connection.ts";
import { reportConnection } from "../connection-report.ts";
import { dialHost, isBoundToThisMachine, notHere } from "../dial.ts";
import { explain } from "../explain.ts";
import { type Identity, loadIdentity } from "../identity.ts";
import type { Route } from "../route.ts";
import { secure } from "../secure.ts";
import { reportChain } from "../tls-report.ts";
import { connectTunnel } from "./http-connect.ts";
import { authority } from "./names.ts";
import { proxyClosed, proxyFailure } from "./refusals.ts";
import { connectSocks } from "./socks5.ts";

/** @throws {Failure} of family `identity`, about the files of an HTTPS proxy's own settings */
export async function proxyRoute(proxy: ProxyRoute): Promise<Route> {
  const identity = proxy.profile && (await loadIdentity(proxy.profile));
  const { kind, host, port, credentials, source } = proxy;
  const way = JSON.stringify([kind, host, port, credentials, source, identity?.fingerprint]);
  return {
    key: `proxy:${createHash("sha256").update(way).digest("hex")}`,
    open: (connection) => dialThroughProxy(connection, proxy, identity),
  };
}

/**
 * Opens a tunnel: what goes through it is for the host alone, the proxy sees the TLS of the host from outside. Plain http
 * goes through a tunnel too, so that credentials of the proxy and fields of the request never stand in one message.
 */
async function dialThroughProxy(
  connection: Connection,
  proxy: ProxyRoute,
  identity: Identity | undefined,
): Promise<Socket> {
  // The proxy would ask its own machine, or its own name server.
  if (isBoundToThisMachine(connection)) throw notHere(connection, `the proxy ${authority(proxy)}`);
  const own = newConnection(proxy.host, proxy.port, identity);
  const { kind, host, port, source } = proxy;
  connection.proxy = { kind, host, port, source, tls: null };
  let failure: Failure | undefined;
  try {
    const raw = await dialHost(own, (socket) => {
      connection.socket = socket;
    });
    const socket = identity ? await secure(raw, own, identity) : raw;
    connection.socket = socket;
    await (kind === "socks5" ? connectSocks : connectTunnel)(socket, proxy, connection);
    connection.times.connectEnd = performance.now();
    return socket;
  } catch (error) {
    failure = failureOf(error, connection, proxy, own);
    throw failure;
  } finally {
    const { dnsStart, dnsEnd, connectStart } = own.times;
    Object.assign(connection.times, { dnsStart, dnsEnd, connectStart });
    connection.attempts = own.attempts;
    connection.remoteAddress = own.remoteAddress;
    connection.remotePort = own.remotePort;
    connection.localAddress = own.localAddress;
    connection.proxy = { kind, host, port, source, tls: reportConnection(own, false, failure).tls };
  }
}

function failureOf(error: unknown, target: Connection, proxy: ProxyRoute, own: Connection): Failure {
  if (error instanceof Failure && error.code.startsWith("network.proxy")) return error;
  const { host, port } = proxy;
  const cause = error instanceof Error ? error : new Error(String(error));
  const progress = { host, port, connection: own, chain: reportChain(own), responseStarted: false };
  const failure = explain(cause, progress);
  if (failure.code === "network.reset") return proxyClosed(proxy, target, cause);
  const { code, title, detail } = failure;
  if (!code.startsWith("tls.")) {
    const fix = `Check host and port of the proxy in ${proxy.source}, and that it runs.`;
    const unreachable = `The proxy ${authority(proxy)} cannot be reached`;
    return proxyFailure(proxy, target, {
      code: "network.proxy",
      title: unreachable,
      detail: `${title}. ${detail}`,
      fix,
      cause,
    });
  }
  const isPlain = code === "tls.not-tls";
  const fix = isPlain ? `Write http:// in place of https:// in ${proxy.source} if it is an HTTP proxy.` : failure.fix;
  return proxyFailure(proxy, target, {
    code,
    title: `The HTTPS proxy ${authority(proxy)}: ${title}`,
    detail,
    fix,
    cause,
  });
}
