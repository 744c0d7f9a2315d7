import { createTestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../support/servers.ts";

/* The server of the comparison, forked into a process of its own. Sends what it is at the start, then its handshakes when asked. */

export interface BenchServer {
  readonly port: number;
  readonly ca: string;
}

const body = JSON.stringify({ id: 1, text: "x".repeat(1000) });
const pki = await createTestPki();
const server = await startTlsServer({
  ...serverIdentity(pki.server),
  handler: (_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(body);
  },
});
process.on("message", () => process.send?.(server.handshakes));
process.on("disconnect", () => process.exit());
process.send?.({ port: server.port, ca: pki.root.certificatePem } satisfies BenchServer);
