import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { symlink } from "node:fs/promises";
import { delimiter } from "node:path";
import { after, before, describe, test } from "node:test";
import tls from "node:tls";
import { promisify } from "node:util";
import type { TlsProfile } from "../../../src/settings/tls-profile.ts";
import { findSource } from "../../../src/transport/authorities.ts";
import { loadIdentity } from "../../../src/transport/identity.ts";
import type { TrustEnvironment } from "../../../src/transport/trust.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "./support.ts";

describe("the authorities that are trusted", () => {
  let pki: TestPki;
  let other: TestPki;
  let server: TlsServer;
  let workspace: TempWorkspace;

  before(async () => {
    [pki, other] = await Promise.all([createTestPki(), createTestPki()]);
    server = await startTlsServer(serverIdentity(pki.server));
    const both = other.root.certificatePem + pki.root.certificatePem;
    workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      "other.pem": other.root.certificatePem,
      "both.pem": both,
      "mixed/README.txt": "not a certificate",
      "mixed/client.key": pki.client.privateKeyPem,
      "mixed/key.pem": pki.client.privateKeyPem,
      "mixed/a.crt": other.root.certificatePem,
      "mixed/b.cer": pki.root.certificate.raw,
      "hashed/4f2c1a3b.0": pki.root.certificatePem,
      "hashed/4f2c1a3b.r0": "a revocation list",
      "none/README.txt": pki.root.certificatePem,
      "broken/cut.pem": pki.root.certificatePem.slice(0, 200),
      "broken/whole.pem": pki.root.certificatePem,
    });
  });
  after(async () => {
    await server.close();
    await workspace.remove();
  });

  const file = (name: string) => ({ ...fileReference(workspace.path(name), "ca › 0"), folders: [workspace.root] });
  const trusting = (...names: string[]): TlsProfile => ({ ...noProfile, pattern: "localhost:*", ca: names.map(file) });

  for (const [title, ...names] of [
    ["a file", "ca.pem"],
    ["a file with several", "both.pem"],
    ["several files", "other.pem", "ca.pem"],
    ["a folder of .crt and .cer files, with a key among them", "mixed"],
    ["a folder of hashed names", "hashed"],
    ["a folder beside a file", "other.pem", "hashed"],
  ] as const) {
    test(`${title}`, async () => {
      const { outcome, connection } = await sendOnce(get(server.url, { profile: trusting(...names) }));
      assert.equal(outcome.kind === "response" && outcome.response.status, 200);
      assert.match(
        connection?.tls?.verdict.trust ?? "",
        new RegExp(`${names.at(-1)} \\(padlock\\.hosts › localhost:\\* › ca\\)`),
      );
    });
  }

  for (const [title, name, code, words] of [
    ["a folder without certificates", "none", "identity.not-pem", /The folder none holds no certificate/],
    ["a folder with a damaged one names the file", "broken", "identity.not-pem", /broken\/cut\.pem.*is cut off/],
    ["a folder that is not there", "nowhere", "identity.file-missing", /nowhere/],
  ] as const) {
    test(`${title}: ${code}, and nothing is sent`, async () => {
      const { connections } = server;
      const failure = failureOf(await sendOnce(get(server.url, { profile: trusting(name) })));
      assert.equal(failure.code, code);
      assert.match(`${failure.title} ${failure.detail}`, words);
      assert.equal(server.connections, connections);
    });
  }

  test("a folder's link that leads out of the workspace is refused", {
    skip: process.platform === "win32",
  }, async () => {
    await using outside = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
    await workspace.write("linked/other.pem", other.root.certificatePem);
    await symlink(outside.path("ca.pem"), workspace.path("linked/ca.pem"));
    const linked = await sendOnce(get(server.url, { profile: trusting("linked") }));
    assert.equal(failureOf(linked).code, "policy.path-outside-workspace");
    await symlink(outside.root, workspace.path("away"));
    const away = await sendOnce(get(server.url, { profile: trusting("away") }));
    assert.equal(failureOf(away).code, "policy.path-outside-workspace");
  });

  /** Does a client that trusts what this identity does accept the server? */
  async function accepts(profile: TlsProfile, environment: TrustEnvironment): Promise<boolean> {
    const { context } = await loadIdentity(profile, environment);
    const options = { port: server.port, host: "localhost", servername: "localhost", secureContext: context };
    const socket = tls.connect({ ...options, rejectUnauthorized: false });
    await once(socket, "secureConnect");
    socket.destroy();
    return socket.authorized;
  }

  test("SSL_CERT_FILE and SSL_CERT_DIR take the place of the system's, where no ca names others", async () => {
    const folders = [workspace.path("none-such"), workspace.path("hashed")];
    assert.equal(await accepts(noProfile, {}), false);
    assert.equal(await accepts(noProfile, { SSL_CERT_FILE: workspace.path("ca.pem") }), true);
    assert.equal(await accepts(noProfile, { SSL_CERT_DIR: workspace.path("hashed") }), true);
    await assert.rejects(loadIdentity(noProfile, { SSL_CERT_DIR: folders.join(delimiter) }), {
      code: "identity.file-missing",
      setting: "SSL_CERT_DIR",
    });
    assert.equal(await accepts(trusting("other.pem"), { SSL_CERT_FILE: workspace.path("ca.pem") }), false);
    const withSystem: TlsProfile = { ...noProfile, ca: [file("other.pem"), "system"] };
    assert.equal(await accepts(withSystem, {}), false);
    assert.equal(await accepts(withSystem, { SSL_CERT_FILE: workspace.path("ca.pem") }), true);
  });

  test("and are named: in what is trusted, and as where a root comes from", async () => {
    const path = workspace.path("ca.pem");
    const { trust, trustLabel } = await loadIdentity(noProfile, { SSL_CERT_FILE: path });
    const [first, second] = trustLabel.split(/,? and |, /);
    assert.deepEqual([first, second], ["the authorities bundled with the runtime", `${path} (SSL_CERT_FILE)`]);
    assert.equal(findSource(trust, pki.root.certificatePem)?.label, `${path} (SSL_CERT_FILE)`);
  });

  test("what SSL_CERT_FILE names must be there and hold certificates", async () => {
    for (const [path, code] of [
      [workspace.path("none.pem"), "identity.file-missing"],
      [workspace.path("mixed/key.pem"), "identity.not-pem"],
    ] as const) {
      await assert.rejects(loadIdentity(noProfile, { SSL_CERT_FILE: path }), { code, setting: "SSL_CERT_FILE" });
    }
  });

  test("no certificate is trusted twice: the system's are mostly those of the runtime", async () => {
    const { ca } = await loadIdentity(noProfile, {});
    assert.equal(new Set(ca.map((pem) => pem.replace(/\s/g, ""))).size, ca.length);
    assert.ok(ca.length >= tls.rootCertificates.length);
    const response = await sendOnce(get(server.url, { profile: trusting("both.pem", "ca.pem") }));
    assert.equal(responseOf(response).status, 200);
  });

  test("what NODE_EXTRA_CA_CERTS adds is named, and only where it adds something", async () => {
    // It is read when a process starts.
    const script = `
      import { describeTrust } from "./src/transport/trust.ts";
      import { noProfile } from "./test/unit/transport/support.ts";
      console.log(describeTrust(noProfile, {}));`;
    const describe = async (NODE_EXTRA_CA_CERTS: string) => {
      const options = { cwd: `${import.meta.dirname}/../../..`, env: { ...process.env, NODE_EXTRA_CA_CERTS } };
      const run = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], options);
      return run.stdout.trim();
    };
    const plain = "the authorities bundled with the runtime";
    assert.deepEqual(await Promise.all([describe(""), describe(workspace.path("ca.pem"))]), [
      `${plain} and those of the operating system`,
      `${plain}, those of the operating system and those of NODE_EXTRA_CA_CERTS`,
    ]);
  });
});
