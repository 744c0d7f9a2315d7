import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { maskJson } from "../../../../src/protocol/masking/json.ts";
import { keepsAll, mask } from "../../../../src/protocol/masking/mask.ts";
import { holdsCredential } from "../../../../src/protocol/masking/source-line.ts";
import { maskForm, maskUrl, maskUrlsIn } from "../../../../src/protocol/masking/urls.ts";

type Mask = (text: string, masking: typeof keepsAll) => string;

/** `*` stands for the mask. */
function expect(maskOf: Mask, cases: readonly (readonly [text: string, shown: string])[]): void {
  for (const [text, shown] of cases) assert.equal(maskOf(text, keepsAll), shown.replaceAll("*", mask), text);
}

test("URLs: parameters of the query, the fragment and the path, and user information", () => {
  expect(maskUrl, [
    ["https://h/a?page=1&size=2#top", "https://h/a?page=1&size=2#top"],
    ["https://h/?access_token=abc&page=1", "https://h/?access_token=*&page=1"],
    ["https://h/?a=1&X-Amz-Credential=AKIA%2F2&X-Amz-Date=2026", "https://h/?a=1&X-Amz-Credential=*&X-Amz-Date=2026"],
    ["https://h/#access_token=abc&token_type=bearer", "https://h/#access_token=*&token_type=bearer"],
    ["https://h/a;jsessionid=ABC?q=1", "https://h/a;jsessionid=*?q=1"],
    ["https://h/?%74oken=abc", "https://h/?%74oken=*"],
    ["https://h/?user%5Bpassword%5D=abc&user[password]=abc", "https://h/?user%5Bpassword%5D=*&user[password]=*"],
    ["https://h/?token=a%26b%3Dc?d;e&x=1", "https://h/?token=*&x=1"],
    ["https://h/?token=&token", "https://h/?token=&token"],
    ["https://h/?key=DE&key=AIzaSyA&code=200", "https://h/?key=DE&key=*&code=200"],
    ["https://h/?token={{$secret NAME}}&x=1", "https://h/?token={{$secret NAME}}&x=1"],
    ["https://h/?token={{$env.A&B}}&x=1", "https://h/?token={{$env.A&B}}&x=1"],
    [
      "https://h/?u=https%253A%252F%252Fh%253Ftoken%253Dabc%2526x",
      "https://h/?u=https%253A%252F%252Fh%253Ftoken%253D*%2526x",
    ],
    ["https://h/?u=http%3A%2F%2Fa%3Ab%40h%2F", "https://h/?u=http%3A%2F%2F*%3A*%40h%2F"],
    ["https://ada:pass@word@h/", "https://*:*@h/"],
    ["https://token@h/", "https://*@h/"],
    ["https://{{$env.USER}}:{{$env.PASSWORD}}@h/", "https://{{$env.USER}}:{{$env.PASSWORD}}@h/"],
    ["https://h/@scope/package?q=a@b", "https://h/@scope/package?q=a@b"],
  ]);
});

test("sentences: a URL ends where the words go on", () => {
  expect(maskUrlsIn, [
    ["GET https://h/?token=abc went wrong; retry?", "GET https://h/?token=* went wrong; retry?"],
    ["“https://h/?token=abc” and https://a:b@h.", "“https://h/?token=*” and https://*:*@h."],
    ["Is this a token = abc?", "Is this a token = abc?"],
  ]);
});

test("forms: values may hold blanks and quotes", () => {
  expect(maskForm, [
    ['grant_type=password&username=ada&password=a b"c&x=1', "grant_type=password&username=ada&password=*&x=1"],
    ["client_secret=abc", "client_secret=*"],
  ]);
});

test("JSON: strings and numbers of a credential's name, at any depth", () => {
  expect(maskJson, [
    ['{"user":"ada", "password" : "a\\"b", "x":1}', '{"user":"ada", "password" : "*", "x":1}'],
    ['{"otp":123456,"token":true,"secret":null,"password":""}', '{"otp":"*","token":true,"secret":null,"password":""}'],
    [
      '{"a":[{"api_key":"k"}],"credentials":{"user":"u","list":["v",{"w":-1.5}]},"z":"z"}',
      '{"a":[{"api_key":"*"}],"credentials":{"user":"*","list":["*",{"w":"*"}]},"z":"z"}',
    ],
    ['{"pass\\u0077ord":"abc","max_tokens":5}', '{"pass\\u0077ord":"*","max_tokens":5}'],
    [
      '{"token":{{$env.TOKEN2}},"password":"{{$env.P}}","x":"y"}',
      '{"token":{{$env.TOKEN2}},"password":"{{$env.P}}","x":"y"}',
    ],
    ['{"token":"a"}\n{"token":"b"}\n', '{"token":"*"}\n{"token":"*"}\n'],
    ['["password","abc"]', '["password","abc"]'],
    ['{"password":"never ends', '{"password":"*"'],
  ]);
});

describe("a line of a file", () => {
  const lines: readonly (readonly [holds: boolean, line: string])[] = [
    [true, "Authorization: Bearer abc"],
    [false, "Authorization: Bearer {{$env.TOKEN}}"],
    [true, "GET https://h/?token=abc"],
    [false, "GET https://h/?token={{$env.TOKEN}}&page=1"],
    [true, "POST https://ada:pass@h/"],
    [true, "@token = abc"],
    [false, "@token = {{$env.TOKEN}}"],
    [false, "@host = example.com"],
    [true, '    "passphrase": "abc",'],
    [false, `    "passphrase": "\${env:PASSPHRASE}",`],
    [false, '    "connect": "2 sec",'],
    [true, `curl -H 'X-Api-Key: abc' https://h/`],
    [false, `curl -H "X-Api-Key: {{$env.KEY}}" https://h/`],
    [true, "  -u ada:pass \\"],
    [false, "  --user {{$env.USER}}:{{$env.PASSWORD}} \\"],
    [true, "grant_type=password&password=abc"],
    [false, "POST https://h/v1/transfers"],
  ];
  for (const [holds, line] of lines) test(line, () => assert.equal(holdsCredential(line), holds));
});
