import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { handlers, serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { finished, padlock, startPadlock } from "./padlock.ts";

let pki: TestPki;
/** Asks for a client certificate and answers 200 with it. */
let mutual: TlsServer;
let expired: TlsServer;

before(async () => {
  pki = await createTestPki();
  const identity = await pki.root.issueServer({
    name: "localhost",
    hosts: ["localhost"],
    notBefore: new Date("2020-01-01T00:00:00Z"),
    notAfter: new Date("2021-01-01T00:00:00Z"),
  });
  [mutual, expired] = await Promise.all([
    startTlsServer({ ...serverIdentity(pki.server), ca: pki.root.certificatePem, requestCert: true }),
    startTlsServer(serverIdentity(identity)),
  ]);
});

after(() => Promise.all([mutual?.close(), expired?.close()]));

function makeProject(files: Readonly<Record<string, string>>, settings: object = {}): Promise<TempWorkspace> {
  return makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    "certs/client.pem": pki.client.certificatePem,
    "certs/client.key": pki.client.privateKeyPem,
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": {
        "localhost:*": { ca: ["certs/ca.pem"], cert: "certs/client.pem", key: "certs/client.key" },
      },
      ...settings,
    }),
    ...files,
  });
}

describe("padlock run", () => {
  it("shows a verified mutual-TLS answer and ends with 0", async () => {
    await using project = await makeProject({ "api.https": `# @name getAccount\nGET ${mutual.url}/account\n` });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    assert.equal(result.stderr, "");
    const { stdout } = result;
    assert.ok(stdout.startsWith(`✓ getAccount  GET ${mutual.url}/account\n  200 OK · HTTP/1.1 · `), stdout);
    assert.match(stdout, /^ {2}Verified/m);
    assert.match(stdout, /^ {2}TLS {5}TLSv1\.3 · TLS_/m);
    assert.match(stdout, /^ {2}Server {2}CN=localhost.* · \d+ days left · verified by .*certs\/ca\.pem/m);
    assert.match(stdout, /^ {2}Client {2}CN=Test Client.* · sent$/m);
    assert.match(stdout, /^ {4}"ok": true$/m);
    assert.match(stdout, /\n1 request: 1 answered\n$/);
  });

  it("sends only the requests that --name names, by name or title", async () => {
    const file = `### First\nGET ${mutual.url}/1\n\n### Second\n# @name two\nGET ${mutual.url}/2\n\n###\nGET ${mutual.url}/3\n`;
    await using project = await makeProject({ "api.https": file });
    const seen = mutual.recorded.length;
    const both = await padlock(["run", "api.https", "--name", "two", "--name", "First"], { cwd: project.root });
    assert.equal(both.exitCode, 0, both.stdout + both.stderr);
    assert.deepEqual(
      mutual.recorded.slice(seen).map((request) => request.url),
      ["/1", "/2"],
    );
    assert.match(both.stdout, /2 requests: 2 answered/);
  });

  it("uses one connection for two requests to one host", async () => {
    await using project = await makeProject({ "api.https": `GET ${mutual.url}/a\n\n###\nGET ${mutual.url}/b\n` });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    const [first, second] = mutual.recorded.slice(-2);
    assert.equal(first?.connection, second?.connection);
    assert.match(result.stdout, /connection reused/);
  });

  it("ends with 2 for an expired certificate, shows the chain, and the server received no byte", async () => {
    await using project = await makeProject({ "api.https": `GET ${expired.url}/\nX-Secret: none\n` });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(result.exitCode, 2, result.stdout + result.stderr);
    assert.match(result.stdout, /^✕ GET https:\/\/localhost:\d+\/\n.*\[tls\.expired\]$/m);
    assert.match(result.stdout, /The refused chain:\n {4}1 {2}CN=localhost/);
    assert.match(result.stdout, /valid until {2}2021-01-01 \(expired \d+ days ago\)/);
    assert.match(result.stdout, /SHA-256 {6}([0-9A-F]{2}:){31}[0-9A-F]{2}/);
    assert.match(result.stdout, /Nothing of the request was sent\./);
    assert.match(result.stdout, /\n1 request: 1 failed\n$/);
    assert.equal(expired.receivedBytes, 0);
    assert.ok(expired.connections > 0);
  });

  it("counts a response of any status as answered", async () => {
    await using broken = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (_request, response) => response.writeHead(500).end(),
    });
    await using project = await makeProject({ "api.https": `GET ${broken.url}/\n` });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    assert.match(result.stdout, /^! GET /);
  });

  it("lets the worst of several count and runs them all", async () => {
    const file = `GET ${expired.url}/\n\n###\nGET ${mutual.url}/\nX: {{$env.UNSET_VARIABLE}}\n\n###\nGET ${mutual.url}/\n`;
    const secrets = { "padlock.secrets": { UNSET_VARIABLE: ["localhost:*"] } };
    await using project = await makeProject({ "api.https": file }, secrets);
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(result.exitCode, 3, result.stdout + result.stderr);
    assert.match(result.stdout, /\n3 requests: 1 answered, 2 failed\n$/);
  });

  it("refuses an unset variable with 3 and points at it, from any folder", async () => {
    const file = `GET ${mutual.url}/\nAuthorization: Bearer {{$env.API_TOKEN}}\n`;
    await using project = await makeProject(
      { "requests/api.https": file },
      { "padlock.secrets": { API_TOKEN: ["localhost:*"] } },
    );
    const seen = mutual.connections;
    const result = await padlock(["run", "api.https"], { cwd: project.path("requests") });
    assert.equal(result.exitCode, 3, result.stdout + result.stderr);
    assert.match(result.stdout, /\[variable\.unset\]\n +--> api\.https:2:\d+\n/);
    assert.match(result.stdout, /^ {2}2 \| Authorization: Bearer \{\{\$env\.API_TOKEN\}\}\n {4}\| +\^+$/m);
    assert.equal(mutual.connections, seen);
  });

  it("refuses a secret that the settings do not name with 4", async () => {
    await using project = await makeProject({ "api.https": `GET ${mutual.url}/\nX-Key: {{$env.API_TOKEN}}\n` });
    const seen = mutual.connections;
    const environment = { API_TOKEN: "s3cr3t-value-1" };
    const result = await padlock(["run", "api.https"], { cwd: project.root, environment });
    assert.equal(result.exitCode, 4, result.stdout + result.stderr);
    assert.match(result.stdout, /\[policy\.secret-not-allowed\]/);
    assert.doesNotMatch(result.stdout, /s3cr3t/);
    assert.equal(mutual.connections, seen);
  });

  it("refuses a request with a broken line with 3, and sends the one beside it", async () => {
    const file = `GET ${mutual.url}/broken\nno colon here\n\n### Whole\nGET ${mutual.url}/whole\n`;
    await using project = await makeProject({ "api.https": file });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(result.exitCode, 3, result.stdout + result.stderr);
    assert.match(result.stdout, /\[parse\.error\]\n +--> api\.https:2:1\n/);
    assert.equal(mutual.recorded.at(-1)?.url, "/whole");
    assert.match(result.stdout, /\n2 requests: 1 answered, 1 failed\n$/);
  });

  it("does not pass over a block whose request line was mistyped", async () => {
    const file = `GTE ht tps:// nowhere\n\n### Whole\nGET ${mutual.url}/whole\n`;
    await using project = await makeProject({ "api.https": file });
    const all = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(all.exitCode, 3, all.stdout + all.stderr);
    assert.match(all.stderr, /\[parse\.error\]\n +--> api\.https:1:1\n/);
    assert.match(all.stdout, /\n1 request: 1 answered, 1 problem outside the requests\n$/);
    const named = await padlock(["run", "api.https", "--name", "Whole"], { cwd: project.root });
    assert.deepEqual([named.exitCode, named.stderr], [0, ""]);
  });

  it("says why there is nothing to send when the only request line was mistyped", async () => {
    await using project = await makeProject({ "api.https": "GTE ht tps:// nowhere\n" });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.deepEqual([result.exitCode, result.stdout], [3, ""]);
    assert.match(result.stderr, /api\.https:1:1\n[\s\S]*There is no request in api\.https/);
  });

  it("refuses wrong settings with 3 and names their line", async () => {
    await using project = await makeProject({
      "api.https": `GET ${mutual.url}/\n`,
      ".vscode/settings.json": '{\n  "padlock.timeout": { "connect": "soon" },\n}\n',
    });
    const result = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(result.exitCode, 3, result.stdout + result.stderr);
    assert.match(result.stdout, /\[settings\.bad-duration\]\n +--> \.vscode\/settings\.json:2:\d+\n/);
  });
});

