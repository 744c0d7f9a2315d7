import type { Socket } from "node:net";
import { Failure } from "../../common/failure.ts";
import { type Connection, newConnection } from "../connection.ts";
import { reportConnection } from "../connection-report.ts";
import { explain } from "../explain.ts";
import { loadIdentity } from "../identity.ts";
import { openConnection } from "../open-connection.ts";
import { authority } from "../proxy/names.ts";
import { loadRoute } from "../route.ts";
import { Canceled } from "../timeouts.ts";
import { readTimings } from "../timings.ts";
import { reportChain } from "../tls-report.ts";
import type { InspectionResult } from "./report.ts";
import type { InspectionRequest } from "./request.ts";
import { probeVersions } from "./versions.ts";

/**
 * Milliseconds after the handshake: in TLS 1.3 a server that refuses the client's certificate says so only then, and
 * session tickets come then. Longer where it has asked for a certificate.
 */
const patience = { asked: 700, notAsked: 150 };

/** A handshake as for a request, then nothing but its end; then the versions, each apart. Never rejects. */
export async function inspect(request: InspectionRequest, signal: AbortSignal): Promise<InspectionResult> {
  const start = performance.now();
  let connection: Connection | undefined;
  let failure: Failure | undefined;
  try {
    const identity = await loadIdentity(request.profile);
    connection = newConnection(request.host, request.port, identity, await loadRoute(request.profile));
    // No request is sent that would ask for one of them alone: which one the server chooses is a part of the answer.
    connection.protocols = ["h2", "http/1.1"];
    await shakeHands(connection, request, signal);
  } catch (error) {
    failure = explainFor(request, connection, error);
  }
  // Not the time for which it was listened to afterwards.
  const end = (failure ? undefined : connection?.times.secureEnd) ?? performance.now();
  const versions =
    connection && mayKnowVersions(connection, failure)
      ? await probeVersions(connection, request.timeouts.handshake, signal)
      : [];
  if (signal.aborted) failure ??= canceled(request);
  const reached = connection?.times.connectEnd !== undefined || connection?.proxy?.tls;
  return {
    outcome: failure ? { kind: "failure", failure, requestSent: false } : { kind: "handshake" },
    connection: connection && reached ? reportConnection(connection, false, failure) : undefined,
    timings: readTimings({ start, connection, reused: false, end }),
    notes: connection?.identity?.notes ?? [],
    versions,
  };
}

async function shakeHands(connection: Connection, { timeouts }: InspectionRequest, signal: AbortSignal): Promise<void> {
  const cancel = () => connection.socket?.destroy(new Canceled());
  if (signal.aborted) throw new Canceled();
  signal.addEventListener("abort", cancel);
  try {
    const times = { connectTimeout: timeouts.connect, handshakeTimeout: timeouts.handshake };
    const socket = await openConnection(connection, times);
    await lastWords(socket, connection.certificateRequested !== false);
  } catch (error) {
    throw signal.aborted ? new Canceled() : error;
  } finally {
    signal.removeEventListener("abort", cancel);
    connection.socket?.destroy();
  }
}

/**
 * What the server still says on its own. Rejects where it ends the connection with an error, and where it just closes it
 * after it may have asked for a certificate: some say no more than that.
 */
function lastWords(socket: Socket, mayHaveAsked: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, mayHaveAsked ? patience.asked : patience.notAsked);
    socket.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once("close", () => {
      clearTimeout(timer);
      if (mayHaveAsked) reject(new Error("the connection was closed"));
      else resolve();
    });
    socket.resume();
  });
}

/** Is it a TLS server that was reached? It may still have refused the handshake, or not have answered this one. */
function mayKnowVersions({ proxy }: Connection, failure: Failure | undefined): boolean {
  if (!failure) return true;
  if (proxy?.tls?.verdict.verified === false || failure.code === "tls.not-tls") return false;
  return /^(?:tls\..*|timeout\.handshake|network\.reset)$/.test(failure.code);
}

function explainFor(request: InspectionRequest, connection: Connection | undefined, error: unknown): Failure {
  if (error instanceof Canceled) return canceled(request);
  return explain(error instanceof Error ? error : new Error(String(error)), {
    host: request.host,
    port: request.port,
    connection,
    chain: connection ? reportChain(connection) : [],
    responseStarted: false,
    timeoutOrigins: request.timeoutOrigins,
  });
}

function canceled(request: InspectionRequest): Failure {
  return new Failure({
    code: "canceled",
    title: "The inspection was canceled",
    detail: `You stopped it before everything was known of ${authority(request)}.`,
    fix: "Inspect it again when you are ready.",
  });
}
