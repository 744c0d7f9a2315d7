import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../src/common/failure.ts";
import { createEngine } from "../../../src/engine/index.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { parse } from "../../../src/syntax/index.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { ports } from "./given.ts";

const token = "t0ken/with+signs=";

describe("one request, from the text of a file to what people see", () => {
  let pki: TestPki;
  let server: TlsServer;
  let workspace: TempWorkspace;
  let connectionsBefore = 0;
  before(async () => {
    pki = await createTestPki();
    server = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (request, response, recorded) => {
        response.setHeader("x-echo", request.headers.authorization ?? "none");
        response.setHeader("content-type", "text/plain");
        response.end(`${request.headers.authorization} ${recorded.url} ${recorded.body}`);
      },
    });
    workspace = await makeWorkspace({ "certs/ca.pem": pki.root.certificatePem, "body.bin": Uint8Array.of(0, 1, 255) });
  });
  after(async () => {
    await server.close();
    await workspace.remove();
  });

  const settings = (changes: object = {}) => ({
    "padlock.hosts": { [`localhost:${server.port}`]: { ca: ["certs/ca.pem"] } },
    "padlock.secrets": { API_TOKEN: [`localhost:${server.port}`] },
    ...changes,
  });

  async function run(
    text: string,
    values: object = settings(),
    environment: Record<string, string> = { API_TOKEN: token },
  ) {
    connectionsBefore = server.connections;
    await workspace.write(".vscode/settings.json", JSON.stringify(values, null, 2));
    const file = await workspace.write("requests/a.https", text.replaceAll("HOST", `localhost:${server.port}`));
    const content = text.replaceAll("HOST", `localhost:${server.port}`);
    const engine = createEngine(ports(environment));
    try {
      const block = parse(content).blocks.findIndex(({ request }) => request);
      const raw = await engine.findSettings(file);
      return await engine.run({
        text: content,
        file,
        block,
        settings: raw,
        trusted: true,
        environmentName: "",
        signal: new AbortController().signal,
      });
    } finally {
      await engine.close();
    }
  }

  function assertNotSent(view: ExchangeView, code: FailureCode, file?: RegExp, line?: number) {
    assert.equal(view.failure?.code, code, view.failure?.detail);
    assert.equal(view.failure?.requestSent, false);
    assert.equal(server.connections, connectionsBefore, "no connection was made");
    if (file) assert.match(view.failure?.location?.file ?? "", file);
    if (line) assert.equal(view.failure?.location?.line, line);
  }

  test("a secret is sent to its host, and is shown by name only, also where the server echoes it", async () => {
    const view = await run(
      "POST HOST/x?t={{$env.API_TOKEN}}\nAuthorization: Bearer {{$env.API_TOKEN}}\n\n{{$env.API_TOKEN}}",
    );
    assert.equal(view.response?.status, 200, view.failure?.detail);
    const [got] = server.recorded.slice(-1);
    assert.ok(got?.rawHeaders.includes(`Bearer ${token}`), "the server got the value");
    assert.equal(got?.body.toString(), token);
    assert.ok(!JSON.stringify(view).includes(token));
    assert.ok(!JSON.stringify(view).includes(encodeURIComponent(token)));
    assert.match(view.response.body.text, /Bearer \{\{\$env\.API_TOKEN\}\}/);
    assert.equal(view.response.headers.find(({ name }) => name === "x-echo")?.value, "Bearer {{$env.API_TOKEN}}");
  });

  test("two runs use one connection", async () => {
    const engine = createEngine(ports());
    const file = await workspace.write("two.https", `GET https://localhost:${server.port}/`);
    await workspace.write(".vscode/settings.json", JSON.stringify(settings()));
    const raw = await engine.findSettings(file);
    const input = {
      text: `GET localhost:${server.port}/`,
      file,
      block: 0,
      settings: raw,
      trusted: true,
      environmentName: "",
      signal: new AbortController().signal,
    };
    const [first, second] = [await engine.run(input), await engine.run(input)];
    await engine.close();
    assert.deepEqual([first.connection?.reused, second.connection?.reused], [false, true]);
  });

  const wires = [
    "GET HOST",
    "HEAD HOST",
    "OPTIONS HOST",
    "POST HOST",
    "QUERY HOST",
    "DELETE HOST\n\nbody",
    "GET HOST\n\nbody",
    "PUT HOST\nX-Second: 2\nHOST: other.example\nx-FIRST: 1\ncontent-LENGTH: 4\nX-Second: again\n\nbody",
    "GET HOST\nAccept: a/b\nConnection: Close\nUser-Agent: mine",
  ];
  for (const text of wires) {
    test(`the header section that is shown is the one that was sent: ${JSON.stringify(text)}`, async () => {
      const view = await run(text);
      assert.equal(view.response?.status, 200, view.failure?.detail);
      const raw = server.recorded.at(-1)?.rawHeaders ?? [];
      assert.deepEqual(
        view.request.headers.flatMap(({ name, value }) => [name, value]),
        raw,
      );
    });
  }

  const refused: readonly [string, FailureCode, string, object, RegExp?, number?][] = [
    ["a secret that is not listed", "policy.secret-not-allowed", "GET HOST\nX: {{$env.OTHER}}", {}, /a\.https$/, 2],
    [
      "a secret for another host",
      "policy.secret-not-allowed",
      "GET HOST\nX: {{$env.API_TOKEN}}",
      { "padlock.secrets": { API_TOKEN: ["localhost:1"] } },
    ],
    [
      "a secret that is not set",
      "variable.unset",
      "GET HOST\nX: {{$env.UNSET}}",
      { "padlock.secrets": { UNSET: ["localhost:*"] } },
      /a\.https$/,
      2,
    ],
    [
      "a line break in a value",
      "value.header-injection",
      "GET HOST\nX: {{$env.LINES}}",
      { "padlock.secrets": { LINES: ["localhost:*"] } },
    ],
    ["an undefined variable", "variable.undefined", "GET HOST/{{missing}}", {}, /a\.https$/, 1],
    ["plain http", "policy.plain-http", "GET http://example.com/", {}],
    ["a body file that is not there", "value.unreadable-file", "POST HOST\n\n< none.json", {}, /a\.https$/, 3],
    [
      "a body file outside the workspace",
      "policy.path-outside-workspace",
      "POST HOST\n\n< ../../../../../etc/hostname",
      {},
    ],
    ["a header without a colon", "parse.error", "GET HOST\nno colon here", {}, /a\.https$/, 2],
    [
      "an unknown setting",
      "settings.unknown-key",
      "GET HOST",
      { "padlock.hosts": { a: { cret: "x" } } },
      /settings\.json$/,
      4,
    ],
    ["a wrong type", "settings.wrong-type", "GET HOST", { "padlock.timeout": 5 }, /settings\.json$/],
    [
      "a wrong duration",
      "settings.bad-duration",
      "GET HOST",
      { "padlock.timeout": { connect: "soon" } },
      /settings\.json$/,
    ],
    [
      "a wrong host pattern",
      "settings.bad-pattern",
      "GET HOST",
      { "padlock.secrets": { A: ["https://x/"] } },
      /settings\.json$/,
    ],
    [
      "a missing certificate",
      "identity.file-missing",
      "GET HOST",
      { "padlock.hosts": { "localhost:*": { cert: "none.pem", key: "none.key" } } },
      /settings\.json$/,
    ],
    [
      "a passphrase that is not set",
      "variable.unset",
      "GET HOST",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
      { "padlock.hosts": { "localhost:*": { cert: "a", key: "b", passphrase: "${env:NONE}" } } },
      /settings\.json$/,
    ],
  ];
  for (const [name, code, text, changes, file, line] of refused) {
    test(`${name}: ${code}, and nothing is sent`, async () => {
      const environment = { API_TOKEN: token, OTHER: "0ther-value", LINES: "a\r\nX-Evil: 1" };
      const view = await run(text, settings(changes), environment);
      assertNotSent(view, code, file, line);
      assert.ok(view.failure?.fix, "it says what to change");
      assert.doesNotMatch(JSON.stringify(view), /0ther-value|X-Evil: 1/);
    });
  }

  test("a listed secret is hidden also where this request does not carry it", async () => {
    const text = `POST HOST\n\n${JSON.stringify({ key: token })}`;
    const view = await run(text);
    assert.equal(view.response?.status, 200);
    assert.match(server.recorded.at(-1)?.body.toString() ?? "", /t0ken/, "the server sent it back");
    assert.match(view.response?.body.text ?? "", /\{\{\$env\.API_TOKEN\}\}/);
    assert.ok(!JSON.stringify(view.response).includes(token));
  });

  test("a secret must be allowed for the Host header's host too", async () => {
    const secret = "Authorization: {{$env.API_TOKEN}}";
    assertNotSent(await run(`GET HOST\nHost: other.example\n${secret}`), "policy.secret-not-allowed", /a\.https$/, 3);
    assertNotSent(await run(`GET HOST\nHost: a@b/\n${secret}`), "value.bad-header");
    assert.equal((await run(`GET HOST\nHost: localhost\n${secret}`)).response?.status, 200);
    assert.equal((await run("GET HOST\nHost: other.example")).response?.status, 200, "without a secret it is free");
  });

  for (const text of ["GET HOST/{{id", "GET HOST\nAuthorization: Bearer {{$env.API_TOKEN}", "POST HOST\n\n< {{file"]) {
    test(`a reference with a brace missing is not sent: ${JSON.stringify(text)}`, async () => {
      assertNotSent(await run(text), "variable.undefined");
    });
  }
  test("a lone pair of braces is text", async () => {
    assert.equal((await run("GET HOST\nX-Braces: {{")).response?.status, 200);
  });

  test("settings above the repository do not count", async () => {
    await workspace.write(".vscode/settings.json", JSON.stringify(settings()));
    const file = await workspace.write("repo/a.https", "GET https://localhost/");
    await workspace.write("repo/.git/HEAD", "");
    const engine = createEngine(ports());
    const found = await engine.findSettings(file);
    await engine.close();
    assert.deepEqual([found.root, found.values], [workspace.path("repo"), {}]);
  });

  test("a passphrase in clear is not shown with a mistake in the settings, however it is written", async () => {
    for (const entry of [
      '"passphrase": 4711471147',
      '"passphrase": ["4711471147"]',
      '"passphase": "4711471147"',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nobody knows
      '"passphrase":\n"4711471147${foo}"',
    ]) {
      await workspace.write(".vscode/settings.json", `{ "padlock.hosts": { "localhost:*": { ${entry} } } }`);
      const file = await workspace.write("p.https", "GET https://localhost/");
      const engine = createEngine(ports());
      const raw = await engine.findSettings(file);
      const view = await engine.run({
        text: "GET https://localhost/",
        file,
        block: 0,
        settings: raw,
        trusted: true,
        environmentName: "",
        signal: new AbortController().signal,
      });
      await engine.close();
      assert.match(view.failure?.code ?? "", /^(settings|variable)\./);
      assert.doesNotMatch(JSON.stringify(view), /4711471147/, entry);
    }
  });

  test("several mistakes in the settings are told together", async () => {
    const view = await run("GET HOST", settings({ "padlock.timeout": { connect: "x", total: "y" } }));
    assertNotSent(view, "settings.bad-duration");
    assert.match(view.failure?.detail ?? "", /Also: .*line \d+/);
  });

  test("a failure of the network points at the request line", async () => {
    const view = await run("# first\nGET https://no-such-host.invalid/");
    assert.equal(view.failure?.code, "network.dns");
    assert.deepEqual([view.failure?.location?.file, view.failure?.location?.line], ["requests/a.https", 2]);
  });

  test("a block without a request is a failure, not a crash", async () => {
    const engine = createEngine(ports());
    const file = await workspace.write("empty.https", "# nothing\n");
    const raw = await engine.findSettings(file);
    const view = await engine.run({
      text: "# nothing\n",
      file,
      block: 0,
      settings: raw,
      trusted: true,
      environmentName: "",
      signal: AbortSignal.abort(),
    });
    assert.equal(view.failure?.code, "parse.error");
    await engine.close();
  });
});
