import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { diagnose } from "../../../src/language/diagnostics.ts";
import { credentialMove, LanguageDocument } from "../../../src/language/index.ts";
import { applyEdits } from "../language/apply-edits.ts";
import { madePrivateKey } from "../language/made-tokens.ts";
import { createMemoryHost, testUri } from "../language/memory-host.ts";
import { type Harness, startHarness } from "./harness.ts";

/** What stands in each file: the value, as whoever reads the request gets it. */
const value = "hünter-2+/x9Q";
const base64 = Buffer.from(`alice:${value}`).toString("base64");
const json = "Content-Type: application/json\n\n";
const form = "Content-Type: application/x-www-form-urlencoded\n\n";

const rows: readonly (readonly [title: string, text: string, expected?: string])[] = [
  ["a bearer token", "GET https://HOST/\nAuthorization: Bearer k3Jx9vQp2z", "k3Jx9vQp2z"],
  ["an API key", "GET https://HOST/\nX-Api-Key: k3Jx9vQp2z", "k3Jx9vQp2z"],
  ["Basic in Base64", `GET https://HOST/\nAuthorization: Basic ${base64}`],
  ["Basic as user:password", "GET https://HOST/\nAuthorization: Basic alice:hunter2x", "hunter2x"],
  ["Basic as user password", "GET https://HOST/\nAuthorization: Basic alice hunter2x", "hunter2x"],
  ["userinfo", "GET https://alice:h%C3%BCnter-2+%2Fx9Q@HOST/"],
  ["a query parameter", "GET https://HOST/?api_key=k3Jx%2B9vQp2z&x=1", "k3Jx%2B9vQp2z"],
  ["a cookie", "GET https://HOST/\nCookie: a=1; sid=s3cr3tvalue; b=2", "s3cr3tvalue"],
  ["a JSON field", `POST https://HOST/\n${json}{"user": "a", "password": ${JSON.stringify(value)}}`],
  ["a JSON field with escapes", `POST https://HOST/\n${json}{"password": "h\\u0075nter\\n2"}`, "hunter\n2"],
  ["a form field", `POST https://HOST/\n${form}user=a&password=${encodeURIComponent(value)}&x=1`],
  ["an element", "POST https://HOST/\nContent-Type: text/xml\n\n<a><Password>hunter2x</Password></a>", "hunter2x"],
  ["a variable", "@token = k3Jx9vQp2z\nGET https://HOST/?t={{token}}\nX-T: {{token}}", "k3Jx9vQp2z"],
  ["a variable with its scheme", "@auth = Bearer k3Jx9vQp2z\nGET https://HOST/\nAuthorization: {{auth}}", "k3Jx9vQp2z"],
  ["a key in a JSON string", `POST https://HOST/\n${json}{"k": "${madePrivateKey("\\n")}"}`, madePrivateKey("\n")],
  ["curl -u", "curl -u 'alice:hunter2x' https://HOST/", "hunter2x"],
  ["curl -H", 'curl -H "Authorization: Bearer k3Jx9vQp2z" https://HOST/', "k3Jx9vQp2z"],
  ["curl -H with Basic", `curl -H 'Authorization: Basic ${base64}' https://HOST/`],
  ["curl -H with Basic in double quotes", `curl -H "Authorization: Basic ${base64}" https://HOST/`],
  ["curl -d", "curl -d user=a -d password=hunter2x https://HOST/", "hunter2x"],
  ["curl --json", `curl --json '{"password": "hunter2x"}' https://HOST/`, "hunter2x"],
];

describe("a credential that was moved to an environment variable", () => {
  let harness: Harness;
  before(async () => {
    harness = await startHarness((_request, response) => response.end("ok"));
  });
  after(() => harness.stop());

  const arrived = async (text: string) => {
    const { view } = await harness.send("moved.https", text);
    assert.equal(view.failure, null, view.failure?.detail);
    const last = harness.server.recorded.at(-1);
    assert.ok(last);
    const pairs = last.rawHeaders.map((name, index) => [name.toLowerCase(), last.rawHeaders[index + 1]] as const);
    const headers = pairs.filter(([name], index) => index % 2 === 0 && name !== "content-length");
    const type = new Map(headers).get("content-type") ?? "";
    const written = last.body.toString("utf8");
    const body: unknown = type.includes("json") ? JSON.parse(written) : written;
    // Percent-encoding may differ in a form, and JSON may be escaped otherwise: what is meant is the same.
    const meant = type.includes("urlencoded") ? [...new URLSearchParams(String(body))] : body;
    return { url: last.url, method: last.method, headers, body: meant };
  };

  for (const [title, source, expected = value] of rows) {
    it(`${title}: the server gets the same`, async () => {
      const text = source.replaceAll("HOST", harness.host);
      const document = new LanguageDocument(testUri, 1, text);
      const host = createMemoryHost();
      const [found] = diagnose(document, host).filter(({ code }) => code === "secret.hard-coded");
      const move = found && credentialMove(document, found.range, host);
      assert.ok(move, text);
      assert.equal(move.value, expected);
      assert.deepEqual(move.hosts, [harness.host]);
      const moved = applyEdits(document, move.edits("$env.PASSWORD"));
      assert.match(moved, /\$env\.PASSWORD/);
      assert.deepEqual(
        diagnose(new LanguageDocument(testUri, 2, moved), host).filter(({ code }) => code === "secret.hard-coded"),
        [],
        moved,
      );
      await harness.restart();
      const literal = await arrived(text);
      // From VS Code's store: the environment does not set it.
      await harness.restart({}, { secret: async (name) => (name === "PASSWORD" ? move.value : undefined) });
      assert.deepEqual(await arrived(moved), literal, moved);
    });
  }
});
