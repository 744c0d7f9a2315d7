import "reflect-metadata";
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { test } from "node:test";
import { connect } from "node:tls";
import * as x509 from "@peculiar/x509";
import fc from "fast-check";
import { checkAuthority, saveAuthority, trustPlace, writeAuthority } from "../../../src/certs/index.ts";
import { readSettings } from "../../../src/settings/index.ts";
import { SettingsDocument } from "../../../src/settings/settings-document.ts";
import { createAuthority, createSelfSigned, createTestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../support/servers.ts";
import { makeWorkspace } from "../../support/temp.ts";

const day = 86_400_000;
const now = new Date();

/** "" for a certificate that can be trusted. */
function refusal(pem: string, isLeaf: boolean): string {
  const check = checkAuthority(pem, isLeaf, now);
  return check.kind === "refused" ? check.reason : "";
}

test("a root and a self-signed server can be trusted; what needs another certificate cannot", async () => {
  const { root, intermediate, server } = await createTestPki();
  const alone = await createSelfSigned({ name: "alone", hosts: ["localhost"] });
  assert.deepEqual(checkAuthority(root.certificatePem, false, now), { kind: "authority" });
  assert.deepEqual(checkAuthority(root.certificatePem, true, now), { kind: "authority" });
  assert.deepEqual(checkAuthority(alone.certificatePem, true, now), { kind: "leaf" });
  assert.match(refusal(alone.certificatePem, false), /not made to issue/);
  assert.match(
    refusal(intermediate.certificatePem, false),
    /intermediate, which “Test Root” has issued.*Ask its owner/,
  );
  assert.match(refusal(server.certificatePem, true), /no authority: “Test Intermediate” has issued it/);
  assert.match(refusal("nothing", false), /cannot be read/);
});

test("one that is not valid now is refused with its day", async () => {
  const [from, to] = [new Date(now.getTime() - 2 * day), new Date(now.getTime() - day)];
  const expired = await createAuthority({ name: "Old", notBefore: from, notAfter: to });
  const early = await createAuthority({ name: "Early", notBefore: new Date(now.getTime() + day) });
  assert.match(refusal(expired.certificatePem, false), new RegExp(`“Old” expired on ${to.toISOString().slice(0, 10)}`));
  assert.match(refusal(early.certificatePem, false), /“Early” is valid from/);
});

test("its own words and its signature are looked at: names alone make no root", async () => {
  const keys = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const others = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const make = async (signingKey: webcrypto.CryptoKey, usages: number) => {
    const made = await x509.X509CertificateGenerator.create(
      {
        serialNumber: "01",
        subject: "CN=Fake",
        issuer: "CN=Fake",
        notBefore: new Date(now.getTime() - day),
        notAfter: new Date(now.getTime() + day),
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
        extensions: [new x509.BasicConstraintsExtension(true), new x509.KeyUsagesExtension(usages)],
      },
      webcrypto,
    );
    return made.toString("pem");
  };
  const usage = x509.KeyUsageFlags;
  assert.equal(refusal(await make(keys.privateKey, usage.keyCertSign), false), "");
  assert.match(refusal(await make(others.privateKey, usage.keyCertSign), false), /intermediate/);
  assert.match(refusal(await make(keys.privateKey, usage.digitalSignature), false), /key usage .* does not allow/);
});

test("whatever bytes a server sent, checking them ends without an exception", async () => {
  const { certificate } = await createAuthority({ name: "Root" });
  const pem = (der: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE-----\n`;
  fc.assert(
    fc.property(fc.nat(certificate.raw.length - 1), fc.nat(255), (at, byte) => {
      const der = Buffer.from(certificate.raw);
      der[at] = byte;
      assert.ok(["authority", "leaf", "refused"].includes(checkAuthority(pem(der), false, now).kind));
    }),
    { numRuns: 100 },
  );
});

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  test(`Node takes what the check lets through, and nothing that it refuses: ${version}`, async (t) => {
    const { root, intermediate, server } = await createTestPki();
    const alone = await createSelfSigned({ name: "localhost", hosts: ["localhost"] });
    const cases = [
      [server, root, true],
      [server, intermediate, false],
      [alone, alone, true],
    ] as const;
    for (const [identity, trusted, works] of cases) {
      const running = await startTlsServer({ ...serverIdentity(identity), minVersion: version, maxVersion: version });
      t.after(() => running.close());
      const code = await new Promise<string>((resolve) => {
        const ca = trusted.certificatePem;
        const socket = connect({ port: running.port, host: "127.0.0.1", servername: "localhost", ca });
        socket.on("secureConnect", () => resolve("connected"));
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
        t.after(() => socket.destroy());
      });
      assert.equal(code === "connected", works, code);
      assert.equal(refusal(trusted.certificatePem, trusted === identity) === "", works);
    }
  });
}

/** Where an authority for the URL goes, given `padlock.hosts`. */
function placeFor(url: string, hosts: object, inFile: object = hosts, environment = "") {
  const raw = {
    root: "/w",
    file: "/w/.vscode/settings.json",
    text: JSON.stringify({ "padlock.hosts": inFile }),
    values: { "padlock.hosts": hosts },
  };
  const settings = readSettings(raw);
  assert.ok(settings.ok);
  return trustPlace(raw, settings.value, new URL(url), environment);
}

test("the authority goes to the host of the URL and to no other", () => {
  const value = (...given: Parameters<typeof placeFor>) => {
    const place = placeFor(...given);
    assert.ok(place.ok, place.ok ? "" : place.error);
    return place.value;
  };
  const key = "padlock.hosts";
  assert.deepEqual(value("https://api.test/x", {}), { path: [key, "api.test"], pattern: "api.test", entry: {} });
  assert.equal(value("https://[::1]:8443/", {}).pattern, "[::1]:8443");
  const own = value("https://api.test:8443/", { "api.test:*": { ca: ["a.pem"] }, "*.test:*": { ca: ["b.pem"] } });
  assert.deepEqual(own, { path: [key, "api.test:*"], pattern: "api.test:*", entry: {} });
  const wide = { cert: "c.pem", key: "k.pem", ca: ["b.pem"] };
  assert.deepEqual(value("https://api.test:8443/", { "*.test:*": wide }), {
    path: [key, "api.test:8443"],
    pattern: "api.test:8443",
    entry: wide,
  });
  const list = [{ environment: "staging", ca: ["s.pem"] }, { ca: ["a.pem"] }];
  assert.deepEqual(value("https://api.test/", { "api.test": list }, undefined, "staging").path, [key, "api.test", "0"]);
  assert.deepEqual(value("https://api.test/", { "api.test": list }).path, [key, "api.test", "1"]);
});

test("where the workspace's settings do not decide, nothing is written", () => {
  const ofPerson = placeFor("https://api.test/", { "api.test": { ca: ["a.pem"] } }, {});
  assert.match(ofPerson.ok ? "" : ofPerson.error, /your own settings decides for api\.test/);
  const elsewhere = { "api.test": [{ environment: "staging", ca: ["s.pem"] }], "*.test": { ca: ["b.pem"] } };
  const ofEnvironment = placeFor("https://api.test/", elsewhere);
  assert.match(ofEnvironment.ok ? "" : ofEnvironment.error, /for other environments only/);
});

test("the certificate is written beside what is there, once, and into the workspace alone", async () => {
  const [root, other] = await Promise.all([createAuthority({ name: "A" }), createAuthority({ name: "B" })]);
  await using workspace = await makeWorkspace();
  const save = async (host: string, pem: string) => {
    const saved = await saveAuthority(workspace.root, host, pem);
    assert.ok(saved.ok, saved.ok ? "" : saved.error);
    return saved.value;
  };
  assert.equal((await save("api.test", root.certificatePem)).path, "certs/api.test-ca.pem");
  assert.equal(await workspace.read("certs/api.test-ca.pem"), root.certificatePem);
  const same = await save("api.test", root.certificatePem);
  assert.equal(same.path, "certs/api.test-ca.pem");
  const second = await save("api.test", other.certificatePem);
  assert.equal(second.path, "certs/api.test-2-ca.pem");
  await same.undo();
  await second.undo();
  assert.deepEqual(await readdir(workspace.path("certs")), ["api.test-ca.pem"], "what was there before stays");
  assert.equal((await save("[::1]", root.certificatePem)).path, "certs/_1_-ca.pem");

  await using linked = await makeWorkspace();
  await symlink(workspace.root, linked.path("certs"));
  assert.ok(!(await saveAuthority(linked.root, "api.test", root.certificatePem)).ok);
  await using blocked = await makeWorkspace({ certs: "a file" });
  const refused = await saveAuthority(blocked.root, "api.test", root.certificatePem);
  assert.match(refused.ok ? "" : refused.error, /was not written to/);
});

test("an authority is named in the settings of the folder", async () => {
  await using workspace = await makeWorkspace();
  await mkdir(workspace.path(".vscode"));
  const file = workspace.path(".vscode/settings.json");
  const path = ["padlock.hosts", "api.test"];
  assert.ok((await writeAuthority({ root: workspace.root, file }, path, "certs/a.pem", {})).ok);
  const text = await workspace.read(".vscode/settings.json");
  const { "padlock.hosts": hosts } = new SettingsDocument({ root: workspace.root, file, text }).values();
  assert.deepEqual(hosts, { "api.test": { ca: ["certs/a.pem"] } });
});
