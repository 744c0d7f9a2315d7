import { Failure } from "../common/failure.ts";
import type { TimeoutOrigins } from "../settings/timeout-origins.ts";
import type { Connection } from "./connection.ts";
import { maxHeaderSize } from "./http/settings.ts";
import { networkFailure, resetFailure } from "./network-failure.ts";
import { authority } from "./proxy/names.ts";
import type { CertificateReport } from "./report.ts";
import { malformedFailure } from "./response-failures.ts";
import { timeoutFailure } from "./timeout-failure.ts";
import { Canceled, PhaseTimeout } from "./timeouts.ts";
import { tlsFailure } from "./tls-failure.ts";

/** How far an exchange had come when it ended. */
export interface Progress {
  readonly host: string;
  readonly port: number;
  readonly connection: Connection | undefined;
  readonly chain: readonly CertificateReport[];
  /** Had any byte of a response come on this exchange? */
  readonly responseStarted: boolean;
  readonly timeoutOrigins?: TimeoutOrigins | undefined;
}

/** Turns whatever ended an exchange into the one failure that says why. Order matters: the most exact reason first. */
export function explain(error: Error, progress: Progress): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Canceled) return canceledFailure(error);
  if (error instanceof PhaseTimeout) return timedOut(error, progress);
  const { host, port, connection, responseStarted } = progress;
  // undici reports "other side closed" where the socket's first error was the server's alert.
  const root = connection?.firstError ?? error;
  if (root instanceof Failure) return root;
  const network = networkFailure(root, host, port, connection?.attempts);
  if (network) return network;
  if (connection?.encrypted && !responseStarted) {
    const tls = tlsFailure(root, connection, progress.chain);
    if (tls) return tls;
  }
  return malformedFailure(error, host, maxHeaderSize) ?? resetFailure(authority({ host, port }), responseStarted, root);
}

function canceledFailure(cause: Error): Failure {
  return new Failure({
    code: "canceled",
    title: "The request was canceled",
    detail: "You stopped it before the whole response had come.",
    fix: "Send it again when you are ready.",
    cause,
  });
}

function timedOut(timeout: PhaseTimeout, { host, port, connection, timeoutOrigins }: Progress): Failure {
  const proxy = connection?.proxy;
  const through = proxy ? ` through the proxy ${authority(proxy)} (${proxy.source})` : "";
  return timeoutFailure(timeout, { at: authority({ host, port }), through, origin: timeoutOrigins?.[timeout.phase] });
}
