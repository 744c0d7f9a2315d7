import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { type CommandResult, padlock } from "./padlock.ts";

let pki: TestPki;
let server: TlsServer;

before(async () => {
  pki = await createTestPki();
  server = await startTlsServer({
    ...serverIdentity(pki.server),
    handler: (request, response, { url, body }) => {
      if (url === "/broken") {
        request.socket.destroy();
        return;
      }
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ token: "token-1", given: body.toString() }));
    },
  });
});
after(() => server?.close());

/** HOST in a file stands for the server. */
function makeProject(files: Readonly<Record<string, string>>): Promise<TempWorkspace> {
  const host = `localhost:${server.port}`;
  const texts = Object.entries(files).map(([name, text]) => [name, text.replaceAll("HOST", host)]);
  return makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": { [host]: { ca: ["certs/ca.pem"] } },
      "padlock.secrets": { API_TOKEN: [host], pin: [host] },
    }),
    ...Object.fromEntries(texts),
  });
}

async function run(
  project: TempWorkspace,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const seen = server.recorded.length;
  const result: CommandResult = await padlock(["run", ...args], { cwd: project.root, environment });
  return { ...result, arrived: server.recorded.slice(seen).map(({ method, url }) => `${method} ${url}`) };
}

const login = "### login\nPOST HOST/login\n\nalice\n\n";
const next = "### next\n# @ref login\nGET HOST/next/{{login.response.body.$.token}}\n\n";

describe("padlock run, requests that need others", () => {
  it("sends and shows what a named request needs", async () => {
    await using project = await makeProject({ "a.https": login + next });
    const result = await run(project, ["a.https", "--name", "next"]);
    assert.deepEqual([result.exitCode, result.arrived], [0, ["POST /login", "GET /next/token-1"]], result.stdout);
    assert.match(result.stdout, /^✓ login [\s\S]*^✓ next /m);
    assert.match(result.stdout, /\n2 requests: 2 answered\n$/);
  });

  it("sends each request of a file once, whatever the order", async () => {
    await using project = await makeProject({ "a.https": login + next, "b.https": next + login });
    for (const file of ["a.https", "b.https"]) {
      const result = await run(project, [file, "--json"]);
      assert.deepEqual([result.exitCode, result.arrived], [0, ["POST /login", "GET /next/token-1"]], result.stderr);
      const { exchanges, summary } = JSON.parse(result.stdout);
      assert.deepEqual([exchanges.length, summary.requests, summary.answered, summary.notSent], [2, 2, 2, 0]);
    }
  });

  it("counts what was not sent because another failed", async () => {
    await using project = await makeProject({ "a.https": next + login.replace("/login", "/broken") });
    const result = await run(project, ["a.https"]);
    assert.equal(result.exitCode, 2);
    assert.ok(!result.arrived.some((request) => request.startsWith("GET /next")));
    assert.match(result.stdout, /Not sent, because login failed: .*\[network\.reset\]\n +--> a\.https:2:8\n/);
    assert.match(result.stdout, /\n2 requests: 2 failed\n$/);
  });

  it("runs blocks of run lines, with other values", async () => {
    const text = "@user = alice\n### login\nPOST HOST/login\n\n{{user}}\n\n### all\nrun #login (@user = bob)\n";
    await using project = await makeProject({ "a.https": text });
    const result = await run(project, ["a.https", "--name", "all"]);
    assert.deepEqual([result.exitCode, result.arrived], [0, ["POST /login"]], result.stdout + result.stderr);
    assert.equal(server.recorded.at(-1)?.body.toString(), "bob");
  });

  it("skips what is disabled, and says so, unless it is named", async () => {
    await using project = await makeProject({
      "a.https": "### off\n# @disabled not now\nGET HOST/off\n\n### on\nGET HOST/on\n",
    });
    const all = await run(project, ["a.https"]);
    assert.deepEqual([all.exitCode, all.arrived], [0, ["GET /on"]]);
    assert.match(all.stdout, /^- off {2}a\.https:3 {2}skipped: it is @disabled\n/m);
    assert.match(all.stdout, /\n2 requests: 1 answered, 1 skipped\n$/);
    const json = JSON.parse((await run(project, ["a.https", "--json"])).stdout);
    assert.deepEqual(json.skipped, [{ file: "a.https", line: 3, name: "off" }]);
    const named = await run(project, ["a.https", "--name", "off"]);
    assert.deepEqual([named.exitCode, named.arrived], [0, ["GET /off"]]);
  });

  it("takes folders", async () => {
    await using project = await makeProject({
      "api/b.https": "GET HOST/b\n",
      "api/a.http": "GET HOST/a\n",
      "api/sub/c.rest": "GET HOST/c\n",
    });
    const result = await run(project, ["api"]);
    // No scheme is https, in every kind of file.
    assert.deepEqual([result.exitCode, result.arrived], [0, ["GET /a", "GET /b", "GET /c"]], result.stdout);
  });
});

describe("padlock run, values", () => {
  const environments = '{ "$shared": { "a": "shared" }, "dev": { "b": "dev" } }';

  it("takes them from the environment that --env names", async () => {
    await using project = await makeProject({
      "http-client.env.json": environments,
      "sub/a.https": "GET HOST/{{a}}/{{b}}\n",
    });
    const result = await run(project, ["sub/a.https", "--env", "dev"]);
    assert.deepEqual([result.exitCode, result.arrived], [0, ["GET /shared/dev"]], result.stdout + result.stderr);
  });

  it("takes them from --var, over the file and for questions, and never expands them", async () => {
    const text = "# @prompt user Your name\n@a = file\nGET HOST/{{a}}/{{user}}\n";
    await using project = await makeProject({ "a.https": text });
    const result = await run(project, ["a.https", "--var", "a=given", "--var", "user={{a}}"]);
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    assert.deepEqual(result.arrived.map(decodeURIComponent), ["GET /given/{{a}}"]);
  });

  it("refuses a question that nobody can answer, and says how to answer it", async () => {
    await using project = await makeProject({ "a.https": "# @prompt user Your name\nGET HOST/{{user}}\n" });
    const result = await run(project, ["a.https"]);
    assert.deepEqual([result.exitCode, result.arrived], [3, []]);
    assert.match(result.stdout, /\[variable\.unset\]\n +--> a\.https:1:1\n[\s\S]*--var user=VALUE/);
  });

  it("takes secrets and answers to secret questions from the environment, and shows them nowhere", async () => {
    const text = "# @secret-prompt pin\nGET HOST/{{$secret API_TOKEN}}/{{pin}}\n";
    await using project = await makeProject({ "a.https": text });
    const environment = { API_TOKEN: "stored-secret-1", pin: "typed-secret-2" };
    const result = await run(project, ["a.https", "--json"], environment);
    assert.deepEqual([result.exitCode, result.arrived], [0, ["GET /stored-secret-1/typed-secret-2"]], result.stderr);
    assert.doesNotMatch(result.stdout + result.stderr, /stored-secret-1|typed-secret-2/);
    const unset = await run(project, ["a.https"], { API_TOKEN: "stored-secret-1" });
    assert.deepEqual([unset.exitCode, unset.arrived], [3, []]);
    assert.match(unset.stdout, /set the environment variable pin/);
  });
});
