import assert from "node:assert/strict";
import { chmod, mkdir, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { treeOf } from "../../support/tree.ts";
import { type Harness, type SendOptions, startHarness } from "./harness.ts";

const isWindows = process.platform === "win32";
const binary = Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 13, 10, 26, 0]);

let harness: Harness;
let outside: TempWorkspace;
let answer: (response: ServerResponse) => void;
before(async () => {
  harness = await startHarness((_request, response) => answer(response));
  outside = await makeWorkspace({ "there.txt": "there" });
  await symlink(outside.root, harness.workspace.path("linked"));
});
beforeEach(() => {
  answer = (response) => void response.end('{"ok":true}');
});
after(async () => {
  await harness.stop();
  await outside.remove();
});

let folders = 0;
/** Each test has a folder of its own: its request file, and what is written beside it. */
async function send(line: string, options: SendOptions & { readonly head?: string; readonly folder?: string } = {}) {
  const { head = "", folder = `t${++folders}`, ...rest } = options;
  const sent = await harness.send(`${folder}/a.https`, `GET HOST/${head}\n\n${line}\n`, undefined, rest);
  const read = (name: string) => harness.workspace.read(`${folder}/${name}`);
  return { ...sent, folder, read, notes: sent.view.notes.map(({ level, text }) => `${level}: ${text}`) };
}

