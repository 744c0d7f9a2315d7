import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { listenOnLoopback } from "../../../../src/demo/loopback.ts";
import { defaultTimeouts, type Timeouts } from "../../../../src/settings/model.ts";
import type { ProxyRoute, TlsProfile } from "../../../../src/settings/tls-profile.ts";
import { inspect } from "../../../../src/transport/inspect/inspect.ts";
import type { InspectionResult } from "../../../../src/transport/inspect/report.ts";
import { startHttp2Server } from "../../../support/http2-servers.ts";
import { startConnectProxy } from "../../../support/proxies.ts";
import {
  type LoopbackServer,
  serverIdentity,
  startPlainHttpServer,
  startRawTlsServer,
  startResettingServer,
  startSilentServer,
  startTlsServer,
  unusedPort,
} from "../../../support/servers.ts";
import { type Material, makeMaterial } from "../matrix/material.ts";
import { pattern } from "../matrix/row.ts";
import { noProfile } from "../support.ts";

/** OpenSSL serves the oldest versions only with what was usual then. */
const oldCiphers = { ciphers: "DEFAULT@SECLEVEL=0" } as const;

describe("inspecting a server", () => {
  let material: Material;
  let ca: NonNullable<TlsProfile["ca"]>;
  before(async () => {
    material = await makeMaterial();
    ca = [await material.file("ca.pem", material.pki.root.certificatePem, "ca")];
  });
  after(() => material.remove());

  const look = (
    port: number,
    { profile = {}, timeouts = {}, signal = new AbortController().signal, host = "localhost" }: Look = {},
  ) =>
    inspect(
      {
        host,
        port,
        profile: { ...noProfile, pattern, ca, ...profile },
        timeouts: { ...defaultTimeouts, ...timeouts },
      },
      signal,
    );

  test("each version is accepted or refused by the server, with the suite that it chose", async () => {
    await using old = await startTlsServer({
      ...serverIdentity(material.pki.server),
      ...oldCiphers,
      minVersion: "TLSv1",
      maxVersion: "TLSv1.2",
    });
    await using middle = await startTlsServer({
      ...serverIdentity(material.pki.server),
      ...oldCiphers,
      minVersion: "TLSv1.1",
      maxVersion: "TLSv1.1",
    });
    const [mixed, oneOnly] = await Promise.all([look(old.port), look(middle.port)]);
    assert.deepEqual(accepted(mixed), [true, true, true, false]);
    assert.deepEqual(accepted(oneOnly), [false, true, false, false]);
    assert.deepEqual(
      mixed.versions.map(({ cipherSuite, problem }) => [cipherSuite?.split("_")[0], problem]),
      [
        ["TLS", null],
        ["TLS", null],
        ["TLS", null],
        [undefined, null],
      ],
    );
    assert.equal(mixed.outcome.kind, "handshake");
    assert.equal(codeOf(oneOnly), "tls.protocol-version");
    assert.deepEqual([old.receivedBytes, middle.receivedBytes], [0, 0]);
  });

  test("both HTTP versions are offered: a server of HTTP/2 alone is no failure", async () => {
    await using server = await startHttp2Server(serverIdentity(material.pki.server));
    const { outcome, connection, versions } = await look(server.port);
    assert.equal(outcome.kind, "handshake");
    assert.equal(connection?.tls?.alpn, "h2");
    assert.deepEqual(
      versions.slice(2).map(({ accepted }) => accepted),
      [true, true],
    );
    assert.deepEqual(server.recorded, []);
  });

  test("a version counts as accepted where the server only misses a client certificate", async () => {
    const asking = { ca: material.pki.root.certificatePem, requestCert: true, rejectUnauthorized: true };
    await using server = await startTlsServer({ ...serverIdentity(material.pki.server), ...asking });
    const result = await look(server.port);
    assert.equal(codeOf(result), "tls.client-certificate-required");
    assert.deepEqual(accepted(result), [false, false, true, true]);
    assert.equal(server.receivedBytes, 0);
  });

  test("a refused server's versions are told too, whatever its certificate is worth", async () => {
    const weak = await material.issue({ name: "localhost", hosts: ["localhost"], keyType: "rsa-1024" });
    await using server = await startTlsServer({ ...serverIdentity(weak), ...oldCiphers });
    const result = await look(server.port);
    assert.equal(codeOf(result), "tls.weak-key");
    assert.deepEqual(accepted(result), [false, false, true, true]);
  });

  test("the time that it takes is that of the handshake, not of what is asked afterwards", async () => {
    await using server = await startTlsServer(serverIdentity(material.pki.server));
    const { timings } = await look(server.port);
    const parts = [timings.blocked, timings.dns, timings.connect, timings.ssl].map((part) => part ?? 0);
    const sum = parts.reduce((total, part) => total + part, 0);
    assert.ok(Math.abs(timings.total - sum) < 1, `${timings.total} ms in total, ${sum} ms in parts`);
  });

  test("a server that closes the connection after the handshake is verified nevertheless", async () => {
    await using server = await startRawTlsServer(serverIdentity(material.pki.server), (socket) => socket.end());
    assert.equal((await look(server.port)).outcome.kind, "handshake");
  });

  test("a server that never answers: all versions together take the time of one handshake", async () => {
    await using server = await startSilentServer();
    await using watch = await watched(server);
    const start = performance.now();
    const result = await look(watch.port, { timeouts: { handshake: 200 } });
    const took = performance.now() - start;
    assert.equal(codeOf(result), "timeout.handshake");
    assert.deepEqual(accepted(result), [null, null, null, null]);
    assert.deepEqual([...new Set(result.versions.map(({ problem }) => problem))], ["no answer in time"]);
    assert.ok(took < 1_000, `${took} ms`);
    assert.equal(watch.connections, 5);
    await closed(watch);
  });

  test("where no TLS server answers, no version is asked for", async () => {
    await using plain = await startPlainHttpServer();
    const [notTls, refused] = await Promise.all([look(plain.port), look(await unusedPort())]);
    assert.deepEqual([codeOf(notTls), notTls.versions], ["tls.not-tls", []]);
    assert.equal(plain.connections, 1);
    assert.deepEqual([codeOf(refused), refused.versions, refused.connection], ["network.refused", [], undefined]);
  });

  test("a server that cuts every connection leaves the versions unknown, with the reason", async () => {
    await using server = await startResettingServer();
    const { versions } = await look(server.port);
    assert.deepEqual([...new Set(versions.map(({ problem }) => problem))], ["the connection was cut"]);
  });

  test("every connection takes the way that the settings name, the versions' too", async () => {
    await using server = await startTlsServer(serverIdentity(material.pki.server));
    await using proxy = await startConnectProxy({ names: { "localhost:443": server.port } });
    const route: ProxyRoute = { kind: "http", host: "127.0.0.1", port: proxy.port, source: "HTTPS_PROXY" };
    const result = await look(443, { profile: { proxy: route } });
    assert.equal(result.outcome.kind, "handshake");
    assert.deepEqual(accepted(result), [false, false, true, true]);
    assert.deepEqual(proxy.tunnels, Array(5).fill("localhost:443"));
    assert.equal(server.connections, 5);
    await closed(proxy);
  });

  test("a proxy that refuses is asked once", async () => {
    await using proxy = await startConnectProxy();
    const route: ProxyRoute = { kind: "http", host: "127.0.0.1", port: proxy.port, source: "HTTPS_PROXY" };
    const result = await look(443, { profile: { proxy: route } });
    assert.deepEqual([codeOf(result), result.versions], ["network.proxy-refused", []]);
    assert.equal(proxy.connections, 1);
  });

  test("canceling ends it at once, in the handshake and between the versions, and leaves nothing open", async () => {
    await using server = await startSilentServer();
    await using silent = await watched(server);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const start = performance.now();
    const first = await look(silent.port, { signal: abort.signal });
    assert.deepEqual([codeOf(first), first.versions], ["canceled", []]);
    const later = new AbortController();
    await using secure = await startTlsServer(serverIdentity(material.pki.server));
    // The first connection gets its handshake, the one for the first version no answer.
    await using half = await watched(secure, (count) => {
      if (count === 2) setTimeout(() => later.abort(), 20);
      return count === 1;
    });
    const second = await look(half.port, { signal: later.signal });
    assert.deepEqual([codeOf(second), failureTitle(second)], ["canceled", "The inspection was canceled"]);
    assert.equal(second.connection?.tls?.verdict.verified, true);
    const early = await look(half.port, { signal: AbortSignal.abort() });
    assert.equal(codeOf(early), "canceled");
    assert.equal(half.connections, 2);
    assert.ok(performance.now() - start < 1_000);
    await closed(silent, half);
  });

  test("the texts say that an option gave the name, not the settings", async () => {
    await using server = await startTlsServer(serverIdentity(material.pki.server));
    const named = (serverName: string) =>
      look(server.port, { profile: { pattern: undefined, serverName, serverNameOption: "--servername" } });
    const wrong = await named("other.test");
    assert.equal(wrong.outcome.kind, "failure");
    const { detail, fix } = wrong.outcome.failure;
    assert.match(detail, /its certificate must be for other\.test \(--servername\), but/);
    assert.match(fix, /^Correct --servername, or take it out: then the certificate must be for localhost\.$/);
    const findings = (await named("127.0.0.1")).connection?.tls?.verdict.findings.map(({ text }) => text) ?? [];
    assert.ok(
      findings.includes("The name 127.0.0.1 is verified in place of localhost, by --servername"),
      `${findings}`,
    );
  });
});

