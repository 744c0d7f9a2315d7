import net from "node:net";
import tls from "node:tls";
import { Failure } from "../../common/failure.ts";
import { alertNumber } from "../alert-failure.ts";
import { type Connection, newConnection, verifiedName } from "../connection.ts";
import { dial } from "../dial.ts";
import { hasOpenSsl } from "../runtime.ts";
import type { VersionProbe } from "./report.ts";

type Protocol = VersionProbe["protocol"];

const protocols: readonly Protocol[] = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

/**
 * Tries each version on a connection of its own, to the same place and by the same route. Nothing is verified and
 * nothing sent, not even a client certificate: only whether the server goes on with the version counts.
 * `milliseconds`: for all of them together.
 */
export async function probeVersions(
  of: Connection,
  milliseconds: number,
  signal: AbortSignal,
): Promise<VersionProbe[]> {
  const end = performance.now() + milliseconds;
  const probes: VersionProbe[] = [];
  // One after the other: a server that limits connections would answer wrongly.
  for (const protocol of protocols) {
    if (signal.aborted) break;
    // What a quick answer leaves is for those after it, so that one that never comes does not take the time of all.
    const share = Math.max(0, end - performance.now()) / (protocols.length - probes.length);
    probes.push(await probe(of, protocol, share, signal));
  }
  return probes;
}

async function probe(
  { host, port, identity, route, protocols: offered }: Connection,
  protocol: Protocol,
  milliseconds: number,
  signal: AbortSignal,
): Promise<VersionProbe> {
  const connection = newConnection(host, port, identity, route);
  connection.protocols = offered;
  let isLate = false;
  const stop = () => connection.socket?.destroy();
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, milliseconds);
  signal.addEventListener("abort", stop);
  try {
    return await handshake(await dial(connection), connection, protocol);
  } catch (error) {
    if (isRefusal(error)) return { protocol, accepted: false, cipherSuite: null, problem: null };
    return { protocol, accepted: null, cipherSuite: null, problem: isLate ? "no answer in time" : wordsOf(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Resolves once the server has gone on with the version; rejects with what ended the connection before. */
function handshake(raw: net.Socket, connection: Connection, protocol: Protocol): Promise<VersionProbe> {
  const name = verifiedName(connection);
  const connect = (tls as { __vscodeOriginal?: { connect?: typeof tls.connect } }).__vscodeOriginal?.connect;
  return new Promise((resolve, reject) => {
    const socket = (connect ?? tls.connect)({
      socket: raw,
      servername: net.isIP(name) ? "" : name,
      minVersion: protocol,
      maxVersion: protocol,
      // OpenSSL's levels refuse the old versions, and the keys that went with them. BoringSSL has none.
      ...(hasOpenSsl && { ciphers: "DEFAULT@SECLEVEL=0" }),
      minDHSize: 1,
      ALPNProtocols: [...connection.protocols],
      // Whether the certificate verifies is told by the handshake that counts.
      rejectUnauthorized: false,
    });
    connection.socket = socket;
    const accept = () => {
      const { standardName } = socket.getCipher() ?? {};
      resolve({ protocol, accepted: true, cipherSuite: standardName ?? null, problem: null });
    };
    // The keys are agreed on: a server that wants a client certificate refuses only after that.
    socket.once("keylog", accept);
    socket.once("secureConnect", accept);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server closed the connection")));
  });
}

/** Alerts of a server that does not speak the version: handshake_failure, protocol_version, insufficient_security. */
const refusals: readonly (number | undefined)[] = [40, 70, 71];

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return refusals.includes(alertNumber(error)) || /UNSUPPORTED_PROTOCOL|VERSION_TOO/.test(codeOf(error));
}

const words: readonly (readonly [code: RegExp, words: string])[] = [
  [/^ECONNRESET$|^EPIPE$/, "the connection was cut"],
  [/^ECONNREFUSED$/, "the connection was refused"],
  [/NO_PROTOCOLS_AVAILABLE|NO_CIPHERS_AVAILABLE/, "not available on this runtime"],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/, "the answer was no TLS"],
];

/** Why it is not known: a few words without a full stop. */
function wordsOf(error: unknown): string {
  if (error instanceof Failure) return error.title;
  const code = codeOf(error);
  const known = words.find(([pattern]) => pattern.test(code))?.[1];
  return known ?? (code || (error instanceof Error ? error.message : String(error)));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