const files = async (folder: string) => {
  const entries = await readdir(harness.workspace.path(folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "a.https")
    .map((entry) => entry.name)
    .sort();
};

describe(">> file", () => {
  it("gets the body, in folders that are made, readable by its owner alone", async () => {
    const { view, read, notes, folder } = await send(">> out/deep/users.json");
    assert.equal(view.failure, null, view.failure?.detail);
    assert.equal(await read("out/deep/users.json"), '{"ok":true}');
    assert.deepEqual(notes, [`information: The body was saved to ${folder}/out/deep/users.json (11 B).`]);
    if (isWindows) return;
    const mode = async (name: string) => (await stat(harness.workspace.path(`${folder}/${name}`))).mode & 0o777;
    assert.deepEqual([await mode("out"), await mode("out/deep/users.json")], [0o700, 0o600]);
  });

  it("never overwrites: the next one is named -1, -2, before the extension", async () => {
    const folder = `t${++folders}`;
    await harness.workspace.write(`${folder}/users.v1.json`, "mine");
    for (const number of [1, 2]) {
      const { read, notes } = await send(">> users.v1.json", { folder });
      assert.equal(await read(`users.v1-${number}.json`), '{"ok":true}');
      assert.match(notes.join(), new RegExp(`saved to ${folder}/users\\.v1-${number}\\.json \\(`));
    }
    assert.equal(await harness.workspace.read(`${folder}/users.v1.json`), "mine");
  });

  it("is overwritten with >>!, as a whole", async () => {
    const folder = `t${++folders}`;
    await harness.workspace.write(`${folder}/users.json`, "mine, and longer than what comes", 0o644);
    const { read, notes } = await send(">>! users.json", { folder });
    assert.equal(await read("users.json"), '{"ok":true}');
    assert.deepEqual(await files(folder), ["users.json"]);
    assert.match(notes.join(), /saved to t\d+\/users\.json/);
    if (!isWindows) assert.equal((await stat(harness.workspace.path(`${folder}/users.json`))).mode & 0o777, 0o600);
  });

  it("gets the body of any status, decoded, byte for byte, also an empty one", async () => {
    answer = (response) => void response.writeHead(500, { "content-type": "image/png" }).end(binary);
    const { folder } = await send(">> error.png");
    assert.deepEqual(await bytesOf(`${folder}/error.png`), [...binary]);
    answer = (response) => void response.writeHead(204).end();
    assert.equal(await (await send(">> empty")).read("empty"), "");
    const { gzipSync } = await import("node:zlib");
    answer = (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("unpacked"));
    assert.equal(await (await send(">> unpacked.txt")).read("unpacked.txt"), "unpacked");
  });

  it("gets what came for each of several lines, of each of several requests", async () => {
    const text =
      "### one\n# @name one\nGET HOST/1\n\n>> one.json\n>> copy.json\n\n### two\n# @ref one\nGET HOST/2\n\n>> two.json\n";
    const { arrived } = await harness.send("several/a.https", text);
    assert.deepEqual(arrived, ["GET /1", "GET /2"]);
    assert.deepEqual(await files("several"), ["copy.json", "one.json", "two.json"]);
  });

  it("may have a name with variables, configuration and times, and an answer", async () => {
    const folder = `t${++folders}`;
    const text =
      "# @prompt what\n@name = users\nGET HOST/\n\n>> {{name}}-{{$env.STAGE}}-{{what}}-{{$datetime 'YYYY'}}.json\n";
    await harness.restart({ STAGE: "dev" }, { prompt: async () => "mine" });
    const { view } = await harness.send(`${folder}/a.https`, text, undefined, {
      person: { "padlock.publicEnv": ["STAGE"] },
    });
    assert.equal(view.failure, null, view.failure?.detail);
    assert.match((await files(folder)).join(), /^users-dev-mine-2\d{3}\.json$/);
  });

  it("gets nothing where the request fails, and no folder is made", async () => {
    answer = (response) => void response.destroy();
    const { view, folder } = await send(">> out/x.json");
    assert.notEqual(view.failure, null);
    assert.deepEqual(await readdir(harness.workspace.path(folder)), ["a.https"]);
    const untrusted = await harness.engine.run({
      text: `GET ${harness.host}/\n\n>> out/x.json\n`,
      file: harness.workspace.path(`${folder}/a.https`),
      block: 0,
      settings: await harness.engine.findSettings(harness.workspace.path(`${folder}/a.https`)),
      trusted: false,
      environmentName: "",
      signal: new AbortController().signal,
    });
    assert.equal(untrusted.failure?.code, "policy.untrusted-workspace");
    assert.deepEqual(await readdir(harness.workspace.path(folder)), ["a.https"]);
  });
});

describe("a secret in a saved body", () => {
  const secret = "s3cr3t-värde-of-the-test";
  const head = "\nAuthorization: Bearer {{$env.KEY}}";
  before(() => harness.restart({ KEY: secret }));

  const bodies: readonly (readonly [title: string, type: string, body: Buffer, expected: Buffer])[] = [
    ["of JSON", "application/json", Buffer.from(`{"a":"${secret}","b":1}`), Buffer.from('{"a":"{{$env.KEY}}","b":1}')],
    [
      "in Base64",
      "text/plain",
      Buffer.from(`a ${Buffer.from(secret).toString("base64")} b`),
      Buffer.from("a {{$env.KEY}} b"),
    ],
    [
      "of UTF-16",
      "text/plain; charset=utf-16le",
      Buffer.from(`\ufeffa ${secret} b`, "utf16le"),
      Buffer.from("\ufeffa {{$env.KEY}} b", "utf16le"),
    ],
    [
      "of UTF-16, big-endian, which the headers do not tell",
      "text/plain",
      Buffer.from(`a ${secret} b`, "utf16le").swap16(),
      Buffer.from("a {{$env.KEY}} b", "utf16le").swap16(),
    ],
    [
      "that is said to be UTF-16",
      "text/plain; charset=utf-16le",
      Buffer.from(`${secret}!`),
      Buffer.from("{{$env.KEY}}!"),
    ],
    [
      "between bytes that are no text",
      "application/octet-stream",
      Buffer.concat([binary, Buffer.from(secret), binary]),
      Buffer.concat([binary, Buffer.from("{{$env.KEY}}"), binary]),
    ],
  ];
  for (const [title, type, body, expected] of bodies) {
    it(`${title} is replaced, and the note says so`, async () => {
      answer = (response) => void response.writeHead(200, { "content-type": type }).end(body);
      const { view, folder, notes } = await send(">> out.bin", { head });
      assert.equal(view.failure, null, view.failure?.detail);
      assert.deepEqual(await bytesOf(`${folder}/out.bin`), [...expected]);
      assert.match(
        notes.join(),
        /^information: The body was saved to t\d+\/out\.bin \(\d+ B\)\. Secrets in it were replaced/,
      );
    });
  }
});

describe("a file that no response is written to", () => {
  /** Nothing is sent, and nothing changes in the workspace or beside it. */
  async function refuses(line: string, code: string, options: SendOptions & { readonly head?: string } = {}) {
    const folder = `t${++folders}`;
    await harness.workspace.write(`${folder}/a.https`, "");
    const trees = async () => [await treeOf(harness.workspace.root), await treeOf(outside.root)];
    await harness.workspace.write(`${folder}/a.https`, `GET ${harness.host}/${options.head ?? ""}\n\n${line}\n`);
    const earlier = await trees();
    const { view, arrived } = await send(line, { folder, ...options });
    assert.deepEqual([view.failure?.code, arrived], [code, []], view.failure?.detail);
    assert.deepEqual(await trees(), earlier);
    return view.failure;
  }

  const outsides = [
    "../../../../x.json",
    "../../x.json",
    "../linked/x.json",
    "../linked/there.txt",
    "../linked/new/x.json",
  ];
  for (const path of outsides) {
    for (const mark of [">>", ">>!"]) {
      it(`is outside of the workspace: ${mark} ${path}`, async () => {
        const person = { "padlock.outsidePaths": [outside.root] };
        const failure = await refuses(`${mark} ${path}`, "policy.path-outside-workspace", { person });
        assert.deepEqual([failure?.location?.line, failure?.location?.column], [3, mark.length + 2]);
        assert.doesNotMatch(failure?.fix ?? "", /outsidePaths/);
      });
    }
  }

  const names = [
    "a.https",
    "new.https",
    "new.http",
    "out/NEW.REST",
    ".vscode/tasks.json",
    "../.vscode/settings.json",
    "../.VSCODE/new.json",
    "../.git/hooks/post-checkout",
    "../.git/config",
    ".GIT/config",
    ".husky/pre-commit",
    ".envrc",
    ".bashrc",
    ".env",
    "../.env.local",
    "http-client.env.json",
    "http-client.private.env.json",
    "x.env.json.user",
    "team.code-workspace",
    "id_rsa",
    "../node_modules/left-pad/index.js",
    "out/",
    "out\\x.json",
    "x.json.",
    "a:b",
    "x\u200b.json",
    "nul",
    "out/AUX.txt",
    "../t1",
  ];
  for (const name of names) {
    it(`has a name that is kept for others: ${JSON.stringify(name)}`, async () => {
      await refuses(`>> ${name}`, "value.unwritable-file");
      await refuses(`>>! ${name}`, "value.unwritable-file");
    });
  }

  it("has such a name behind a link", async () => {
    await mkdir(harness.workspace.path(".git/hooks"), { recursive: true });
    await symlink("../.git/hooks", harness.workspace.path("t1/hooks"));
    await refuses(">> ../t1/hooks/post-checkout", "value.unwritable-file");
  });

  it("decides what a connection trusts or presents, there or not yet", async () => {
    await harness.workspace.write("certs/client.key", "key");
    const ownHost = { cert: "certs/client.pem", key: "certs/client.key" };
    for (const name of ["ca.pem", "client.pem", "client.key", "CLIENT.pem"]) {
      for (const mark of [">>", ">>!"]) await refuses(`${mark} ../certs/${name}`, "value.unwritable-file", { ownHost });
    }
  });

  it("is something else than a file", { skip: isWindows }, async () => {
    const { workspace } = harness;
    await mkdir(workspace.path("t1/folder"));
    await symlink("out/deep/users.json", workspace.path("t1/link.json"));
    await symlink(outside.path("new.txt"), workspace.path("t1/leads-out.txt"));
    await refuses(">> ../t1/folder", "value.unwritable-file");
    for (const name of ["link.json", "leads-out.txt"]) await refuses(`>>! ../t1/${name}`, "value.unwritable-file");
    await refuses(">> ../t1/a.https/x.json", "value.unwritable-file");
    // Without >>! a link is a name that is taken.
    const { view } = await send(">> leads-out.txt", { folder: "t1" });
    assert.equal(view.failure, null, view.failure?.detail);
    assert.deepEqual(await readdir(outside.root), ["there.txt"]);
    assert.equal(await workspace.read("t1/leads-out-1.txt"), '{"ok":true}');
  });

  it("is named by a secret, a private value or a response", async () => {
    await harness.restart({ KEY: "v4lue-of-the-key", OTHER: "v4lue-of-the-other" });
    await harness.workspace.write("http-client.private.env.json", '{ "dev": { "mine": "v4lue-of-the-file" } }');
    const dev = { environmentName: "dev" };
    for (const path of ["{{$env.KEY}}.json", "out/{{$env.OTHER}}.json", "{{$base64 $env.KEY}}.json", "{{mine}}.json"]) {
      await refuses(`>> ${path}`, "policy.secret-not-allowed", dev);
    }
    await rm(harness.workspace.path("http-client.private.env.json"));
    answer = (response) => void response.end('{"file":"chosen.json"}');
    const text =
      "### one\n# @name one\nGET HOST/1\n\n### two\n# @ref one\nGET HOST/2\n\n>>! {{one.response.body.$.file}}\n";
    const { view, arrived } = await harness.send("chosen/a.https", text);
    assert.deepEqual([view.failure?.code, arrived], ["value.unwritable-file", ["GET /1"]]);
    assert.deepEqual(await files("chosen"), []);
    const undefinedName = await send(">> {{nobody}}.json");
    assert.deepEqual([undefinedName.view.failure?.code, undefinedName.arrived], ["variable.undefined", []]);
  });

  it("lies in a folder where one may not write", { skip: isWindows || process.getuid?.() === 0 }, async () => {
    await mkdir(harness.workspace.path("t1/closed"));
    await chmod(harness.workspace.path("t1/closed"), 0o500);
    await refuses(">> ../t1/closed/x.json", "value.unwritable-file");
  });
});

describe("a folder that is exchanged while the request is under way", { skip: isWindows }, () => {
  it("lets nothing out: the response is there, a warning too", async () => {
    for (const mark of [">>", ">>!"]) {
      const folder = `t${++folders}`;
      await harness.workspace.write(`${folder}/out/keep.txt`, "");
      const out = harness.workspace.path(`${folder}/out`);
      answer = (response) => {
        void rename(out, `${out}-old`)
          .then(() => symlink(outside.root, out))
          .then(() => response.end("body"));
      };
      const { view, notes } = await send(`${mark} out/x.json`, { folder });
      assert.equal(view.response?.status, 200);
      assert.match(
        notes.join(),
        /^warning: The body was not saved to t\d+\/out\/x\.json: its folder is not in the workspace/,
      );
      assert.deepEqual(await readdir(outside.root), ["there.txt"]);
      assert.deepEqual(await readdir(`${out}-old`), ["keep.txt"]);
    }
  });

  it("lets nothing into the folders of tools", async () => {
    const folder = `t${++folders}`;
    await harness.workspace.write(`${folder}/out/keep.txt`, "");
    await harness.workspace.write(`${folder}/.husky/keep`, "");
    const out = harness.workspace.path(`${folder}/out`);
    answer = (response) => {
      void rename(out, `${out}-old`)
        .then(() => symlink(harness.workspace.path(`${folder}/.husky`), out))
        .then(() => response.end("body"));
    };
    const { notes } = await send(">> out/pre-commit", { folder });
    assert.match(notes.join(), /was not saved to t\d+\/out\/pre-commit: names that begin with a dot/);
    assert.deepEqual(await readdir(harness.workspace.path(`${folder}/.husky`)), ["keep"]);
  });
});

async function bytesOf(name: string): Promise<number[]> {
  const { readFile } = await import("node:fs/promises");
  return [...(await readFile(join(harness.workspace.root, name)))];
}
