import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

const session = "s3ss10n-made-by-the-server";
const literals = { bearer: "b3ar3r-literal", query: "qu3ry-literal", field: "f13ld-literal" };

let pki: TestPki;
let server: TlsServer;
before(async () => {
  pki = await createTestPki();
  server = await startTlsServer({
    ...serverIdentity(pki.server),
    handler: (_, response) => {
      response.setHeader("set-cookie", `sid=${session}; Path=/; Secure`);
      response.setHeader("location", `/next?code=${session}`);
      response.end("answer");
    },
  });
});
after(() => server?.close());

test("credentials that nobody has listed are neither in the text nor in the JSON, and nothing reveals them", async () => {
  await using project = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({ "padlock.hosts": { "localhost:*": { ca: ["certs/ca.pem"] } } }),
    "api.https": [
      `POST ${server.url}/?api_key=${literals.query}&page=2`,
      `Authorization: Bearer ${literals.bearer}`,
      "Content-Type: application/x-www-form-urlencoded",
      "",
      `user=ada&client_secret=${literals.field}`,
      "",
      "### fails",
      `GET ${server.url}/{{nothing}}?token=${literals.query}`,
      "",
    ].join("\n"),
  });
  for (const options of [[], ["--json"]]) {
    const seen = server.recorded.length;
    const result = await padlock(["run", "api.https", ...options], { cwd: project.root });
    const { rawHeaders, url, body } = server.recorded[seen] ?? assert.fail(result.stderr);
    assert.ok(rawHeaders.includes(`Bearer ${literals.bearer}`), "the server gets the value");
    assert.match(`${url} ${body}`, /qu3ry-literal.*f13ld-literal/);
    const output = result.stdout + result.stderr;
    for (const value of [session, ...Object.values(literals)]) assert.ok(!output.includes(value), output);
    assert.match(output, /api_key=••••••&page=2/);
    if (options.length === 0) continue;
    for (const shown of [
      "Bearer ••••••",
      "sid=••••••; Path=/; Secure",
      "/next?code=••••••",
      "user=ada&client_secret=••••••",
    ]) {
      assert.ok(output.includes(JSON.stringify(shown)), shown);
    }
  }
  const help = await padlock(["run", "--help"], { cwd: project.root });
  assert.doesNotMatch(help.stdout, /reveal/i);
});
