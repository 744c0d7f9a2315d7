import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { diagnoseFile } from "../../../src/language/diagnostics.ts";
import { credentialsInFile } from "../../../src/language/rules/credentials/in-file.ts";
import { createLineMap, parse } from "../../../src/syntax/index.ts";
import { awsSecretKey, azureKey, made, madePrivateKey, madeTokens } from "./made-tokens.ts";
import { marked } from "./marked.ts";
import { testUri } from "./memory-host.ts";

const code = "secret.hard-coded";

function findingsIn(text: string) {
  const lines = createLineMap(text);
  return diagnoseFile(parse(text), testUri)
    .filter((diagnostic) => diagnostic.code === code)
    .map(({ range, message }) => ({
      range: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
      message: typeof message === "string" ? message : message.value,
    }));
}

/** The rule marks exactly what stands between `«` and `»`, and its message repeats none of it. */
function assertMarked(source: string): void {
  const { text, marks } = marked(source);
  const findings = findingsIn(text);
  assert.deepEqual(
    findings.map(({ range }) => text.slice(range.start, range.end)),
    marks.map(({ start, end }) => text.slice(start, end)),
    source,
  );
  assert.deepEqual(
    findings.map(({ range }) => range),
    marks,
    source,
  );
  for (const { range, message } of findings) {
    const value = text.slice(range.start, range.end);
    // A word of the message may be somebody's password.
    if (value.length > 5) assert.ok(!message.includes(value), message);
  }
}

const header = (line: string) => `GET https://api.test/\n${line}\n`;
const json = (body: string) => `POST https://api.test/\nContent-Type: application/json\n\n${body}\n`;
const form = (body: string) => `POST https://api.test/\nContent-Type: application/x-www-form-urlencoded\n\n${body}\n`;
const plain = (body: string) => `POST https://api.test/\n\n${body}\n`;
const pair = (text: string) => btoa(text);

