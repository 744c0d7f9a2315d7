import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createTestPki } from "../support/pki.ts";
import { encodings, holdsValue, leaksIn, planted } from "../support/planted.ts";
import { answerPlanted, bodyKinds, headerEncodings } from "../support/planted-server.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { type CommandResult, padlock } from "./padlock.ts";

/** Each encoding in one of these places; in bodies, headers and cookies they all are. */
const lineTargets = headerEncodings.map((index) => `/${["status", "redirect", "refused"][index % 3]}/${index}`);

let server: TlsServer;
let project: TempWorkspace;

const names = Object.keys(planted) as (keyof typeof planted)[];
/** The secrets in every place of a request. */
const request = (method: string, target: string) =>
  [
    "###",
    `${method} ${target}?q={{%key}}&plain={{$env.PASSWORD}}`,
    "X-Token: {{$env.PASSWORD}}",
    'Authorization: {{$basic "alice" $env.KEY}}',
    "Cookie: sid={{$env.PASSWORD}}",
    "Content-Type: application/json",
    "",
    '{"key": "{{$env.KEY}}"}',
    "",
  ].join("\n");

before(async () => {
  const pki = await createTestPki();
  server = await startTlsServer({ ...serverIdentity(pki.server), handler: answerPlanted });
  const host = `localhost:${server.port}`;
  const targets = [
    ...bodyKinds.flatMap((kind) => names.map((name) => `/body/${kind}/${name}`)),
    ...names.flatMap((name) => [`/headers/${name}`, `/cookies/${name}`]),
    ...lineTargets,
  ];
  const answered = targets.map((target) => request("POST", `https://${host}${target}`));
  const failing = request("POST", "https://localhost:1/{{%key}}");
  project = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": { [host]: { ca: ["certs/ca.pem"] } },
      "padlock.secrets": { PASSWORD: [host, "localhost:1"], KEY: [host, "localhost:1"] },
    }),
    "api.https": `@key = {{$env.KEY}}\n${[...answered, failing].join("\n")}`,
  });
});
after(async () => {
  await server?.close();
  await project?.remove();
});

const requestCount = bodyKinds.length * 2 + 4 + lineTargets.length + 1;
const commands = {
  "padlock run --json": ["run", "--json", "api.https"],
  "padlock run --log": ["run", "--log", "run.log", "api.https"],
  "padlock check": ["check", "api.https"],
  "padlock list": ["list", "api.https"],
  "padlock list --json": ["list", "--json", "api.https"],
} as const;

function run(args: readonly string[]): Promise<CommandResult> {
  return padlock(args, { cwd: project.root, environment: planted });
}

describe(`planted secrets: no output of ${Object.keys(commands).length} commands holds one, in ${encodings.length} encodings echoed in ${requestCount} exchanges`, () => {
  for (const [name, args] of Object.entries(commands)) {
    it(name, async () => {
      const seen = server.recorded.length;
      const { stdout, stderr } = await run(args);
      const sends = args[0] === "run";
      assert.equal(server.recorded.length - seen > requestCount - 2, sends, stderr.slice(0, 500));
      assert.ok(stdout.length > 0);
      // Each exchange on its own, so that no echo hides another one behind the same mark.
      for (const output of [...stdout.split(/\n(?=[✓✗{])/), stderr]) {
        assert.deepEqual(leaksIn(output).leaked, [], output.slice(0, 400));
      }
    });
  }

  it("nor the log file", async () => {
    const log = await readFile(join(project.root, "run.log"), "utf8");
    assert.ok(log.split("\n").length > requestCount);
    assert.ok(!holdsValue(log));
  });
});
