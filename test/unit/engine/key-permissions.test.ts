import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, chown } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { makePfx } from "../../../src/certs/pfx.ts";
import { keyPermissions } from "../../../src/settings/index.ts";
import { createTestPki } from "../../support/pki.ts";
import { makeWorkspace } from "../../support/temp.ts";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  const pki = await createTestPki();
  harness = await startHarness((_request, response) => void response.end("{}"));
  const { workspace } = harness;
  await workspace.write("certs/client.pem", pki.client.certificatePem);
  await workspace.write("certs/client.key", pki.client.privateKeyPem);
  await workspace.write("certs/both.pem", `${pki.client.certificatePem}\n${pki.client.privateKeyPem}`);
  await workspace.write("certs/client.p12", makePfx(pki.client, { passphrase: "a-phrase" }));
});
after(() => harness.stop());

describe("the private key of a client certificate", { skip: process.platform === "win32" }, () => {
  const notesFor = async (ownHost: Readonly<Record<string, string>>) => {
    const { view, arrived } = await harness.send("a.https", "GET HOST/", undefined, { ownHost });
    assert.deepEqual(arrived, ["GET /"], view.failure?.detail);
    return view.notes.map(({ level, text }) => `${level}: ${text}`);
  };
  const both = { cert: "certs/client.pem", key: "certs/client.key" };

  it("that others can read is sent with, and warned of with the command that mends it", async () => {
    const { workspace } = harness;
    await chmod(workspace.path("certs/client.pem"), 0o644);
    assert.deepEqual(await notesFor(both), []);
    await chmod(workspace.path("certs/client.key"), 0o644);
    const [note = "", ...others] = await notesFor(both);
    assert.equal(note, "warning: certs/client.key can be read by others (mode 0644). Run: chmod 600 certs/client.key");
    assert.deepEqual(others, []);
    execFileSync("sh", ["-c", note.replace(/^.*Run: /, "")], { cwd: workspace.root });
    assert.deepEqual(await notesFor(both), []);
  });

  it("may stand in the certificate's file or in a PFX", async () => {
    for (const [file, ownHost] of [
      ["certs/both.pem", { cert: "certs/both.pem" }],
      ["certs/client.p12", { pfx: "certs/client.p12", passphrase: "a-phrase" }],
    ] as const) {
      await chmod(harness.workspace.path(file), 0o640);
      assert.match(
        (await notesFor(ownHost)).join(),
        new RegExp(`^warning: ${file} can be read by others \\(mode 0640\\)`),
      );
    }
  });

  it("is not looked at where it is not used", async () => {
    await chmod(harness.workspace.path("certs/client.key"), 0o666);
    const { view } = await harness.send("a.https", "# @no-client-cert\nGET HOST/", undefined, { ownHost: both });
    assert.deepEqual(view.notes, []);
    await chmod(harness.workspace.path("certs/client.key"), 0o600);
  });

  it("has a command for whatever name it has", async () => {
    for (const name of ["a b.key", "it's.key", "-rf.key", "$(touch canary).key", "`x`;.key", "ü.key"]) {
      await using space = await makeWorkspace();
      await space.write(name, "key");
      await chmod(space.path(name), 0o604);
      const found = await keyPermissions({ path: space.path(name) }, space.root);
      assert.match(found?.detail ?? "", /can be read by others \(mode 0604\)/);
      execFileSync("sh", ["-c", found?.fix.replace(/^Run: /, "") ?? ""], { cwd: space.root });
      assert.equal(await keyPermissions({ path: space.path(name) }, space.root), undefined, name);
      assert.equal(await keyPermissions({ path: space.path("canary") }, space.root), undefined);
    }
  });

  it("tells changing from reading, and says nothing of what only root can mend", async () => {
    await using space = await makeWorkspace({ key: "key" });
    await chmod(space.path("key"), 0o620);
    const found = await keyPermissions({ path: space.path("key") }, space.root);
    assert.match(found?.detail ?? "", /^key can be changed by others \(mode 0620\)\.$/);
    assert.equal(await keyPermissions({ path: space.path("none") }, space.root), undefined);
    if (process.getuid?.() !== 0) {
      assert.equal(await keyPermissions({ path: "/etc/passwd" }, "/etc"), undefined);
      return;
    }
    await chown(space.path("key"), 1000, 1000);
    assert.ok(await keyPermissions({ path: space.path("key") }, space.root));
  });
});
