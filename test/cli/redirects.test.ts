import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestPki } from "../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

const token = "tok-51c0-aa91";
let first: TlsServer;
let second: TlsServer;
let project: TempWorkspace;

before(async () => {
  const pki = await createTestPki();
  const identity = serverIdentity(pki.server);
  second = await startTlsServer(identity);
  first = await startTlsServer({
    ...identity,
    handler: (_request, response) =>
      response.writeHead(302, { location: `https://localhost:${second.port}/next` }).end(),
  });
  const own = `localhost:${first.port}`;
  project = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": { "localhost:*": { ca: ["certs/ca.pem"] } },
      "padlock.secrets": { API_TOKEN: [own] },
    }),
    "a.https": `# @name start\nGET https://${own}/start\nAuthorization: Bearer {{$env.API_TOKEN}}\n`,
    "shown.https": `# @no-redirect\nGET https://${own}/start\n`,
  });
});
after(async () => {
  await Promise.all([first?.close(), second?.close()]);
  await project?.remove();
});

describe("padlock run, redirects", () => {
  it("follows them, and says what was withheld", async () => {
    const { exitCode, stdout } = await padlock(["run", "a.https"], {
      cwd: project.root,
      environment: { API_TOKEN: token },
    });
    assert.equal(exitCode, 0, stdout);
    assert.ok(!second.recorded[0]?.rawHeaders.includes("Authorization"));
    assert.match(stdout, new RegExp(`^✓ start {2}GET https://localhost:${first.port}/start$`, "m"));
    assert.match(
      stdout,
      new RegExp(`^ {2}→ 302 https://localhost:${second.port}/next ; Authorization withheld \\(API_TOKEN\\)$`, "m"),
    );
    assert.match(
      stdout,
      /^ {2}! Authorization was not sent on to localhost:\d+, because padlock\.secrets does not allow API_TOKEN there\.$/m,
    );
    assert.ok(!stdout.includes(token));
  });

  it("has them in --json", async () => {
    const { stdout } = await padlock(["run", "a.https", "--json"], {
      cwd: project.root,
      environment: { API_TOKEN: token },
    });
    const [exchange] = JSON.parse(stdout).exchanges;
    assert.equal(exchange.redirects[0].status, 302);
    assert.deepEqual(exchange.redirects[0].withheld, [
      { part: "header", name: "Authorization", secrets: ["API_TOKEN"] },
    ]);
    assert.equal(exchange.redirects[0].connection.tls.verdict.verified, true);
    assert.match(exchange.notes[0].text, /was not sent on/);
    assert.equal(exchange.request.url, `https://localhost:${second.port}/next`);
    assert.ok(!stdout.includes(token));
  });

  it("shows the redirect as it is with @no-redirect", async () => {
    const seen = second.recorded.length;
    const { stdout } = await padlock(["run", "shown.https"], { cwd: project.root });
    assert.match(stdout, /^ {2}302 Found/m);
    assert.equal(second.recorded.length, seen);
  });
});
