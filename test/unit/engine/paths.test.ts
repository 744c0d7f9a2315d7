import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { link, symlink } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { createTestPki } from "../../support/pki.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { type Harness, type SendOptions, startHarness } from "./harness.ts";

let harness: Harness;
/** Beside the workspace. */
let outside: TempWorkspace;
before(async () => {
  harness = await startHarness((_request, response) => void response.end("{}"));
  const pki = await createTestPki();
  outside = await makeWorkspace({
    "data/body.json": '{"from":"outside"}',
    "data/shared.https": "@from = outside\n### other\nGET HOST/from-outside\n".replaceAll("HOST", harness.host),
    "data/http-client.env.json": '{ "dev": { "from": "outside" } }',
    "data/dotenv": "FROM=outside",
    "data/.env": "KEY=v4lue-of-the-dotenv",
    "data/id_ed25519": "v4lue-of-the-key",
    "certs/ca.pem": await harness.workspace.read("certs/ca.pem"),
    "certs/client.pem": pki.client.certificatePem,
    "certs/client.key": pki.client.privateKeyPem,
  });
  const { workspace } = harness;
  await symlink(outside.path("data"), workspace.path("linked"));
  await symlink(outside.path("data/body.json"), workspace.path("linked.json"));
  await symlink(outside.path("certs/client.key"), workspace.path("certs/linked.key"));
  await workspace.write("certs/client.pem", pki.client.certificatePem);
  await workspace.write("certs/client.key", pki.client.privateKeyPem);
  await link(workspace.path("certs/client.key"), workspace.path("certs/notes.txt"));
  await workspace.write(".env", "PASSWORD=v4lue-of-the-dotenv");
  await link(workspace.path(".env"), workspace.path("settings.txt"));
  if (process.platform !== "win32") execFileSync("sh", ["-c", 'mkfifo "$0"', workspace.path("pipe")]);
});
after(async () => {
  await harness.stop();
  await outside.remove();
});

const allowing = (...folders: string[]): SendOptions => ({
  person: { "padlock.outsidePaths": folders.map((folder) => outside.path(folder)) },
});

/** Each names a file below `data` in its own way; AT stands for the way there, and what arrives shows that it was read. */
const ways: readonly (readonly [way: string, text: string])[] = [
  ["<", "POST HOST/\n\n< AT/body.json\n"],
  ["<@", "POST HOST/\n\n<@ AT/body.json\n"],
  ["a variable", "@folder = AT\nPOST HOST/\n\n< {{folder}}/body.json\n"],
  ["a mixed body", 'POST HOST/\n\n["text",\n< AT/body.json\n]\n'],
  [
    "a part of a form",
    'POST HOST/\nContent-Type: multipart/form-data; boundary=x\n\n--x\nContent-Disposition: form-data; name="f"; filename="b"\n\n< AT/body.json\n--x--\n',
  ],
  ["GraphQL", "GRAPHQL HOST/\n\n< AT/body.json\n"],
  ["curl -d", "curl https://HOST/ -d @AT/body.json"],
  ["curl --data-binary", "curl https://HOST/ --data-binary @AT/body.json"],
  ["curl -F", "curl https://HOST/ -F f=@AT/body.json"],
  ["curl --json", "curl https://HOST/ --json @AT/body.json"],
  ["import", "import AT/shared.https\n\nGET HOST/{{from}}\n"],
  ["@import and @ref", "# @import AT/shared.https\n# @ref other\nGET HOST/\n"],
  ["run", "run AT/shared.https\n"],
];

