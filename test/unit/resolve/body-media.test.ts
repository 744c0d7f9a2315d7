import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import type { PreparedRequest } from "../../../src/resolve/index.ts";
import { bodyText, bytesOf, type Given, prepared, refused, shown } from "./given.ts";

let root = "";
const binary = Buffer.from([0, 255, 13, 10, 10, 123, 123, 120, 125, 125, 38]);

before(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "padlock-media-")));
  await mkdir(join(root, "data"));
  await writeFile(join(root, "data", "raw.bin"), binary);
  await writeFile(join(root, "data", "text.txt"), "a={{x}}\r\nb={{$env.T}}\n\\{\\{x\\}\\}");
  await writeFile(join(root, "data", "latin1.txt"), Buffer.from("\u00e9={{x}}", "latin1"));
  await writeFile(join(root, "data", "wrong.txt"), "line\n{{nothing}}");
  await writeFile(join(root, "data", "query.graphql"), "query Names($n: Int) {\n  names(first: $n)\n\n  x: {{x}}\n}\n");
});
after(() => rm(root, { recursive: true, force: true }));

const given = (more: Given = {}): Given => ({ root, environment: { T: "s&c r=t" }, ...more });
const post = (contentType: string, body: string) =>
  `@x = {{y}}\n@y = 1\nPOST https://localhost/\nContent-Type: ${contentType}\n\n${body}`;
const sent = async (contentType: string, body: string) => bodyText(await prepared(post(contentType, body), given()));

const formOf = (request: PreparedRequest): Promise<FormData> =>
  new Response(Buffer.from(bytesOf(request)), { headers: Object.fromEntries(request.headers) }).formData();

describe("bodies of files with references", () => {
  it("have them replaced, and keep everything else", async () => {
    const request = await prepared("@x = 1\nPOST https://localhost/\n\n<@ data/text.txt", given());
    assert.equal(bodyText(request), "a=1\r\nb=s&c r=t\n{{x}}");
    assert.deepEqual(request.secretNames, ["T"]);
  });

  it("are sent in their own encoding", async () => {
    const request = await prepared("@x = \u00fc\nPOST https://localhost/\n\n<@latin1 data/latin1.txt", given());
    assert.deepEqual(Buffer.from(bytesOf(request)), Buffer.from("\u00e9=\u00fc", "latin1"));
  });

  const wrong: readonly (readonly [title: string, text: string, expected: string])[] = [
    ["bytes that are no text", "<@ data/raw.bin", "value.unreadable-file 4:4 data/raw.bin"],
    ["an encoding that nobody knows", "<@klingon data/text.txt", "value.unreadable-file 4:11 data/text.txt"],
    [
      "a value that the encoding does not have",
      "<@latin1 data/latin1.txt",
      "value.unreadable-file 4:10 data/latin1.txt",
    ],
    ["a name that is not defined", "<@ data/wrong.txt", "variable.undefined 4:4 data/wrong.txt"],
    ["a path that a secret is part of", "<@ data/{{$env.T}}.txt", "value.unreadable-file 4:4 data/{{$env.T}}.txt"],
    ["a file outside of the workspace", "<@ /etc/passwd", "policy.path-outside-workspace 4:4 /etc/passwd"],
  ];
  for (const [title, line, expected] of wrong) {
    it(`refuse ${title}`, async () => {
      const failure = await refused(`@x = \u20ac\nPOST https://localhost/\n\n${line}`, given());
      assert.equal(shown(failure), expected);
    });
  }

  it("need the secrets in them to be allowed", async () => {
    const failure = await refused("@x = 1\nPOST https://localhost/\n\n<@ data/text.txt", given({ settings: {} }));
    assert.equal(shown(failure), "policy.secret-not-allowed 4:4 data/text.txt");
  });
});

describe("bodies of text and files", () => {
  it("are put together byte by byte", async () => {
    const text = "{{x}}:\r\n< data/raw.bin\r\n--\n<@latin1 data/latin1.txt\n";
    const request = await prepared(`@x = 1\r\nPOST https://localhost/\r\n\r\n${text}`, given());
    const expected = [Buffer.from("1:\r\n"), binary, Buffer.from("\r\n--\n"), Buffer.from("\u00e9=1", "latin1")];
    assert.deepEqual(Buffer.from(bytesOf(request)), Buffer.concat(expected));
  });
});

describe("form bodies", () => {
  const type = "application/x-www-form-urlencoded";
  it("join their lines and encode what must be", async () => {
    assert.equal(await sent(type, "name=a b\n  &id={{x}}&\nt={{$env.T}}\n\n"), "name=a%20b&id=1&t=s%26c%20r%3Dt");
  });
  it("encode {{%name}} once", async () => {
    assert.equal(await sent(type, "@no=1\n&t={{%x}}&u={{$env.T}}"), "@no=1&t=1&u=s%26c%20r%3Dt");
  });
  it("as a file stay as they are, but for values", async () => {
    assert.deepEqual(Buffer.from(bytesOf(await prepared(post(type, "< data/raw.bin"), given()))), binary);
    assert.equal(await sent(type, "<@ data/text.txt"), "a=1\r\nb=s%26c%20r%3Dt\n{{x}}");
  });
});

