import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type BodyNode, parse, type RequestNode } from "../../../src/syntax/index.ts";
import { assertTree } from "../../support/request-file-invariants.ts";

function command(text: string): RequestNode {
  const requests = parse(text).blocks.flatMap((block) => block.request ?? []);
  assert.equal(requests.length, 1, "one request expected");
  const [request] = requests;
  assert.equal(request?.dialect, "curl");
  return request as RequestNode;
}

/** `METHOD url`, then one line a header, then the body; a file as `<path>`. */
function sent(text: string): string {
  const { method, url, headers, body } = command(text);
  const fields = headers.map(({ name, value }) => `${name.text}: ${value.text}`);
  return [`${method?.text ?? "GET"} ${url.text}`, ...fields, ...shown(body)].join("\n");
}

function shown(body: BodyNode): string[] {
  if (body.kind === "none") return [];
  if (body.kind === "inline") return ["", body.content.text];
  const parts = body.kind === "file" ? [body] : body.parts;
  return [
    "",
    parts
      .map((part) =>
        part.kind === "text"
          ? part.content.text
          : `<${part.lineEnds === "remove" ? "one line of " : ""}${part.path.text}>`,
      )
      .join(""),
  ];
}

function problems(text: string): string[] {
  return parse(text).problems.map(({ severity, code }) => `${severity} ${code}`);
}

const form = "Content-Type: application/x-www-form-urlencoded";

const commands: [text: string, sent: string][] = [
  ["curl https://a.test/", "GET https://a.test/"],
  ["curl.exe https://a.test/", "GET https://a.test/"],
  ["  curl\t--url https://a.test/", "GET https://a.test/"],
  ["curl -X POST https://a.test/ -H 'A: b' -d '{\"a\": 1}'", `POST https://a.test/\nA: b\n${form}\n\n{"a": 1}`],
  ["curl -XPUT https://a.test/", "PUT https://a.test/"],
  ["curl --request purge https://a.test/", "purge https://a.test/"],
  ["curl -I https://a.test/", "HEAD https://a.test/"],
  ["curl https://a.test/ -d a=1 -d b=2 --data-raw @c", `POST https://a.test/\n${form}\n\na=1&b=2&@c`],
  ["curl -G https://a.test/ -d a=1 --data-urlencode 'b= x&y'", "GET https://a.test/?a=1&b=%20x%26y"],
  ["curl -G 'https://a.test/?z=0#top' -d a=1", "GET https://a.test/?z=0&a=1#top"],
  ["curl https://a.test/ --data-urlencode 'q={{q}} é'", `POST https://a.test/\n${form}\n\nq={{%q}}%20%C3%A9`],
  ["curl https://a.test/ -d @in.txt", `POST https://a.test/\n${form}\n\n<one line of in.txt>`],
  ["curl https://a.test/ --data-binary @in.bin", `POST https://a.test/\n${form}\n\n<in.bin>`],
  ["curl https://a.test/ -d a=1 -d @b -d c", `POST https://a.test/\n${form}\n\na=1&<one line of b>&c`],
  [
    "curl https://a.test/ --json '{}' --json @b",
    "POST https://a.test/\nContent-Type: application/json\nAccept: application/json\n\n{}<b>",
  ],
  ["curl https://a.test/ -H 'content-type: text/plain' -d x", "POST https://a.test/\ncontent-type: text/plain\n\nx"],
  ["curl https://a.test/ -H 'X-Empty;' -H 'A:b:c'", "GET https://a.test/\nX-Empty: \nA: b:c"],
  ["curl -T up.bin https://a.test/x", "PUT https://a.test/x\n\n<up.bin>"],
  ["curl -u user:pw https://a.test/", "GET https://a.test/\nAuthorization: Basic dXNlcjpwdw=="],
  ["curl -u 'ü:é' https://a.test/", "GET https://a.test/\nAuthorization: Basic w7w6w6k="],
  ["curl -u '{{user}}:{{$env.PW}}' https://a.test/", "GET https://a.test/\nAuthorization: {{$basic user $env.PW}}"],
  ["curl -u {{user}}:pw https://a.test/", 'GET https://a.test/\nAuthorization: {{$basic user "pw"}}'],
  ["curl --oauth2-bearer {{token}} https://a.test/", "GET https://a.test/\nAuthorization: Bearer {{token}}"],
  [
    "curl -A agent -e https://b.test/ -b a=1 -b 'b=2' https://a.test/",
    "GET https://a.test/\nUser-Agent: agent\nReferer: https://b.test/\nCookie: a=1; b=2",
  ],
  ["curl -g 'https://a.test/{1,2}'", "GET https://a.test/{1,2}"],
  ["curl -- https://a.test/", "GET https://a.test/"],
  ['curl https://a.test/{{ $env.X }}/y -H "A: {{ b }} c"', "GET https://a.test/{{ $env.X }}/y\nA: {{ b }} c"],
  // Quoting.
  [`curl "https://a.test/\\"\\$\\\\\\x"`, 'GET https://a.test/"$\\\\x'],
  ["curl https://a.test/ -d 'a  b'\"'\"'c'", `POST https://a.test/\n${form}\n\na  b'c`],
  ["curl https://a.test/ --data-raw $'a\\n\\'\\u0041\\x42\\103'", `POST https://a.test/\n${form}\n\na\n'ABC`],
  ["curl https://a.test/ -d a\\ b", `POST https://a.test/\n${form}\n\na b`],
  ["curl https://a.test/ -d 'a\nb'", `POST https://a.test/\n${form}\n\na\nb`],
  ["curl https://a.test/ \\\n  -H 'A: b' \\\r\n  -d x\n\n# end", `POST https://a.test/\nA: b\n${form}\n\nx`],
  ['curl https://a.test/ ^\n  -H "A: b"', "GET https://a.test/\nA: b"],
  ["curl https://a.test/ \\\n  # -H 'C: d' \\\n  -H 'A: b'", "GET https://a.test/\nA: b"],
  [
    'curl ^"https://a.test/?a=1^&b=^%20^" ^\n  --data-raw ^"^\\^"x^\\^"^"',
    `POST https://a.test/?a=1&b=%20\n${form}\n\n"x"`,
  ],
  ["curl https://a.test/pa\\\nth", "GET https://a.test/path"],
];

