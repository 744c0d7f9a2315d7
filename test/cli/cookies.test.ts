import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createTestPki } from "../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

const value = "chocolate-chip-51c0";
let server: TlsServer;
let project: TempWorkspace;
let sent: (string | undefined)[];

before(async () => {
  const pki = await createTestPki();
  server = await startTlsServer({
    ...serverIdentity(pki.server),
    handler: (request, response) => {
      sent.push(request.headers.cookie);
      if (request.url === "/login")
        response.setHeader("set-cookie", [`sid=${value}; Path=/; Secure`, "ad=1; Domain=com"]);
      response.end();
    },
  });
  const host = `localhost:${server.port}`;
  project = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({ "padlock.hosts": { [host]: { ca: ["certs/ca.pem"] } } }),
    "1.https": `# @name login\nGET https://${host}/login\n`,
    "2.https": `# @name me\nGET https://${host}/me\n\n###\n# @name alone\n# @no-cookie-jar\nGET https://${host}/alone\n`,
  });
});
beforeEach(() => {
  sent = [];
});
after(async () => {
  await server?.close();
  await project?.remove();
});

describe("padlock run, cookies", () => {
  it("keeps them for the run, over all its files, and no longer", async () => {
    const { exitCode, stdout } = await padlock(["run", "1.https", "2.https"], { cwd: project.root });
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(sent, [undefined, `sid=${value}`, undefined]);
    assert.match(stdout, /^ {2}cookies kept: sid · refused: ad \(com is a public suffix\)$/m);
    assert.match(stdout, /^ {2}cookies sent: sid$/m);
    assert.ok(!stdout.includes(value));
    await padlock(["run", "2.https"], { cwd: project.root });
    assert.deepEqual(sent.slice(3), [undefined, undefined]);
  });

  it("has them in --json, values masked", async () => {
    const { stdout } = await padlock(["run", "1.https", "2.https", "--json"], { cwd: project.root });
    assert.ok(!stdout.includes(value));
    const { exchanges } = JSON.parse(stdout);
    const [login, me, alone] = exchanges.map(({ cookies }: { readonly cookies?: unknown }) => cookies);
    assert.deepEqual(
      login.received.map((cookie: Record<string, unknown>) => [cookie["name"], cookie["outcome"], cookie["reason"]]),
      [
        ["sid", "kept", null],
        ["ad", "refused", "com is a public suffix"],
      ],
    );
    const { name, value: shown, domain, hostOnly, path, expires, secure } = me.sent[0];
    assert.deepEqual(
      [name, shown, domain, hostOnly, path, expires, secure],
      ["sid", "••••••", "localhost", true, "/", null, true],
    );
    assert.equal(alone, undefined);
  });
});
