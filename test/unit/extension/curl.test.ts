import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { curlCommand } from "../../../src/extension/curl.ts";
import type { BodyView, RequestView } from "../../../src/protocol/exchange-view.ts";
import { exchange } from "./exchanges.ts";

const text = (content: string, change: Partial<BodyView> = {}): BodyView => {
  const size = Buffer.byteLength(content);
  return {
    mediaType: "text/plain",
    kind: "text",
    text: content,
    raw: null,
    size,
    encodedSize: size,
    truncated: false,
    ...change,
  };
};

function command(change: Partial<RequestView>): string | undefined {
  const { request } = exchange();
  return curlCommand({ request: { ...request, url: "https://api.example.com/users", ...change } })?.text;
}

/** The arguments that a real shell would give to curl. */
function shellArguments(change: Partial<RequestView>, env: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command(change) ?? assert.fail("no command")}`;
  return execFileSync("/bin/sh", ["-c", script], { env, encoding: "utf8" }).split("\0").slice(0, -1);
}

const posix = { skip: process.platform === "win32" && "needs a POSIX shell" };

test("method, URL and headers, without those that curl makes itself", posix, () => {
  const headers = [
    { name: "Host", value: "api.example.com" },
    { name: "Content-Length", value: "4" },
    { name: "Accept", value: "application/json" },
    { name: "X-Empty", value: "" },
  ];
  assert.deepEqual(shellArguments({ headers }), [
    "--request",
    "GET",
    "https://api.example.com/users",
    "--header",
    "Accept: application/json",
    "--header",
    "X-Empty;",
  ]);
});

test("what was sent over HTTP/2 asks for it, without the header fields of HTTP/2 itself", posix, () => {
  const headers = [
    { name: ":method", value: "GET" },
    { name: ":authority", value: "api.example.com" },
    { name: "accept", value: "*/*" },
  ];
  const expected = ["--request", "GET", "https://api.example.com/users", "--http2", "--header", "accept: */*"];
  assert.deepEqual(shellArguments({ headers }), expected);
});

test("a secret stays a name that the shell fills in", posix, () => {
  const headers = [{ name: "Authorization", value: "Bearer {{$env.API_TOKEN}}'s" }];
  const secrets = ["API_TOKEN"];
  assert.match(command({ headers, secrets }) ?? "", /"\$API_TOKEN"/);
  const words = shellArguments({ headers, secrets }, { API_TOKEN: "s3cr3t $HOME" });
  assert.deepEqual(words.slice(-2), ["--header", "Authorization: Bearer s3cr3t $HOME's"]);
});

test("what only looks like a secret, as in a server's redirect, stays text", posix, () => {
  const url = "https://evil.test/?q={{$env.AWS_KEY}}";
  for (const secrets of [undefined, ["API_TOKEN"]]) {
    const change = { url, body: text("{{$env.AWS_KEY}}"), ...(secrets && { secrets }) };
    const words = shellArguments(change, { AWS_KEY: "s3cr3t" });
    assert.ok(words.includes(url) && words.includes("--globoff"), words.join(" "));
    assert.equal(words.at(-1), "{{$env.AWS_KEY}}");
  }
});

describe("masked credentials", () => {
  const masked = {
    secrets: ["HALF"],
    method: "POST",
    url: "https://••••••:••••••@api.example.com/users?access_token=••••••&page=1",
    headers: [
      { name: "Authorization", value: "Bearer ••••••", masked: true },
      { name: "Cookie", value: "path=••••••; theme=••••••", masked: true },
      { name: "X-Api-Key", value: "••••••{{$env.HALF}}", masked: true },
      { name: "content-type", value: "application/json" },
    ],
    body: text('{"user": "ada", "password": "••••••"}', { kind: "json", mediaType: "application/json" }),
  };
  const names = ["USER", "VALUE", "ACCESS_TOKEN", "AUTHORIZATION", "PATH", "THEME", "X_API_KEY", "PASSWORD"];

  test("become variables of the shell, one each", posix, () => {
    const { request } = exchange();
    const variables = names.map((name) => `MASKED_${name}`);
    assert.deepEqual(curlCommand({ request: { ...request, ...masked } })?.variables, variables);
    const env = Object.fromEntries(variables.map((name) => [name, `<${name.slice("MASKED_".length)}>`]));
    assert.deepEqual(shellArguments(masked, { ...env, HALF: "half" }), [
      "--request",
      "POST",
      "https://<USER>:<VALUE>@api.example.com/users?access_token=<ACCESS_TOKEN>&page=1",
      "--header",
      "Authorization: Bearer <AUTHORIZATION>",
      "--header",
      "Cookie: path=<PATH>; theme=<THEME>",
      "--header",
      "X-Api-Key: <X_API_KEY>half",
      "--header",
      "content-type: application/json",
      "--data-raw",
      '{"user": "ada", "password": "<PASSWORD>"}',
    ]);
  });

  test("stop the command while one is not set", posix, () => {
    assert.throws(() => shellArguments(masked, { MASKED_USER: "u" }), /MASKED_VALUE/);
  });

  test("two of one name are two variables", () => {
    const headers = [1, 2].map(() => ({ name: "X-Token", value: "••••••", masked: true }));
    const { request } = exchange();
    assert.deepEqual(curlCommand({ request: { ...request, headers } })?.variables, [
      "MASKED_X_TOKEN",
      "MASKED_X_TOKEN_2",
    ]);
  });
});

test("nothing in the request is read by the shell", posix, () => {
  const hostile = '\'; echo pwned; $(id) `id` \\ "x" !\n@file';
  assert.deepEqual(shellArguments({ method: "POST", body: text(hostile) }).slice(-4), [
    "--header",
    "Content-Type:",
    "--data-raw",
    hostile,
  ]);
});

test("the body goes as it was sent, not as it is shown", posix, () => {
  const body = text('{\n  "a": 1\n}', { kind: "json", raw: '{"a":1}' });
  const headers = [{ name: "content-type", value: "application/json" }];
  assert.deepEqual(shellArguments({ method: "POST", headers, body }).slice(-2), ["--data-raw", '{"a":1}']);
  assert.doesNotMatch(command({ method: "POST", headers, body }) ?? "", /'Content-Type:'/);
});

test("brackets of a URL are not a pattern for curl", posix, () => {
  assert.ok(shellArguments({ url: "https://api.example.com/?q[]=1" }).includes("--globoff"));
  assert.ok(
    !shellArguments({ url: "https://api.example.com/{{$env.ID}}", secrets: ["ID"] }, { ID: "7" }).includes("--globoff"),
  );
});

test("a body that is not there as text gives no command", () => {
  assert.equal(command({ method: "POST", body: text("abc", { truncated: true }) }), undefined);
  assert.equal(command({ method: "POST", body: text("00 01", { kind: "binary" }) }), undefined);
});