describe("credentials in a file are marked", () => {
  const rows: readonly string[] = [
    // Authorization and its relatives
    header("Authorization: Bearer «k3Jx9vQp2z»"),
    header("authorization:bearer   «k3Jx9vQp2z»"),
    header("X-CSRF-Token: «k3Jx9vQp2z»"),
    header("Authorization: Token «k3Jx9vQp2z»"),
    header("Authorization: «k3Jx9vQp2zRt7»"),
    header(`Authorization: Basic «${pair("alice:hunter2")}»`),
    header(`Authorization: Basic «${pair("user:pass")}»`),
    header(`Proxy-Authorization: Basic «${pair("älice:hünter2")}»`),
    header("Authorization: Basic alice:«hunter2»"),
    header("Authorization: Basic alice «hunter2»"),
    header("Authorization: Basic {{user}}:«hunter2»"),
    header("Authorization: Digest alice «hunter2»"),
    header(`Authorization: Basic «${pair(`${made(24)}:`)}»`),
    // Headers whose name says it
    header("X-Api-Key: «8f14e45fceea167a»"),
    header("x-api-key:«8f14e45fceea167a»"),
    header("X-Auth-Token: «8f14e45fceea167a»"),
    header("PRIVATE-TOKEN: «8f14e45fceea167a»"),
    header("Ocp-Apim-Subscription-Key: «8f14e45fceea167a»"),
    header("X-Access-Token: Bearer «8f14e45fceea167a»"),
    // Cookies
    header("Cookie: sid=«s3cr3tvalue»"),
    header("Cookie: theme=dark; JSESSIONID=«8F14E45FCEEA167A»; lang=en"),
    header("Cookie: a=«8f14E45fceea167a5A36»; b={{value}}"),
    header("Cookie: sid=«s3cr3tvalue»; auth=«an0thervalue»"),
    // URLs
    "GET https://alice:«hunter2»@api.test/\n",
    "GET https://user:«pass»@api.test/\n",
    "GET https://{{user}}:«hunter2»@{{host}}/\n",
    "GET https://api.test/?api_key=«8f14e45fceea»&page=2\n",
    "GET https://api.test/?page=2&access_token=«8f14e45fceea»#top\n",
    "GET https://api.test/items\n  ?page=2\n  &token=«8f14e45fceea»\n",
    "GET https://{{host}}/?sig=«k3Jx9vQp2z%2B%3D»&sv=2024\n",
    // Bodies
    json('{ "user": "alice", "password": "«hunter2»" }'),
    json('{"a": {"clientSecret" : "«k3Jx9vQp2z»"}, "n": 1}'),
    json('{"password": "«h\\"unter2»", "x": "y"}'),
    json('{"refresh_token": "«k3Jx9vQp2z»", "password_confirmation": "«hunter2»"}'),
    plain('{ "apiKey": "«8f14e45fceea»" }'),
    form("user=alice&password=«hunter2»&remember=1"),
    form("grant_type=client_credentials\n&client_id=me\n&client_secret=«k3Jx9vQp2z»"),
    form("password=«h%C3%BCnter2»"),
    plain('<wsse:Password Type="x">«hunter2»</wsse:Password>'),
    'POST https://api.test/graphql\nX-Request-Type: GraphQL\n\nmutation { login(user: "alice", password: "«hunter2»") { id } }\n',
    'POST https://api.test/\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name="password"\n\n«hunter2»\n--b--\n',
    // cURL
    "curl -u alice:«hunter2» https://api.test/\n",
    "curl --user 'alice:«hunter2»' https://api.test/\n",
    "curl -H 'Authorization: Bearer «k3Jx9vQp2z»' https://api.test/\n",
    'curl -H "X-Api-Key: «8f14e45fceea167a»" https://api.test/\n',
    `curl -H 'Authorization: Basic «${pair("alice:hunter2")}»' https://api.test/\n`,
    "curl https://alice:«hunter2»@api.test/\n",
    "curl 'https://api.test/?a=1&api_key=«8f14e45fceea»'\n",
    "curl -d user=alice -d password=«hunter2» https://api.test/\n",
    'curl --json \'{"password": "«hunter2»"}\' https://api.test/\n',
    "curl -b 'sid=«s3cr3tvalue»' https://api.test/\n",
    "curl --cert a.pem --pass «hunter2x» https://api.test/\n",
    // Variables
    "@token = «k3Jx9vQp2z»\n",
    "@api_key=«8f14e45fceea»\n",
    "@adminPassword = «hunter2»\n",
    "@TOKEN_PROD = «k3Jx9vQp2z»\n",
    "@auth = Bearer «k3Jx9vQp2z»\n",
    "@base = https://alice:«hunter2»@api.test\n",
    "@url = https://api.test/?access_token=«k3Jx9vQp2z»\n",
    "# @name one\nGET https://api.test/\n\n###\nrun #one (@token = «k3Jx9vQp2z»)\n",
    // Formats, wherever they stand
    "# mongodb://alice:«hunter2»@db.test/things\n",
    `# AccountName=a;AccountKey=«${azureKey}»;EndpointSuffix=core.test\n`,
    `# aws_secret_access_key = «${awsSecretKey}»\n`,
    `POST https://hooks.slack.com/services/«T0AB12CD3/B0EF45GH6/${made(24)}»\n`,
    `GET https://api.test/\n\n> {% client.global.set("t", "«${madeTokens["GitLab"]}»") %}\n`,
    plain(`«${madePrivateKey("\n")}»`),
    plain(`«${madePrivateKey("\r\n", "RSA PRIVATE KEY")}»`),
    plain(`«${madePrivateKey("\n", "ENCRYPTED PRIVATE KEY")}»`),
    json(`{"key": "«${madePrivateKey("\\n", "EC PRIVATE KEY")}»"}`),
    json(`{"id": "«${madeTokens["GitHub classic"]}»"}`),
    `GET https://api.test/«${madeTokens["GitLab"]}»/x\n`,
    // What stands around it says more than its format, and it is said once.
    header(`Authorization: Bearer «${madeTokens["JWT"]}»`),
    header(`X-Api-Key: «${madeTokens["Stripe"]}»`),
  ];
  for (const row of rows) test(JSON.stringify(row).slice(0, 100), () => assertMarked(row));

  for (const [service, token] of Object.entries(madeTokens)) {
    test(`${service}, in a comment`, () => assertMarked(`# «${token}»\nGET https://api.test/\n`));
  }

  test("in each block, in the order of the file, also after another one was changed", () => {
    const block = (token: string) => `###\nGET https://api.test/\nAuthorization: Bearer «${token}»\n\n`;
    assertMarked(block("k3Jx9vQp2z") + block("k3Jx9vQp2z") + block("v7Tq1mZx4c"));
    assertMarked(block("another7Tq1") + block("k3Jx9vQp2z") + block("v7Tq1mZx4c"));
  });
});

