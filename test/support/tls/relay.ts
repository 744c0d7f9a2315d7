import { connect, type Socket } from "node:net";
import { listenOnLoopback } from "../../../src/demo/loopback.ts";
import type { DisposableServer } from "../broken-servers.ts";
import { recordsIn } from "./raw.ts";

export type Cut = "after ServerHello" | "in the middle of the certificate";

/** Passes everything on to a TLS server on `port`, up to a place in that server's first flight; then it closes. */
export async function startCuttingRelay(port: number, cut: Cut): Promise<DisposableServer> {
  const server = await listenOnLoopback((client) => {
    const upstream = connect(port, "127.0.0.1");
    client.pipe(upstream);
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
    passUpTo(upstream, client, cut);
  });
  return Object.assign(server, { [Symbol.asyncDispose]: server.close });
}

function passUpTo(from: Socket, to: Socket, cut: Cut): void {
  let flight = Buffer.alloc(0);
  from.on("data", (chunk: Buffer) => {
    flight = Buffer.concat([flight, chunk]);
    const first = recordsIn(flight)[0]?.bytes.length;
    const end = first === undefined ? undefined : first + (cut === "after ServerHello" ? 0 : 200);
    if (end === undefined || flight.length < end || to.writableEnded) return;
    to.end(flight.subarray(0, end));
    from.destroy();
  });
}
