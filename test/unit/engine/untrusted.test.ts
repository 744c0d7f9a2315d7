import assert from "node:assert/strict";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { after, before, describe, test } from "node:test";
import type { EnginePorts, RunInput } from "../../../src/engine/contract.ts";
import { createEngine } from "../../../src/engine/index.ts";
import { createTestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";

/** Everything that the engine could ask for; each call is noted and refused. */
function forbiddenPorts(calls: string[]): EnginePorts {
  const refuse = (name: string) => (): never => {
    calls.push(name);
    throw new Error(`${name} was asked for`);
  };
  return {
    environment: { get: refuse("environment") },
    secret: refuse("secret"),
    prompt: refuse("prompt"),
    consent: refuse("consent"),
  };
}

/** Notes each path below `root` that is looked at while `act` runs. */
async function touched(root: string, act: () => Promise<unknown>): Promise<string[]> {
  const names = ["readFile", "realpath", "stat", "lstat", "open", "readdir", "access", "writeFile"] as const;
  const original = Object.fromEntries(names.map((name) => [name, promises[name]]));
  const seen: string[] = [];
  for (const name of names) {
    const call = promises[name] as (...args: unknown[]) => unknown;
    Object.assign(promises, {
      [name]: (...args: unknown[]) => {
        if (String(args[0]).startsWith(root)) seen.push(`${name} ${args[0]}`);
        return call(...args);
      },
    });
  }
  syncBuiltinESMExports();
  try {
    await act();
  } finally {
    Object.assign(promises, original);
    syncBuiltinESMExports();
  }
  return seen;
}

describe("in a workspace that is not trusted", () => {
  let server: TlsServer;
  let workspace: TempWorkspace;
  let input: (text: string, trusted: boolean) => RunInput;

  before(async () => {
    const pki = await createTestPki();
    server = await startTlsServer(serverIdentity(pki.server));
    workspace = await makeWorkspace({
      "certs/ca.pem": pki.root.certificatePem,
      "certs/client.pem": pki.client.chainPem,
      "certs/client.key": pki.client.privateKeyPem,
      "body.json": "{}",
      "other.https": "@x = 1\n",
      ".env": "DOT=1\n",
      "http-client.env.json": '{ "dev": {} }',
    });
    const file = await workspace.write("a.https", "");
    const host = `localhost:${server.port}`;
    const values = {
      "padlock.hosts": {
        [host]: { ca: ["certs/ca.pem"], cert: "certs/client.pem", key: "certs/client.key" },
      },
      "padlock.secrets": { TOKEN: [host] },
    };
    input = (text, trusted) => ({
      text: text.replaceAll("HOST", host),
      file,
      block: 0,
      trusted,
      settings: { root: workspace.root, values, file: workspace.path(".vscode/settings.json"), text: undefined },
      environmentName: "dev",
      signal: new AbortController().signal,
    });
  });
  after(async () => {
    await server.close();
    await workspace.remove();
  });

  const requests: readonly (readonly [what: string, text: string])[] = [
    ["a request", "GET HOST/\n"],
    ["a body file", "POST HOST/\n\n< ./body.json\n"],
    ["an import", "import ./other.https\n\n### a\nGET HOST/{{x}}\n"],
    ["an environment variable", "GET HOST/\nX: {{$env.TOKEN}}\n"],
    ["a variable that nothing allows", "GET HOST/\nX: {{$env.OTHER}}\n"],
    ["a stored secret", "GET HOST/\nX: {{$secret TOKEN}}\n"],
    ["a .env entry", "GET HOST/\nX: {{$dotenv DOT}}\n"],
    ["a question", "# @secret-prompt TOKEN\nGET HOST/\nX: {{TOKEN}}\n"],
    ["a request that is needed first", "# @ref b\nGET HOST/\n\n###\n# @name b\nGET HOST/b\n"],
    ["a run line", "run ./other.https\n"],
    ["nothing", ""],
  ];

  for (const [what, text] of requests) {
    test(`${what} is refused before anything is read, asked or connected to`, async () => {
      const calls: string[] = [];
      const engine = createEngine(forbiddenPorts(calls));
      const before = server.connections;
      let code: string | undefined;
      const seen = await touched(workspace.root, async () => {
        const view = await engine.run(input(text, false));
        assert.equal(view.failure?.requestSent, false);
        assert.equal(view.connection, null);
        code = view.failure?.code;
      });
      await engine.close();
      assert.equal(code, "policy.untrusted-workspace");
      assert.deepEqual([calls, seen, server.connections - before], [[], [], 0]);
    });
  }

  test("the refusal names the request as the file writes it", async () => {
    const engine = createEngine(forbiddenPorts([]));
    const { request } = await engine.run(input("# @name login\nPOST https://h.test/{{x}}\n", false));
    await engine.close();
    assert.deepEqual(
      [request.name, request.method, request.url, request.file, request.line],
      ["login", "POST", "https://h.test/{{x}}", "a.https", 2],
    );
  });

  test("the same request in a trusted one reads its files and is sent", async () => {
    const engine = createEngine({
      ...forbiddenPorts([]),
      environment: { get: () => undefined },
      secret: async () => "",
    });
    let status: number | undefined;
    const seen = await touched(workspace.root, async () => {
      status = (await engine.run(input("GET HOST/\n", true))).response?.status;
    });
    await engine.close();
    assert.equal(status, 200);
    assert.ok(seen.some((line) => line.endsWith("certs/client.key")));
  });
});