describe("JSON bodies", () => {
  const json = async (body: string, value: string, type = "application/json"): Promise<string> =>
    bodyText(await prepared(post(type, body), given({ environment: { T: value } }))) ?? "";
  it("escape a value inside a string, so that it cannot add a member", async () => {
    const sly = 'x","admin":true,"y":"\\\n';
    for (const type of ["application/json; charset=utf-8", "application/problem+json", "application/x-ndjson"]) {
      const body = await json('{"a":"<{{$env.T}}>","b":"{{x}}\\"{{$env.T}}"}', sly, type);
      assert.deepEqual(JSON.parse(body), { a: `<${sly}>`, b: `1"${sly}` });
    }
  });
  it("take a value outside of strings as it is", async () => {
    assert.equal(await json('{"a":{{$env.T}},"b":"{{x}}"}', '[1,"two"]'), '{"a":[1,"two"],"b":"1"}');
  });
  it("of other types stay text", async () => {
    assert.equal(await json('"{{$env.T}}"', 'a"b', "text/plain"), '"a"b"');
  });
  it("hold any value in a string", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: "grapheme" }), async (value) => {
        assert.deepEqual(JSON.parse(await json('{"a":"{{$env.T}}"}', value)), { a: value });
      }),
      { numRuns: 50 },
    );
  });
});

describe("bodies of lines", () => {
  it("end with a line end, their own", async () => {
    assert.equal(await sent("application/x-ndjson", '{"a":1}\n{"a":{{x}}}\n\n\n'), '{"a":1}\n{"a":1}\n');
    const crlf = await prepared("POST https://localhost/\r\nContent-Type: application/jsonl\r\n\r\n1\r\n2", given());
    assert.equal(bodyText(crlf), "1\r\n2\r\n");
    assert.equal(await sent("application/json", "1\n2\n"), "1\n2");
  });
});

describe("multipart bodies", () => {
  const part = 'Content-Disposition: form-data; name="f"';
  it("have CRLF in text, the bytes of files, and a line end at the end", async () => {
    const text = post(
      "multipart/form-data; boundary=B",
      `--B\n${part}\n\n{{x}}\r\ny\n--B\n${part}\n\n< data/raw.bin\n--B--`,
    );
    const request = await prepared(text, given());
    const head = `--B\r\n${part}\r\n\r\n1\r\ny\r\n--B\r\n${part}\r\n\r\n`;
    assert.deepEqual(
      Buffer.from(bytesOf(request)),
      Buffer.concat([Buffer.from(head), binary, Buffer.from("\r\n--B--\r\n")]),
    );
  });

  it("may have a boundary that is made for each request", async () => {
    const text = `@b = {{$uuid}}\nPOST https://localhost/\nContent-Type: multipart/mixed; boundary="{{b}}"\n\n--{{b}}\n\nx\n--{{b}}--`;
    const request = await prepared(text, given());
    const boundary = /boundary="([\da-f-]{36})"/.exec(request.headers[0]?.[1] ?? "")?.[1];
    assert.equal(bodyText(request), `--${boundary}\r\n\r\nx\r\n--${boundary}--\r\n`);
  });

  it("without their boundary are refused, with the one that they use", async () => {
    const failure = await refused(post("multipart/form-data; boundary=B", `--C\n${part}\n\nx\n--C--`), given());
    assert.equal(shown(failure), "value.bad-header 4:1 Content-Type: multipart/form-data; boundary=B");
    assert.match(failure.fix, /boundary=C/);
    const none = await refused(post("multipart/form-data", `--a b\n${part}\n\nx\n--a b--`), given());
    assert.match(none.title, /names no boundary/);
    assert.match(none.fix, /boundary="a b"/);
  });

  const hostile: readonly (readonly [title: string, body: string, value: string])[] = [
    ["a part", `--B\n${part}\n\n{{$env.T}}\n--B--`, "x\r\n--B\r\nA: b\r\n\r\ny"],
    ["the end, together with the text behind it", `--B\n${part}\n\n{{$env.T}}B\n--B--`, "x\n--"],
    ["a header", `--B\n${part}\nA: {{$env.T}}\n\nx\n--B--`, "1\r\nB: 2"],
    ["a parameter", `--B\n${part}; filename="{{$env.T}}"\n\nx\n--B--`, 'a"; name="admin'],
  ];
  for (const [title, body, value] of hostile) {
    it(`are refused when a value would add ${title}`, async () => {
      const failure = await refused(
        post("multipart/form-data; boundary=B", body),
        given({ environment: { T: value } }),
      );
      assert.equal(failure.code, "value.header-injection");
    });
  }

  it("may have line breaks, quotes and hyphens in values", async () => {
    const body = `--B\n${part}\nA: {{$env.T}}\n\n{{$env.U}}\n--B--`;
    const request = await prepared(
      post("multipart/form-data; boundary=B", body),
      given({ environment: { T: 'a "b"', U: 'x\n"y" --B\n-- B' } }),
    );
    assert.equal(bodyText(request), `--B\r\n${part}\r\nA: a "b"\r\n\r\nx\n"y" --B\n-- B\r\n--B--\r\n`);
  });

  it("can be read again by others", async () => {
    const content = fc
      .string({ unit: fc.constantFrom("a", "é", " ", "=", "&", "%", "{", ":", "#", "-") })
      .filter((each) => !each.includes("{{") && !each.startsWith("###"));
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, content), { minLength: 1, maxLength: 4 }), async (fields) => {
        const parts = fields.map(
          ([field, value]) => `--XyZ\nContent-Disposition: form-data; name="${field}"\n\n${value}\n`,
        );
        const text = `POST https://localhost/\nContent-Type: multipart/form-data; boundary=XyZ\n\n${parts.join("")}--XyZ--\n`;
        assert.deepEqual([...(await formOf(await prepared(text, given())))], fields);
      }),
      { numRuns: 50 },
    );
  });
});