describe("a secret that the server gives back", () => {
  const secret = 'pa$$ w0rd/with+ünï "quotes"';
  const sent = Buffer.from(secret, "utf8");
  const token = "tok3n-0123456789abcdef";

  for (const json of [false, true]) {
    it(`is in no output${json ? " of --json" : ""}`, async () => {
      await using echo = await startTlsServer({
        ...serverIdentity(pki.server),
        handler: (request, response, recorded) => {
          const header = String(request.headers["x-token"]);
          response.setHeader("x-echo", header);
          response.setHeader("x-echo-base64", Buffer.from(header).toString("base64"));
          response.setHeader("content-type", "application/json");
          response.end(
            JSON.stringify({
              token: header,
              url: recorded.url,
              body: recorded.body.toString("utf8"),
              encoded: encodeURIComponent(recorded.body.toString("utf8").trim()),
              base64: recorded.body.toString("base64"),
            }),
          );
        },
      });
      const file = `POST ${echo.url}/?key={{$env.TOKEN}}\nX-Token: {{$env.TOKEN}}\n\n{{$env.PASSWORD}}`;
      const allowed = { "padlock.secrets": { TOKEN: ["localhost:*"], PASSWORD: ["localhost:*"] } };
      await using project = await makeProject({ "api.https": file }, allowed);
      const environment = { TOKEN: token, PASSWORD: secret };
      const args = ["run", "api.https", ...(json ? ["--json"] : [])];
      const result = await padlock(args, { cwd: project.root, environment });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.equal(echo.recorded[0]?.body.toString("utf8"), secret);
      assert.match(result.stdout, /\{\{\$env\.TOKEN\}\}/);
      const output = result.stdout + result.stderr;
      const forms = [
        token,
        Buffer.from(token).toString("base64"),
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
        sent.toString("base64"),
        sent.toString("hex"),
      ];
      for (const form of forms) assert.ok(!output.includes(form), `the output holds ${form}`);
    });
  }
});