describe("cURL commands", () => {
  for (const [text, expected] of commands) {
    test(text, () => {
      assert.equal(sent(text), expected);
      assert.deepEqual(problems(text), []);
    });
  }

  test("forms are multipart bodies with a boundary of their own", () => {
    const text =
      "curl https://a.test/ -F 'a=1;type=text/x' -F 'b=@dir/b.png' -F 'c=<c.txt' --form-string 'd=@e;type=x'";
    const { headers, body } = command(text);
    const boundary = /boundary=(\S+)/.exec(headers[0]?.value.text ?? "")?.[1];
    const lines = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="a"',
      "Content-Type: text/x",
      "",
      "1",
      `--${boundary}`,
      'Content-Disposition: form-data; name="b"; filename="b.png"',
      "Content-Type: image/png",
      "",
      "<dir/b.png>",
      `--${boundary}`,
      'Content-Disposition: form-data; name="c"',
      "",
      "<c.txt>",
      `--${boundary}`,
      'Content-Disposition: form-data; name="d"',
      "",
      "@e;type=x",
      `--${boundary}--`,
      "",
    ];
    assert.equal(shown(body)[1], lines.join("\r\n"));
    assert.equal(command(text).method?.text, "POST");
    assert.deepEqual(command(text).body, body, "the same command has the same boundary");
    const own = command("curl https://a.test/ -H 'Content-Type: multipart/form-data' -F a=b");
    assert.equal(own.headers.length, 1);
  });

  test("file names and types of form fields may be given", () => {
    const { body } = command(`curl https://a.test/ -F 'f=@"a;b.txt";filename="x\\"y";type=text/csv'`);
    assert.match(shown(body)[1] ?? "", /filename="x%22y"\r\nContent-Type: text\/csv\r\n\r\n<a;b\.txt>/);
  });

  test("options of the connection", () => {
    const { curl } = command(
      "curl -E c.pem:pw --key k.pem --cacert ca.pem --unix-socket a.sock --connect-timeout 2.5 -m 10 https://a.test/",
    );
    const { redirects, httpVersion, ...spans } = curl ?? {};
    assert.deepEqual([redirects, httpVersion], [undefined, undefined]);
    const texts = Object.fromEntries(Object.entries(spans).map(([name, span]) => [name, span?.text]));
    assert.deepEqual(texts, {
      cert: "c.pem",
      key: "k.pem",
      passphrase: "pw",
      cacert: "ca.pem",
      unixSocket: "a.sock",
      connectTimeout: "2.5",
      maxTime: "10",
    });
    assert.equal(command("curl --cert C:\\\\c.pem --pass x https://a.test/").curl?.cert?.text, "C:\\c.pem");
  });

  test("the HTTP version: the last option counts", () => {
    const version = (options: string) => command(`curl ${options} https://a.test/`).curl?.httpVersion;
    assert.deepEqual(["--http2", "--http2-prior-knowledge", "--http2 --http1.1"].map(version), ["2", "2", "1.1"]);
  });

  test("redirects are followed with -L only, as often and with the method that the options say", () => {
    const redirects = (text: string) => command(text).curl?.redirects;
    assert.equal(redirects("curl https://a.test/"), undefined);
    assert.deepEqual(redirects("curl -sSL https://a.test/"), { most: undefined, keepPost: [] });
    const all = redirects("curl --location --max-redirs 3 --post301 --post303 https://a.test/ -d a");
    assert.deepEqual([all?.most?.text, all?.keepPost], ["3", [301, 303]]);
    assert.equal(redirects("curl -L --max-redirs -1 https://a.test/")?.most?.text, "-1");
  });

  test("the range is the command, the places are those of the arguments", () => {
    const text = "# about\ncurl https://a.test/ \\\n  -H 'A: b'  \n\n# end";
    const { range, lineRange, headers, url } = command(text);
    assert.equal(text.slice(range.start, range.end), "curl https://a.test/ \\\n  -H 'A: b'");
    assert.equal(text.slice(lineRange.start, lineRange.end), "curl https://a.test/ \\");
    assert.equal(text.slice(headers[0]?.range.start, headers[0]?.range.end), "'A: b'");
    assert.equal(text.slice(url.range.start, url.range.end), "https://a.test/");
    assert.equal(parse(text).blocks[0]?.comments.length, 2);
  });
});