interface Look {
  readonly profile?: Partial<TlsProfile>;
  readonly timeouts?: Partial<Timeouts>;
  readonly signal?: AbortSignal;
  readonly host?: string;
}

function accepted({ versions }: InspectionResult): (boolean | null)[] {
  return versions.map((probe) => probe.accepted);
}

function codeOf({ outcome }: InspectionResult): string | undefined {
  return outcome.kind === "failure" ? outcome.failure.code : undefined;
}

function failureTitle({ outcome }: InspectionResult): string | undefined {
  return outcome.kind === "failure" ? outcome.failure.title : undefined;
}

/** Passes everything on to a server; `open` are the clients that have not ended. `isPassed` gets their number. */
async function watched({ port }: { readonly port: number }, isPassed: (count: number) => boolean = () => true) {
  let count = 0;
  const relay = await listenOnLoopback((client) => {
    client.on("end", () => client.destroy());
    if (!isPassed(++count)) return client.resume();
    const upstream = connect(port, "127.0.0.1");
    client.pipe(upstream).pipe(client);
    upstream.on("error", () => client.destroy());
    return client.on("close", () => upstream.destroy());
  });
  return Object.assign(relay, { [Symbol.asyncDispose]: relay.close });
}

/** Waits until the servers have no connection any more. */
async function closed(...servers: readonly Pick<LoopbackServer, "open">[]): Promise<void> {
  const deadline = Date.now() + 2_000;
  while (servers.some(({ open }) => open > 0)) {
    assert.ok(Date.now() < deadline, "a connection is left open");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