describe("what is no credential is not marked", () => {
  const rows: readonly string[] = [
    // References and what other tools write for them
    header("Authorization: Bearer {{token}}"),
    header("Authorization: Bearer {{$env.TOKEN}}"),
    header('Authorization: {{$basic "alice" $env.PASSWORD}}'),
    header("Authorization: Basic {{user}}:{{password}}"),
    header("Authorization: Bearer $" + "{TOKEN}"),
    header("Authorization: Bearer $TOKEN"),
    header("X-Api-Key: %API_KEY%"),
    "GET https://{{user}}:{{password}}@api.test/\n",
    "GET https://api.test/?api_key={{key}}\n",
    json('{"password": "{{password}}", "token": "$(get-token)"}'),
    form("password={{password}}"),
    "curl -u $USER:$PASSWORD https://api.test/\n",
    // Placeholders
    header("Authorization: Bearer <token>"),
    header("Authorization: Bearer <your access token>"),
    header("Authorization: Bearer [token]"),
    header("Authorization: Bearer YOUR_API_KEY"),
    header("Authorization: Bearer your-token-here"),
    header("Authorization: Bearer xxxxxxxx"),
    header("Authorization: Bearer xxxx-xxxx-xxxx"),
    header("Authorization: Bearer ********"),
    header("Authorization: Bearer eyJhbGciOi..."),
    header("Authorization: Bearer token"),
    header("Authorization: Bearer access_token"),
    header("Authorization: Bearer"),
    header("Authorization: Basic alice:"),
    header("Authorization: Basic <credentials>"),
    header("X-Api-Key: my-api-key"),
    header("X-Api-Key: changeme"),
    header("X-Api-Key: REPLACE_ME"),
    header("X-Api-Key: example"),
    header("X-Api-Key:"),
    header("X-CSRF-Token: Fetch"),
    header("x-csrf-token: Required"),
    header("Cookie: sid=<session>; token=xxxx"),
    "GET https://<user>:<password>@api.test/\n",
    "@token = <put JWT token here>\n",
    "@password = \n",
    "@apiKey = YOUR_KEY\n",
    "@token = insert-your-token\n",
    // Test data that is known to everybody
    json('{"password": "password", "token": "test"}'),
    json('{"password": "secret123"}'),
    json('{"password": "wrong-password", "token": "invalid_token"}'),
    form("grant_type=password&username=test&password=test1234"),
    `# ${"AKIA"}IOSFODNN7EXAMPLE\n`,
    "# wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    // Names that only sound like it
    header("Idempotency-Key: 8f14e45fceea167a5a36"),
    header("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
    header("X-Request-Id: 8f14e45fceea167a5a36"),
    header("Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ=="),
    header('If-None-Match: "33a64df551425fcc55e4d42a148795d9"'),
    header('Authorization: Signature keyId="a",signature="k3Jx9vQp2z"'),
    header("Cookie: theme=dark; lang=en; _ga=GA1.2.1234567890.1234567890"),
    "GET https://api.test/?token_type=bearer&key=name&page_token=CAoQAA\n",
    "GET https://api.test/users/alice@example.test\n",
    "GET https://api.test:8443/a@b\n",
    json('{"max_tokens": 100, "tokenType": "Bearer", "tokenUrl": "https://a.test/token"}'),
    json('{"next_page_token": "CAoQAA123abc", "passwordHint": "my first dog", "secretName": "db-prod"}'),
    json('{"auth": "oauth2", "session": "morning", "keyword": "k3Jx9vQp2z"}'),
    json('{"token": "the token that the server gave you"}'),
    json('{"password": null, "secret": true, "token": 7}'),
    form("tokens=12&publicKey=k3Jx9vQp2z"),
    "@tokenUrl = https://login.test/oauth/token\n",
    "@host = api.test\n@id = 8f14e45fceea167a5a36\n",
    // Formats that are cut short or stand for themselves
    `# ghp_${"x".repeat(36)}\n`,
    "# -----BEGIN PRIVATE KEY-----\n# ...\n# -----END PRIVATE KEY-----\n",
    plain(
      "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2hlY2sgSW50ZWdyaXR5ISEhISEhISEhIQ==\n-----END CERTIFICATE-----",
    ),
    plain(
      "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQ2hlY2sgSW50ZWdyaXR5ISEhISEhISEhIQ==\n-----END PUBLIC KEY-----",
    ),
    // Its own setting
    "# @secret-prompt password The password\nGET https://api.test/\n",
  ];
  for (const row of rows) test(JSON.stringify(row).slice(0, 100), () => assertMarked(row));
});

describe("the rule for credentials", () => {
  test("can be switched off or made an error", () => {
    const file = parse(header("Authorization: Bearer k3Jx9vQp2z"));
    const severities = (level: "off" | "error") =>
      diagnoseFile(file, testUri, { levels: { [code]: level } })
        .filter((diagnostic) => diagnostic.code === code)
        .map(({ severity }) => severity);
    assert.deepEqual([severities("off"), severities("error")], [[], [1]]);
  });

  test("takes a time that grows with the text, whatever stands in it", () => {
    const hostile = [
      "eyJa-",
      "ghs_1_",
      '"token":"',
      "SG.a.",
      "password=",
      "xoxb-a-",
      "-----BEGIN PRIVATE KEY-----\n",
      "https://a:",
      "<a b>",
      "token:",
      "sk-ant-",
      "a:a@",
    ];
    // The quickest of several: a busy moment of the machine says nothing.
    const time = (text: string) => {
      const times = Array.from({ length: 3 }, (_, round) => {
        // Blocks that were seen before are not read again.
        const file = parse(`# ${round}\n${text}`);
        const started = performance.now();
        credentialsInFile(file);
        return performance.now() - started;
      });
      return Math.min(...times);
    };
    for (const part of hostile) {
      const [few, many] = [2000, 16_000].map((count) => plain(part.repeat(count)));
      time(few ?? "");
      const [short, long] = [time(few ?? ""), time(many ?? "")];
      assert.ok(
        long < 30 * short + 200,
        `${part}: ${short.toFixed(1)} ms, then ${long.toFixed(1)} ms for 8 times as much`,
      );
    }
  });
});

describe("secretlint's recommended rules", () => {
  test("are those that we know: a new one wants a name, a wrong place to be put right, and a row above", () => {
    assert.deepEqual(rules.map(({ meta }) => meta.id.replace(/^.*secretlint-rule-/, "")).sort(), [
      "1password",
      "anthropic",
      "aws",
      "basicauth",
      "cloudflare",
      "database-connection-string",
      "databricks",
      "docker",
      "figma",
      "filter-comments",
      "gcp",
      "github",
      "gitlab",
      "grafana",
      "groq",
      "hashicorp-vault",
      "huggingface",
      "linear",
      "notion",
      "npm",
      "openai",
      "privatekey",
      "sendgrid",
      "shopify",
      "slack",
      "stripe",
      "tailscale",
      "vercel",
    ]);
  });
});
