import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { BenchServer } from "./server.ts";

export interface BenchServerProcess extends BenchServer {
  /** TLS handshakes so far. */
  handshakes(): Promise<number>;
  stop(): void;
}

export async function startBenchServer(): Promise<BenchServerProcess> {
  const child = fork(join(import.meta.dirname, "server.ts"));
  const answer = async () => (await once(child, "message"))[0] as unknown;
  const started = (await answer()) as BenchServer;
  return {
    ...started,
    handshakes: () => {
      child.send("handshakes");
      return answer() as Promise<number>;
    },
    stop: () => void child.kill(),
  };
}
