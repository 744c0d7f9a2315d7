import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink } from "node:fs/promises";
import { test } from "node:test";
import { createSecureContext } from "node:tls";
import { makeAuthority, makeClient, makeServer } from "../../../src/certs/index.ts";
import { generateKeys } from "../../../src/certs/keys.ts";
import type { Made } from "../../../src/certs/orders.ts";
import type { Problem } from "../../../src/certs/problem.ts";
import type { Result } from "../../../src/common/result.ts";
import { gitStatus } from "../../../src/settings/git-ignored.ts";
import { createAuthority } from "../../support/pki.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";

function placeIn({ root, path }: TempWorkspace, folder = "certs") {
  return { folder: path(folder), within: root, root };
}

function good(result: Result<Made, Problem>): Made {
  assert.ok(result.ok, result.ok ? "" : JSON.stringify(result.error));
  return result.value;
}

function problem(result: Result<Made, Problem>): Problem {
  assert.ok(!result.ok, "it was made");
  return result.error;
}

/** Everything in a folder with its permissions and bytes. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch((): string[] => []);
  const entries = names.sort().map(async (name) => {
    const { mode } = await stat(`${folder}/${name}`);
    return [name, `${(mode & 0o777).toString(8)} ${await readFile(`${folder}/${name}`, "base64")}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

test("an authority, a server and a client: files, permissions, contents and settings", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false };
  const authority = good(await makeAuthority({ ...order, name: "Team" }));
  const server = good(await makeServer({ ...order, names: ["localhost", "*.Dev.test", "::1", "localhost"] }));
  const client = good(
    await makeClient({ ...order, name: "alice@example.com", passphrase: "open sesame", passphraseVariable: "KEY" }),
  );

  const modes = Object.entries(await contents(workspace.path("certs"))).map(([name, text]) => [name, text.slice(0, 3)]);
  assert.deepEqual(Object.fromEntries(modes), {
    ".gitignore": "644",
    "ca-key.pem": "600",
    "ca.pem": "644",
    "client-alice@example.com-key.pem": "600",
    "client-alice@example.com.pem": "644",
    "server-localhost-key.pem": "600",
    "server-localhost.pem": "644",
  });
  assert.equal((await stat(workspace.path("certs"))).mode & 0o777, 0o700);
  assert.deepEqual(authority.files, [
    { path: "certs/ca.pem", what: "certificate" },
    { path: "certs/ca-key.pem", what: "private key" },
    { path: "certs/.gitignore", what: "rules for Git" },
  ]);
  assert.equal(client.files[1]?.what, "encrypted private key");

  const read = async (name: string) => new X509Certificate(await workspace.read(`certs/${name}`));
  const [root, leaf, person] = [
    await read("ca.pem"),
    await read("server-localhost.pem"),
    await read("client-alice@example.com.pem"),
  ];
  assert.ok(root.ca && root.verify(root.publicKey) && leaf.checkIssued(root) && leaf.verify(root.publicKey));
  assert.equal(root.subject, "O=Padlock development\nCN=Team");
  assert.equal(leaf.ca, false);
  assert.equal(leaf.subjectAltName, "DNS:localhost, DNS:*.dev.test, IP Address:0:0:0:0:0:0:0:1");
  assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
  assert.deepEqual(person.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
  assert.equal(person.subjectAltName, "email:alice@example.com");
  // RFC 5280 §4.2.1.9: pathLenConstraint 0.
  assert.ok(root.raw.includes(Buffer.from("30060101ff020100", "hex")));
  const key = await workspace.read("certs/client-alice@example.com-key.pem");
  assert.ok(person.checkPrivateKey(createPrivateKey({ key, passphrase: "open sesame" })));
  assert.throws(() => createPrivateKey({ key, passphrase: "another" }));

  assert.deepEqual(server.certificate.names, ["DNS:localhost", "DNS:*.dev.test", "IP:::1"]);
  assert.equal(server.certificate.fingerprint256, leaf.fingerprint256);
  assert.equal(server.certificate.subject, "CN=localhost, O=Padlock development");
  const ca = ["certs/ca.pem"];
  assert.deepEqual(server.hosts, { "localhost:*": { ca }, "*.dev.test:*": { ca }, "[::1]:*": { ca } });
  const entry = {
    cert: "certs/client-alice@example.com.pem",
    key: "certs/client-alice@example.com-key.pem",
    passphrase: "$" + "{env:KEY}",
    ca,
  };
  assert.deepEqual(client.hosts, { "localhost:*": entry, "*.dev.test:*": entry, "[::1]:*": entry });
  assert.deepEqual([...authority.warnings, ...server.warnings, ...client.warnings], []);
});

test("nothing is overwritten unless it is said; then the authority stays, and only what was asked for is new", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false };
  const again = { ...order, force: true };
  good(await makeAuthority(order));
  good(await makeServer({ ...order, names: ["localhost"] }));
  const before = await contents(workspace.path("certs"));
  const refused = problem(await makeServer({ ...order, names: ["localhost"] }));
  assert.equal(refused.kind, "exists");
  assert.equal(refused.title, "certs/server-localhost.pem and certs/server-localhost-key.pem are there already");
  assert.equal(problem(await makeAuthority(order)).kind, "exists");
  assert.deepEqual(await contents(workspace.path("certs")), before);

  good(await makeServer({ ...again, names: ["localhost"] }));
  const after = await contents(workspace.path("certs"));
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  assert.deepEqual(changed, ["server-localhost-key.pem", "server-localhost.pem"]);
  const server = new X509Certificate(await workspace.read("certs/server-localhost.pem"));
  assert.ok(server.verify(new X509Certificate(await workspace.read("certs/ca.pem")).publicKey));
  assert.match(good(await makeAuthority(again)).warnings.join(), /not trusted any more/);
});

test("a key alone that is in the way stops the whole, and nothing is left behind", async () => {
  await using workspace = await makeWorkspace({ "certs/server-a.test-key.pem": "precious" });
  good(await makeAuthority({ place: placeIn(workspace), force: false }));
  problem(await makeServer({ place: placeIn(workspace), force: false, names: ["a.test"] }));
  assert.equal(await workspace.read("certs/server-a.test-key.pem"), "precious");
  assert.ok(!(await readdir(workspace.path("certs"))).includes("server-a.test.pem"));
});

test("a PKCS#12 file opens with its passphrase, holds no root, and is refused without one", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false, pfx: true };
  good(await makeAuthority(order));
  assert.match(problem(await makeClient({ ...order, name: "bob" })).title, /passphrase is empty/);
  assert.match(problem(await makeClient({ ...order, name: "bob", passphrase: "" })).title, /passphrase is empty/);
  const made = good(await makeClient({ ...order, name: "bob", passphrase: "sésame 42", hosts: ["localhost:8443"] }));
  assert.deepEqual(made.hosts, { "localhost:8443": { pfx: "certs/client-bob.p12", ca: ["certs/ca.pem"] } });
  const pfx = await readFile(workspace.path("certs/client-bob.p12"));
  assert.equal((await stat(workspace.path("certs/client-bob.p12"))).mode & 0o777, 0o600);
  createSecureContext({ pfx, passphrase: "sésame 42" });
  assert.throws(() => createSecureContext({ pfx, passphrase: "sesame 42" }), /mac verify failure/);
  assert.ok(!pfx.includes("Padlock development"), "the names are encrypted too");
});

test("Git ignores all of a new folder, but for the authorities of other hosts", async () => {
  await using workspace = await makeWorkspace({ ".git/HEAD": "ref: refs/heads/main\n" });
  assert.deepEqual(good(await makeAuthority({ place: placeIn(workspace), force: false })).warnings, []);
  const status = (name: string) => gitStatus(workspace.path(`certs/${name}`));
  for (const name of ["ca.pem", "ca-key.pem", "client-a.p12", "anything"]) assert.equal(await status(name), "ignored");
  assert.equal(await status("api.example.com-ca.pem"), "not-ignored");
});

test("in a folder that holds other files Git ignores what Padlock makes; rules that are there stay", async () => {
  await using workspace = await makeWorkspace({
    ".git/HEAD": "ref: refs/heads/main\n",
    "certs/team.pem": "x",
    "own/.gitignore": "*.tmp\n",
  });
  good(await makeAuthority({ place: placeIn(workspace), force: false }));
  const status = (name: string) => gitStatus(workspace.path(name));
  assert.equal(await status("certs/team.pem"), "not-ignored");
  for (const name of ["ca.pem", "ca-key.pem", "server-a.pem", "client-a.p12"])
    assert.equal(await status(`certs/${name}`), "ignored", name);
  const made = good(await makeAuthority({ place: placeIn(workspace, "own"), force: false }));
  assert.equal(await workspace.read("own/.gitignore"), "*.tmp\n");
  assert.match(made.warnings.join(), /Git does not ignore own\/ca-key\.pem\. Add these lines to own\/\.gitignore: /);
});

test("no link leads a key anywhere else, and none is replaced", async () => {
  await using workspace = await makeWorkspace();
  await using elsewhere = await makeWorkspace({ "victim.pem": "precious" });
  await symlink(elsewhere.root, workspace.path("linked"));
  const refused = problem(await makeAuthority({ place: placeIn(workspace, "linked"), force: true }));
  assert.match(refused.detail, /outside of /);
  assert.deepEqual(await readdir(elsewhere.root), ["victim.pem"]);

  await mkdir(workspace.path("certs"));
  await symlink(elsewhere.path("victim.pem"), workspace.path("certs/ca.pem"));
  await symlink(elsewhere.path("new.pem"), workspace.path("certs/server-a.test-key.pem"));
  assert.equal(problem(await makeAuthority({ place: placeIn(workspace), force: false })).kind, "exists");
  assert.match(problem(await makeAuthority({ place: placeIn(workspace), force: true })).detail, /regular file/);
  assert.equal(await elsewhere.read("victim.pem"), "precious");
  assert.equal(await readlink(workspace.path("certs/ca.pem")), elsewhere.path("victim.pem"));
});

test("an authority that is not there, or not usable, says so", async () => {
  const root = await createAuthority({ name: "Root" });
  const intermediate = await root.issueIntermediate({ name: "Intermediate" });
  const client = await root.issueClient({ name: "Client" });
  const ended = new Date(Date.now() - 86_400_000);
  const expired = await createAuthority({ name: "Old", notBefore: new Date(0), notAfter: ended });
  const { privateKey } = await generateKeys("ec-p384");
  const otherKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const cases: readonly (readonly [certificate: string | undefined, key: string | undefined, says: RegExp])[] = [
    [undefined, undefined, /no authority yet.*ca\.pem is not there.*padlock certs init/],
    [root.certificatePem, undefined, /ca-key\.pem is not there/],
    [root.certificatePem, otherKey, /key of another certificate/],
    [root.certificatePem, root.encryptedKeyPem("x"), /It is encrypted/],
    [root.certificatePem, "nothing", /no private key in PEM/],
    ["nothing", root.privateKeyPem, /cannot be read/],
    [client.certificatePem, client.privateKeyPem, /is no authority/],
    [intermediate.certificatePem, intermediate.privateKeyPem, /intermediate/],
    [expired.certificatePem, expired.privateKeyPem, /“Old” expired on \d{4}-/],
  ];
  for (const [certificate, key, says] of cases) {
    await using workspace = await makeWorkspace({
      ...(certificate !== undefined && { "certs/ca.pem": certificate }),
      ...(key !== undefined && { "certs/ca-key.pem": key }),
    });
    const { kind, title, detail, fix } = problem(
      await makeServer({ place: placeIn(workspace), force: false, names: ["localhost"] }),
    );
    assert.equal(kind, "refused");
    assert.match(`${title} ${detail} ${fix}`, says);
  }
});

test("a certificate ends with its authority, and says so", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false };
  const authority = good(await makeAuthority({ ...order, days: 30 }));
  const server = good(await makeServer({ ...order, names: ["localhost"], days: 90 }));
  assert.equal(server.certificate.notAfter, authority.certificate.notAfter);
  assert.match(server.warnings.join(), /ends on .* with its authority/);
  assert.deepEqual(good(await makeServer({ ...order, names: ["b.test"], days: 20 })).warnings, []);
});

test("what no certificate can have is wrong usage, and writes nothing", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false };
  const refused = [
    await makeAuthority({ ...order, days: 3651 }),
    await makeAuthority({ ...order, days: 0 }),
    await makeAuthority({ ...order, name: "a\u202eb" }),
    await makeAuthority({ ...order, name: "x".repeat(65) }),
    await makeAuthority({ ...order, only: ["https://a.test"] }),
    await makeServer({ ...order, names: ["localhost"], days: 398 }),
    await makeServer({ ...order, names: ["localhost", "a b"] }),
    await makeClient({ ...order, name: " " }),
    await makeClient({ ...order, name: "alice", days: 826 }),
    await makeClient({ ...order, name: "alice", hosts: ["https://a.test/"] }),
  ];
  for (const result of refused) assert.equal(problem(result).kind, "usage");
  assert.deepEqual(await readdir(workspace.root), []);
});

test("an authority that may issue for some names only refuses others before it signs", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false };
  const made = good(await makeAuthority({ ...order, only: ["dev.test", "127.0.0.1"] }));
  assert.deepEqual(Object.keys(made.hosts), ["dev.test:*", "127.0.0.1:*"]);
  good(await makeServer({ ...order, names: ["api.dev.test", "127.0.0.1"] }));
  const refused = problem(await makeServer({ ...order, names: ["api.dev.test", "localhost"] }));
  assert.match(`${refused.title}: ${refused.detail}`, /for localhost: This authority may issue only for dev\.test/);
});

test("a name of any script has files that any system can hold", async () => {
  await using workspace = await makeWorkspace();
  const order = { place: placeIn(workspace), force: false };
  good(await makeAuthority(order));
  const files = async (name: string) => good(await makeClient({ ...order, name })).files[0]?.path;
  assert.equal(await files("Jürgen / Team: A"), "certs/client-Jürgen-Team-A.pem");
  assert.equal(await files("../../evil"), "certs/client-..-..-evil.pem");
  const server = async (name: string) => good(await makeServer({ ...order, names: [name] })).files[0]?.path;
  assert.equal(await server("*.dev.test"), "certs/server-_wildcard.dev.test.pem");
  assert.equal(await server("::1"), "certs/server-ipv6-__1.pem");
});

test("Ed25519 is made, with a word on who does not know it; RSA 3072 has its size", async () => {
  await using workspace = await makeWorkspace();
  const made = good(await makeAuthority({ place: placeIn(workspace), force: false, keyType: "ed25519" }));
  assert.match(made.warnings.join(), /Ed25519/);
  const { publicKey } = await generateKeys("rsa-3072");
  assert.equal(publicKey.asymmetricKeyDetails?.modulusLength, 3072);
});

test("a folder that may not be written to is an answer, not a crash", { skip: process.getuid?.() === 0 }, async () => {
  await using workspace = await makeWorkspace();
  await mkdir(workspace.path("certs"));
  await chmod(workspace.path("certs"), 0o500);
  assert.match(problem(await makeAuthority({ place: placeIn(workspace), force: false })).detail, /may not write/);
});
