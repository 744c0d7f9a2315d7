import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../src/common/failure.ts";
import { defaultTimeouts, type Timeouts } from "../../../src/settings/model.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { handlers, serverIdentity, startSilentServer, startTlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, sendOnce } from "./support.ts";

/** Later than this after its timeout, a timer of ours is not on time, also on a busy machine. */
const tolerance = 400;

/** How many connections the server still has when they should have ended. */
async function openAfter(server: { readonly open: number }, milliseconds: number): Promise<number> {
  const deadline = performance.now() + milliseconds;
  while (server.open > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  return server.open;
}

describe("each phase ends on time, with its own code", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  const request = (url: string, timeouts: Partial<Timeouts>) =>
    get(url, {
      timeouts: { ...defaultTimeouts, ...timeouts },
      profile: { ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] },
    });

  async function expire(url: string, timeouts: Partial<Timeouts>, code: FailureCode, milliseconds: number) {
    const start = performance.now();
    const result = await sendOnce(request(url, timeouts));
    const took = performance.now() - start;
    assert.equal(failureOf(result).code, code);
    assert.ok(took >= milliseconds - 5, `not early: ${took} ms`);
    assert.ok(took < milliseconds + tolerance, `on time: ${took} ms`);
    return result;
  }

  test("handshake", async () => {
    await using server = await startSilentServer();
    const result = await expire(`https://localhost:${server.port}/`, { handshake: 150 }, "timeout.handshake", 150);
    assert.equal(result.outcome.kind === "failure" && result.outcome.requestSent, false);
  });

  test("response", async () => {
    await using server = await startTlsServer({ ...serverIdentity(pki.server), handler: handlers.neverAnswer });
    const result = await expire(server.url, { response: 150 }, "timeout.response", 150);
    assert.equal(result.outcome.kind === "failure" && result.outcome.requestSent, true);
    assert.equal(result.connection?.tls?.verdict.verified, true, "the verified connection is still reported");
  });

  test("idle", async () => {
    await using server = await startTlsServer({ ...serverIdentity(pki.server), handler: handlers.halfBodyThenStall });
    await expire(server.url, { idle: 150 }, "timeout.idle", 150);
  });

  test("total, although the server goes on sending", async () => {
    await using server = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (_request, response) => {
        const drip = setInterval(() => response.write("."), 20);
        response.on("close", () => clearInterval(drip));
      },
    });
    await expire(server.url, { total: 250, idle: 200 }, "timeout.total", 250);
  });

  for (const phase of ["handshake", "response", "body"] as const) {
    test(`cancel while in the ${phase} ends at once; an established connection is closed`, async () => {
      const handler = phase === "response" ? handlers.neverAnswer : handlers.halfBodyThenStall;
      await using silent = await startSilentServer();
      await using server = await startTlsServer({ ...serverIdentity(pki.server), handler });
      const controller = new AbortController();
      const url = phase === "handshake" ? `https://localhost:${silent.port}/` : server.url;
      const pending = sendOnce(request(url, {}), controller.signal);
      setTimeout(() => controller.abort(), 120);
      const start = performance.now();
      assert.equal(failureOf(await pending).code, "canceled");
      assert.ok(performance.now() - start < 120 + tolerance);
      if (phase !== "handshake")
        assert.equal(await openAfter(server, tolerance), 0, "the server saw its connection end");
    });
  }

  test("a request canceled before it starts is not sent", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    assert.equal(failureOf(await sendOnce(request(server.url, {}), AbortSignal.abort())).code, "canceled");
    assert.equal(server.connections, 0);
  });
});

test("connect: an address that answers nothing", { skip: process.platform !== "linux" }, async (context) => {
  // A listener whose queue is full drops further SYNs, so that a connect neither succeeds nor fails.
  const { connect } = await import("node:net");
  const { spawn } = await import("node:child_process");
  const script =
    "const s=require('net').createServer();s.listen({port:0,host:'127.0.0.1',backlog:1},()=>{process.stdout.write(String(s.address().port));setTimeout(()=>{const e=Date.now()+8000;while(Date.now()<e);},50)})";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  context.after(() => child.kill("SIGKILL"));
  const port = await new Promise<number>((resolve) => child.stdout.once("data", (data) => resolve(Number(data))));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const fillers = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  context.after(() => {
    for (const filler of fillers) filler.destroy();
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = performance.now();
  const result = await sendOnce(get(`https://127.0.0.1:${port}/`, { timeouts: { ...defaultTimeouts, connect: 150 } }));
  assert.equal(failureOf(result).code, "timeout.connect");
  assert.ok(performance.now() - start < 150 + tolerance + 200);
});
