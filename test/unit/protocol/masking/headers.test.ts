import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { maskHeader } from "../../../../src/protocol/masking/headers.ts";
import { keepsAdded, mask } from "../../../../src/protocol/masking/mask.ts";

const none = keepsAdded("");
const shown = (name: string, value: string) => maskHeader(name, value, none);

/** A name, a value and what is shown of it. `*` stands for the mask. */
const cases: readonly (readonly [name: string, value: string, shown: string])[] = [
  ["Authorization", "Bearer abcdef", "Bearer *"],
  ["authorization", "bearer abcdef", "bearer *"],
  ["Proxy-Authorization", "Basic QWxhZGRpbjpvcGVu", "Basic *"],
  ["X-Forwarded-Authorization", "Bearer abcdef", "Bearer *"],
  ["Authorization", "Bearer", "Bearer"],
  ["Authorization", "abcdefghijk", "*"],
  ["Authorization", "abcdef ghijk", "*"],
  ["Authorization", "Bearer {{$env.TOKEN}}", "Bearer {{$env.TOKEN}}"],
  ["Authorization", "Bearer {{$secret TOKEN}}", "Bearer {{$secret TOKEN}}"],
  ["Authorization", "Bearer v1.{{$env.TOKEN}}.tail", "Bearer *{{$env.TOKEN}}*"],
  ["Authorization", "Token {{$env.A}}:{{$env.B}}", "Token {{$env.A}}:{{$env.B}}"],
  [
    "Authorization",
    'Digest username="ada", realm="a, b", nonce="n\\"=,", uri="/a?page=1&token=abcdef", response="6629", qop=auth, nc=00000001, opaque="o"',
    'Digest username="ada", realm="a, b", nonce="*", uri="/a?page=1&token=*", response="*", qop=auth, nc=00000001, opaque="*"',
  ],
  [
    "Authorization",
    "AWS4-HMAC-SHA256 Credential=AKIA/20/eu/s3/aws4_request,SignedHeaders=host;range,Signature=fe5f",
    "AWS4-HMAC-SHA256 Credential=*,SignedHeaders=host;range,Signature=*",
  ],
  ["Authorization", "Digest YWJjZGVmZw==", "Digest *"],
  ["Authorization", 'Digest realm="r", response="never ends', 'Digest realm="r", *'],
  ["Authentication-Info", 'nextnonce="abc", qop=auth, rspauth="def"', 'nextnonce="*", qop=auth, rspauth="*"'],
  ["WWW-Authenticate", 'Digest realm="r", nonce="abc"', 'Digest realm="r", nonce="abc"'],
  ["Cookie", "sid=abc; theme=dark;lang=; bare", "sid=*; theme=*;lang=; *"],
  ["Cookie", "YWJjZGVmZw==", "*"],
  ["Cookie", "a={{$env.SID}}; b=c", "a={{$env.SID}}; b=*"],
  [
    "Set-Cookie",
    "sid=abc; Path=/; Domain=.example.com; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=-1; HttpOnly; Secure; SameSite=Lax; Partitioned; Priority=High",
    "sid=*; Path=/; Domain=.example.com; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=-1; HttpOnly; Secure; SameSite=Lax; Partitioned; Priority=High",
  ],
  ["Set-Cookie", "sid=; Max-Age=0", "sid=; Max-Age=0"],
  ["Set-Cookie", 'sid="abc;def=ghi"; path=/', "sid=*; *; path=/"],
  ["Set-Cookie", "a=1; Path=/, b=other; constructor", "a=*; *; *"],
  ["X-Api-Key", "abcdef", "*"],
  ["X-Api-Key", "", ""],
  ["X-Api-Key", "{{$env.KEY}}", "{{$env.KEY}}"],
  [
    "Location",
    "https://u:p@host/cb?code=abcdef&state=1#access_token=q&x=1",
    "https://*:*@host/cb?code=*&state=1#access_token=*&x=1",
  ],
  ["Content-Location", "/items?page=2&api_key=abc", "/items?page=2&api_key=*"],
  [
    "Referer",
    "https://h/?next=https%3A%2F%2Fh%2Fcb%3Fcode%3Dabcdef%26x%3D1&y=2",
    "https://h/?next=https%3A%2F%2Fh%2Fcb%3Fcode%3D*%26x%3D1&y=2",
  ],
  [
    "Link",
    '<https://h/x?page=2&sig=a%26b>; rel="next", <https://h/y?q=1>; rel=last',
    '<https://h/x?page=2&sig=*>; rel="next", <https://h/y?q=1>; rel=last',
  ],
  ["Refresh", "0; url=https://h/?token=abc", "0; url=https://h/?token=*"],
  ["Content-Type", "multipart/form-data; boundary=token=abc", "multipart/form-data; boundary=token=abc"],
  ["Access-Control-Allow-Credentials", "true", "true"],
  ["constructor", "abc", "abc"],
];

test("what is shown of each field", () => {
  for (const [name, value, expected] of cases) {
    assert.equal(shown(name, value), expected.replaceAll("*", mask), `${name}: ${value}`);
  }
});

test("a mask is always as long, so that it tells nothing", () => {
  const lengths = [1, 6, 40, 4000].map((length) => shown("Authorization", `Bearer ${"a".repeat(length)}`));
  assert.equal(new Set(lengths).size, 1);
});

describe("references", () => {
  test("one that stood in the value before it was redacted is a part of the credential", () => {
    const raw = "Bearer {{hunter2}}-{{$env.NAME}}";
    assert.equal(maskHeader("Authorization", raw, keepsAdded(raw)), `Bearer ${mask}`);
  });
  test("one that was put in stays", () => {
    const raw = "Bearer {{hunter2}}value";
    const redacted = "Bearer {{hunter2}}{{$env.NAME}}";
    assert.equal(maskHeader("Authorization", redacted, keepsAdded(raw)), `Bearer ${mask}{{$env.NAME}}`);
  });
});

test("what was hidden is told, so that it can be hidden elsewhere; of Basic also the password", () => {
  const hidden = new Set<string>();
  const basic = Buffer.from("ada:hunter2!").toString("base64");
  maskHeader("Authorization", `Basic ${basic}`, keepsAdded("", hidden));
  maskHeader("Cookie", "sid=abcdef123; a=b", keepsAdded("", hidden));
  assert.deepEqual([...hidden], ["hunter2!", basic, "abcdef123"], "a text of one letter would hide too much");
});
