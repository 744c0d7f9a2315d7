import { setTimeout as delay } from "node:timers/promises";
import { Client } from "undici";
import { defaultTimeouts } from "../../../src/settings/model.ts";
import type { TlsProfile } from "../../../src/settings/tls-profile.ts";
import { createTransport } from "../../../src/transport/index.ts";
import { makeWorkspace } from "../../support/temp.ts";
import type { BenchServerProcess } from "./server-process.ts";

const requests = 1500;
const rounds = 7;

/** Requests a second, medians of rounds in turn, and the handshakes that both have made together. */
export async function compareRates(
  server: BenchServerProcess,
): Promise<{ readonly padlock: number; readonly undici: number; readonly handshakes: number }> {
  const workspace = await makeWorkspace({ "ca.pem": server.ca });
  // A file that was changed just now is read with every request.
  await delay(2100);
  const before = await server.handshakes();
  const transport = createTransport();
  const client = new Client(`https://localhost:${server.port}`, { connect: { ca: server.ca }, allowH2: false });
  const send = padlockSender(transport, server.port, workspace.path("ca.pem"));
  const sendBare = async () => {
    const { body } = await client.request({ path: "/", method: "GET", headers: { accept: "application/json" } });
    await body.arrayBuffer();
  };
  try {
    const rates = { padlock: [] as number[], undici: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const padlock = await rateOf(send);
      const undici = await rateOf(sendBare);
      // The first round warms both.
      if (round > 0) rates.padlock.push(padlock) && rates.undici.push(undici);
    }
    const handshakes = (await server.handshakes()) - before;
    return { padlock: median(rates.padlock), undici: median(rates.undici), handshakes };
  } finally {
    await Promise.all([transport.close(), client.close(), workspace.remove()]);
  }
}

function padlockSender(transport: ReturnType<typeof createTransport>, port: number, ca: string) {
  const url = new URL(`https://localhost:${port}/`);
  const setting = `padlock.hosts › localhost:${port} › ca`;
  const profile: TlsProfile = {
    pattern: `localhost:${port}`,
    cert: undefined,
    key: undefined,
    pfx: undefined,
    passphrase: undefined,
    ca: [{ path: ca, value: ca, written: "ca.pem", setting, location: undefined }],
    minVersion: undefined,
    unverified: false,
  };
  const headers = [["accept", "application/json"]] as const;
  const request = { method: "GET", url, headers, body: undefined, profile, timeouts: defaultTimeouts };
  const { signal } = new AbortController();
  return async () => {
    const { outcome, connection } = await transport.send(request, signal);
    if (outcome.kind === "failure") throw outcome.failure;
    if (!connection?.tls?.verdict.verified) throw new Error("the report is not there");
  };
}

async function rateOf(send: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let sent = 0; sent < requests; sent++) await send();
  return (requests * 1000) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