describe("padlock run --json", () => {
  it("writes one document with every exchange, and explains failures on standard error", async () => {
    await using project = await makeProject({ "api.https": `GET ${mutual.url}/\n\n###\nGET ${expired.url}/\n` });
    const result = await padlock(["run", "api.https", "--json"], { cwd: project.root });
    assert.equal(result.exitCode, 2);
    const document = JSON.parse(result.stdout);
    assert.deepEqual(Object.keys(document), ["padlock", "exchanges", "skipped", "summary"]);
    assert.deepEqual(document.summary, {
      requests: 2,
      answered: 1,
      failed: 1,
      canceled: 0,
      notSent: 0,
      skipped: 0,
      problems: 0,
      exitCode: 2,
    });
    const [answered, refused] = document.exchanges;
    assert.equal(answered.response.status, 200);
    assert.equal(answered.connection.tls.verdict.verified, true);
    assert.equal(answered.connection.tls.chain.length, 3);
    assert.equal(refused.failure.code, "tls.expired");
    assert.equal(refused.failure.requestSent, false);
    assert.match(result.stderr, /^✕ GET .*\n.*\[tls\.expired\]/);
  });

  it("hands over a large body whole", async () => {
    const size = 4_000_000;
    await using large = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (_request, response) => {
        response.setHeader("content-type", "text/plain");
        response.end("x".repeat(size));
      },
    });
    await using project = await makeProject({ "api.https": `GET ${large.url}/\n\n###\nGET ${large.url}/\n` });
    const result = await padlock(["run", "api.https", "--json"], { cwd: project.root });
    assert.equal(result.exitCode, 0, result.stderr);
    const document = JSON.parse(result.stdout);
    assert.deepEqual(
      document.exchanges.map((exchange: { response: { body: { size: number } } }) => exchange.response.body.size),
      [size, size],
    );
  });
});

describe("padlock run, interrupted", () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`cancels the request at ${signal} and ends with 130`, async () => {
      const arrived = Promise.withResolvers<void>();
      await using silent = await startTlsServer({
        ...serverIdentity(pki.server),
        handler: () => arrived.resolve(),
      });
      await using project = await makeProject({ "api.https": `GET ${silent.url}/\n\n###\nGET ${silent.url}/second\n` });
      const child = startPadlock(["run", "api.https"], { cwd: project.root });
      const end = finished(child);
      await arrived.promise;
      child.kill(signal);
      const result = await end;
      assert.equal(result.exitCode, 130, result.stdout + result.stderr);
      assert.match(result.stdout, /\[canceled\]/);
      assert.match(result.stdout, /\n2 requests: 1 canceled, 1 not sent\n$/);
      assert.equal(silent.recorded.length, 1);
    });
  }

  it("stops without a complaint when nobody reads any more", async () => {
    await using slow = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (request, response) => {
        if (request.url === "/first") response.end("first");
        else handlers.headersThenStall(request, response);
      },
    });
    const file = `GET ${slow.url}/first\n\n###\nGET ${slow.url}/first\n\n###\nGET ${slow.url}/never\n`;
    await using project = await makeProject({ "api.https": file });
    const child = startPadlock(["run", "api.https"], { cwd: project.root });
    child.stdout.destroy();
    const result = await finished(child);
    assert.equal(result.exitCode, 130);
    assert.equal(result.stderr, "");
  });
});
