import assert from "node:assert/strict";
import { test } from "node:test";
import { LanguageDocument } from "../../../src/language/document.ts";
import { serverAt } from "../../../src/language/server-at.ts";
import { marked } from "./marked.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";

async function at(source: string, host = createMemoryHost()): Promise<string | undefined> {
  const { text, cursors } = marked(source);
  return serverAt(new LanguageDocument(testUri, 1, text), cursors[0] ?? 0, host);
}

test("the server of a request, with its port where that is another one", async () => {
  assert.equal(await at("GET https://api.example.com/v1?q=1|"), "api.example.com");
  assert.equal(await at("### one\n|# @name a\nGET https://API.example.com:8443/x\n"), "api.example.com:8443");
  assert.equal(await at("GET https://[::1]:8443/\n\nbo|dy"), "[::1]:8443");
  assert.equal(await at("GET https://a.test/\n\n### two\nGET https://b.test:443/|"), "b.test");
  assert.equal(await at("GET /v1|\nHost: c.test:8443\n"), "c.test:8443");
  assert.equal(await at("c|url https://d.test/x -H 'a: b'\n"), "d.test");
});

test("variables of the file, of imported ones and of the active environment count", async () => {
  const environment = { name: "dev", names: ["dev"], variables: [variable("port", "8443")] };
  const files = { "file:///project/base.https": "@host = api.test\n" };
  assert.equal(
    await at("import base.https\n\nGET https://{{host}}:{{port}}/|", createMemoryHost({ environment, files })),
    "api.test:8443",
  );
  assert.equal(await at("@base = https://x.test:1/a\nGET {{base}}/b/{{unknown}}|"), "x.test:1");
});

test("nothing where the host is not known or not to be shown, where there is none, and without TLS", async () => {
  const environment = { name: "dev", names: ["dev"], variables: [variable("host", undefined)] };
  assert.equal(await at("GET https://{{host}}/|", createMemoryHost({ environment })), undefined);
  for (const source of [
    "GET https://{{nobody}}/|",
    "GET https://{{$env.HOST}}/|",
    "@token = {{$secret HOST}}\nGET https://{{token}}/|",
    "GET http://localhost:8080/|",
    "GET https://*.com/|",
    "GET |",
    "# only a comment|",
    "|",
  ]) {
    assert.equal(await at(source), undefined, source);
  }
});

test("user names and passwords in a URL are left out", async () => {
  assert.equal(await at("GET https://alice:hunter2@api.test/|"), "api.test");
});