describe("a file outside of the workspace", () => {
  for (const [way, text] of ways) {
    it(`is not used by ${way}, and offers its folder`, async () => {
      for (const at of [outside.path("data"), "linked", "../".repeat(20) + outside.path("data").slice(1)]) {
        const { view, arrived } = await harness.send("a.https", text.replace("AT", at));
        assert.deepEqual(arrived, [], at);
        assert.equal(view.failure?.code, "policy.path-outside-workspace", `${at}: ${view.failure?.detail}`);
        assert.match(view.failure?.fix ?? "", /"padlock\.outsidePaths": \[".*\/data"\] into your own user settings/);
        assert.match(view.failure?.fix ?? "", /--outside-path .*\/data/);
        assert.ok((view.failure?.location?.line ?? 0) > 0);
      }
    });

    it(`is used by ${way} where the person lists its folder`, async () => {
      const { view, arrived } = await harness.send(
        "a.https",
        text.replace("AT", "linked"),
        undefined,
        allowing("data"),
      );
      assert.equal(view.failure, null, view.failure?.detail);
      const sent = `${arrived.join()} ${harness.server.recorded.at(-1)?.body}`;
      assert.match(sent, /outside/);
    });
  }

  it("stays where a workspace lists its folder", async () => {
    const values = JSON.stringify({ "padlock.outsidePaths": [outside.root] });
    await harness.workspace.write("inner/.vscode/settings.json", values);
    const { view, arrived } = await harness.send("inner/a.https", ways[0]?.[1].replace("AT", "../linked") ?? "");
    assert.deepEqual([view.failure?.code, arrived], ["policy.path-outside-workspace", []]);
  });

  it("is no key or certificate that a cURL command, a setting or an environment names", async () => {
    const { workspace, host } = harness;
    const environment = {
      dev: { SSLConfiguration: { clientCertificate: "certs/client.pem", clientCertificateKey: "certs/linked.key" } },
    };
    await workspace.write("ssl/http-client.env.json", JSON.stringify(environment).replaceAll("certs/", "../certs/"));
    const key = { cert: "certs/client.pem", key: "certs/linked.key" };
    const attempts: readonly (readonly [file: string, text: string, options: SendOptions])[] = [
      ["a.https", "curl https://HOST/ --cert certs/client.pem --key certs/linked.key", {}],
      ["a.https", `curl https://HOST/ --cacert ${outside.path("certs/ca.pem")}`, {}],
      ["a.https", `curl https://HOST/ --cert ${outside.path("certs/client.pem")}`, {}],
      ["a.https", "GET HOST/", { ownHost: key }],
      ["a.https", "GET HOST/", { ownHost: { ...key, key: outside.path("certs/client.key") } }],
      ["a.https", "GET HOST/", { ownHost: { pfx: outside.path("certs/client.pem") } }],
      ["a.https", "GET HOST/", { ownHost: { ca: [outside.path("certs/ca.pem")] } }],
      // Another place of the person's settings says nothing about this one.
      [
        "a.https",
        "GET HOST/",
        {
          ownHost: { ca: [outside.path("certs/ca.pem")] },
          person: { "padlock.hosts": { "other.test": { ca: [outside.path("certs/ca.pem")] } } },
        },
      ],
      // The repository decides what the link is.
      ["a.https", "GET HOST/", { ownHost: key, person: { "padlock.hosts": { [host]: key } } }],
      ["ssl/a.https", "GET HOST/", { environmentName: "dev" }],
    ];
    for (const [file, text, options] of attempts) {
      const { view, arrived } = await harness.send(file, text, undefined, options);
      assert.deepEqual([view.failure?.code, arrived], ["policy.path-outside-workspace", []], JSON.stringify(options));
      assert.match(view.failure?.fix ?? "", /padlock\.outsidePaths/);
      const { person, ...rest } = options;
      const allowed = { ...person, "padlock.outsidePaths": [outside.path("certs")] };
      const listed = await harness.send(file, text, undefined, { ...rest, person: allowed });
      assert.notEqual(listed.view.failure?.code, "policy.path-outside-workspace", JSON.stringify(options));
    }
  });

  it("is a person's own key or authority, where the person's own settings name it", async () => {
    const ownHost = { ca: [outside.path("certs/ca.pem")] };
    const { view, arrived } = await harness.send("a.https", "GET HOST/mine", undefined, {
      ownHost,
      person: { "padlock.hosts": { [harness.host]: ownHost } },
    });
    assert.deepEqual(arrived, ["GET /mine"], view.failure?.detail);
  });

  it("is no environment file or .env, but where its folder is listed", async () => {
    const { workspace } = harness;
    await symlink(outside.path("data/http-client.env.json"), await folder("env", "http-client.env.json"));
    const text = "GET HOST/{{from}}";
    const refused = await harness.send("env/a.https", text, undefined, { environmentName: "dev" });
    assert.deepEqual([refused.view.failure?.code, refused.arrived], ["settings.unreadable", []]);
    const listed = await harness.send("env/a.https", text, undefined, { environmentName: "dev", ...allowing("data") });
    assert.deepEqual(listed.arrived, ["GET /outside"], listed.view.failure?.detail);

    await symlink(outside.path("data/dotenv"), await folder("dotenv", ".env"));
    const secret = "GET HOST/{{$dotenv FROM}}";
    const secrets = { "padlock.secrets": { FROM: [harness.host] } };
    const unread = await harness.send("dotenv/a.https", secret, undefined, { person: secrets });
    assert.deepEqual([unread.view.failure?.code, unread.arrived], ["settings.unreadable", []]);
    const read = await harness.send("dotenv/a.https", secret, undefined, {
      person: { ...secrets, ...allowing("data").person },
    });
    assert.deepEqual(read.arrived, ["GET /outside"], read.view.failure?.detail);

    async function folder(name: string, file: string): Promise<string> {
      await workspace.write(`${name}/.keep`, "");
      return workspace.path(`${name}/${file}`);
    }
  });
});

describe("a file of secrets, a pipe, a device", () => {
  const never: readonly (readonly [path: string, code: string])[] = [
    ["linked/.env", "policy.secret-not-allowed"],
    ["linked/id_ed25519", "policy.secret-not-allowed"],
    ["certs/notes.txt", "policy.secret-not-allowed"],
    ["settings.txt", "policy.secret-not-allowed"],
    ["pipe", "value.unreadable-file"],
    ["/dev/zero", "policy.path-outside-workspace"],
    ["/proc/self/environ", "policy.path-outside-workspace"],
  ];
  for (const [path, code] of never) {
    it(`is never sent: ${path}`, { skip: process.platform === "win32" }, async () => {
      for (const text of [`POST HOST/\n\n< ${path}`, `curl https://HOST/ --data-binary @${path}`]) {
        const { view, arrived } = await harness.send("a.https", text, undefined, {
          ...allowing("data"),
          ownHost: { cert: "certs/client.pem", key: "certs/client.key" },
        });
        assert.deepEqual([view.failure?.code, arrived], [code, []], view.failure?.detail);
        assert.doesNotMatch(JSON.stringify(view), /v4lue/);
        // Nobody is asked for what would not help.
        if (path.startsWith("/")) assert.doesNotMatch(view.failure?.fix ?? "", /outsidePaths/);
      }
    });
  }
});