const refused: [text: string, problem: string][] = [
  ["curl", "error parse.url-missing"],
  ["curl -k https://a.test/", "warning parse.curl-insecure"],
  ["curl -sS https://a.test/", "hint parse.curl-ignored"],
  ["curl --max-redirs 3 https://a.test/", "hint parse.curl-ignored"],
  ["curl --post302 https://a.test/", "hint parse.curl-ignored"],
  ["curl -L --max-redirs few https://a.test/", "error parse.curl-option"],
  ["curl --compressed https://a.test/ -o out.json", "hint parse.curl-ignored"],
  ["curl -kI https://a.test/", "warning parse.curl-insecure"],
  ["curl --http3 https://a.test/", "error parse.curl-option"],
  ["curl -x proxy https://a.test/", "error parse.curl-option"],
  ["curl --frobnicate https://a.test/", "error parse.curl-option"],
  ["curl https://a.test/ -H", "error parse.curl-option"],
  ["curl https://a.test/ -H @file", "error parse.curl-option"],
  ["curl https://a.test/ -H 'no colon'", "error parse.curl-option"],
  ["curl https://a.test/ -b cookies.txt", "error parse.curl-option"],
  ["curl https://a.test/ -d @-", "error parse.curl-option"],
  ["curl https://a.test/ -u user", "error parse.curl-option"],
  ["curl https://a.test/ -u 'a{{b}}:c'", "error parse.curl-option"],
  ["curl https://a.test/ --max-time soon", "error parse.curl-option"],
  ["curl https://a.test/ https://b.test/", "error parse.curl-syntax"],
  ["curl https://a.test/{1,2}", "error parse.curl-syntax"],
  ["curl https://a.test/ -d a -F b=c", "error parse.curl-syntax"],
  ["curl https://a.test/$PATH", "error parse.curl-syntax"],
  [`curl "https://a.test/$\{HOME}"`, "error parse.curl-syntax"],
  ["curl https://a.test/`id`", "error parse.curl-syntax"],
  ["curl https://a.test/ | jq .", "error parse.curl-syntax"],
  ["curl https://a.test/ && ls", "error parse.curl-syntax"],
  ["curl https://a.test/; ls", "error parse.curl-syntax"],
  ["curl https://a.test/ > out", "error parse.curl-syntax"],
  ["curl https://a.test/^x", "error parse.curl-syntax"],
  ["curl https://a.test/ -d 'open", "error parse.curl-syntax"],
  ["curl https://a.test/?a=1&b=2", "warning parse.curl-syntax"],
  ["curl https://a.test/ \\ \n -H 'A: b'", "warning parse.curl-syntax"],
  ["curl https://a.test/\n  -H 'A: b'", "error parse.curl-syntax"],
  ["curl https://a.test/ -H 'A: b\nc'", "error parse.control-character"],
];

describe("what a cURL command cannot mean here is said", () => {
  for (const [text, problem] of refused) {
    test(text, () => {
      const found = problems(text);
      assert.ok(found.includes(problem), found.join(", ") || "nothing");
      const isError = problem.startsWith("error");
      assert.equal(
        found.some((one) => one.startsWith("error")),
        isError,
      );
    });
  }

  test("nothing is taken for the URL but the URL", () => {
    assert.equal(command("curl -k -s https://a.test/").url.text, "https://a.test/");
    assert.equal(command("curl --frobnicate https://a.test/").url.text, "https://a.test/");
    assert.equal(command("curl -o out -w '%{http_code}' https://a.test/").url.text, "https://a.test/");
    assert.equal(command("curl https://a.test/?a=1&b=2").url.text, "https://a.test/?a=1&b=2");
  });

  test("the range ends where the last word ends, open quotes and escaped blanks too", () => {
    for (const [text, end] of [
      ["curl a.test -d 'open \n\n \n", "curl a.test -d 'open".length],
      ["curl a.test -d 'open\nmore\n\n", "curl a.test -d 'open\nmore".length],
      ["curl a.test -d b\\ \n", "curl a.test -d b\\".length],
      ["curl a.test -d b \\\n\n", "curl a.test -d b \\".length],
      ["curl a.test -d b\\  'c '  ", "curl a.test -d b\\  'c '".length],
    ] as const) {
      const file = parse(text);
      assertTree(file);
      assert.equal(file.blocks[0]?.request?.range.end, end, JSON.stringify(text));
    }
  });

  test("a response script may stand below", () => {
    const [block] = parse("curl https://a.test/\n\n> {% x %}\n@b = 1\n").blocks;
    assert.equal(block?.foreign[0]?.kind, "response-script");
    assert.equal(block?.variables.length, 1);
  });
});