describe("GraphQL bodies", () => {
  const graphql = (body: string, head = "") =>
    `@x = 1\nPOST https://localhost/\nX-Request-Type: GraphQL\n${head}\n${body}`;
  it("are sent as JSON, with every digit of the variables", async () => {
    const request = await prepared(
      graphql(
        'query One($a: ID) {\n  one(id: $a, t: "{{$env.T}}")\n\n  x\n}\n\n{ "a": 12345678901234567890, "b": "{{x}}" }\n',
      ),
      given({ environment: { T: 'q"\n' } }),
    );
    const query = 'query One($a: ID) {\\n  one(id: $a, t: \\"q\\"\\n\\")\\n\\n  x\\n}';
    assert.equal(
      bodyText(request),
      `{"query":"${query}","operationName":"One","variables":{"a":12345678901234567890,"b":"1"}}`,
    );
    assert.deepEqual(request.headers, [["Content-Type", "application/json"]]);
    assert.equal(request.method, "POST");
  });

  it("without a name and variables", async () => {
    const request = await prepared(graphql("{ me { id } }", "content-type: application/graphql+json\n"), given());
    assert.equal(bodyText(request), '{"query":"{ me { id } }","variables":{}}');
    assert.deepEqual(request.headers, [["content-type", "application/graphql+json"]]);
  });

  it("of a file, with and without variables and references", async () => {
    const query = "query Names($n: Int) {\\n  names(first: $n)\\n\\n  x: 1\\n}";
    const name = '"operationName":"Names"';
    assert.equal(
      bodyText(await prepared(graphql('<@ data/query.graphql\n\n{"n": {{x}}}'), given())),
      `{"query":"${query}",${name},"variables":{"n":1}}`,
    );
    assert.equal(
      bodyText(await prepared(graphql("< data/query.graphql"), given())),
      `{"query":"${query.replace("1", "{{x}}")}",${name},"variables":{}}`,
    );
  });

  it("are refused when the variables are not a JSON object", async () => {
    const failure = await refused(graphql('query Q { a }\n\n{"a": {{$env.T}}}'), given());
    assert.equal(shown(failure), 'parse.error 7:1 {"a": {{$env.T}}}');
    assert.ok(!failure.detail.includes("s&c"));
  });
});

describe("bodies of cURL commands", () => {
  const curl = (rest: string, more?: Given) => prepared(`@x = 1\ncurl https://localhost/ ${rest}`, given(more));
  it("are sent as the shell would pass them on, with values that add no field", async () => {
    assert.equal(bodyText(await curl(`-d 'a=b c&x={{x}}' -d "t={{$env.T}}"`)), "a=b c&x=1&t=s%26c%20r%3Dt");
    assert.equal(bodyText(await curl(`-d '{"t":"a  b","u":"{{$env.T}}"}'`)), '{"t":"a  b","u":"s&c r=t"}');
  });
  it("take line ends out of files of -d, not of --data-binary", async () => {
    const kept = Buffer.from(binary.filter((byte) => byte !== 0 && byte !== 10 && byte !== 13));
    assert.deepEqual(Buffer.from(bytesOf(await curl("-d @data/raw.bin"))), kept);
    assert.deepEqual(Buffer.from(bytesOf(await curl("--data-binary @data/raw.bin"))), binary);
  });
  it("are multipart with -F", async () => {
    const form = await formOf(await curl("-F t=1 -F f=@data/raw.bin"));
    assert.equal(form.get("t"), "1");
    const file = form.get("f");
    assert.ok(file instanceof File);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), binary);
  });
});
