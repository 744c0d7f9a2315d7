import type { Socket } from "node:net";
import type { AttemptReport } from "./report.ts";

interface Attempt {
  readonly address: string;
  readonly port: number;
  readonly start: number;
  outcome?: AttemptReport["outcome"];
  end?: number;
  problem?: string;
}

/**
 * The addresses that a socket tries, one after the other until one answers (RFC 8305), as Node tells them. A socket that
 * is closed before one answers was still trying the last one: it counts as timed out.
 */
export class AttemptLog {
  readonly #attempts: Attempt[] = [];
  #found: readonly string[] = [];

  /** Before the socket begins to connect. */
  constructor(socket: Socket) {
    socket.on("connectionAttempt", (address, port) => {
      this.#attempts.push({ address, port, start: performance.now() });
    });
    socket.on("connectionAttemptFailed", (address, _port, _family, error) => {
      this.#end(address, "failed", String((error as { code?: unknown }).code ?? error.message));
    });
    socket.on("connectionAttemptTimeout", (address) => this.#end(address, "timed out"));
    socket.once("connect", () => this.#end(socket.remoteAddress ?? "", "connected"));
  }

  /** The addresses that the name has, in the order in which they are tried. */
  found(addresses: readonly string[]): void {
    this.#found = addresses;
  }

  /** As far as it has come: the last time after the connection was made or refused. */
  report(port: number): readonly AttemptReport[] {
    const tried = this.#attempts.map(({ address, port: to, start, end, outcome, problem }): AttemptReport => {
      const milliseconds = (end ?? performance.now()) - start;
      return { address, port: to, outcome: outcome ?? "timed out", milliseconds, problem: problem ?? null };
    });
    const rest = this.#found.filter((address) => !tried.some((attempt) => attempt.address === address));
    return [
      ...tried,
      ...rest.map((address) => ({ address, port, outcome: "not needed", milliseconds: null, problem: null }) as const),
    ];
  }

  #end(address: string, outcome: AttemptReport["outcome"], problem?: string): void {
    const attempt = this.#attempts.findLast((one) => one.address === address && one.outcome === undefined);
    if (!attempt) return;
    attempt.outcome = outcome;
    attempt.end = performance.now();
    if (problem !== undefined) attempt.problem = problem;
  }
}
