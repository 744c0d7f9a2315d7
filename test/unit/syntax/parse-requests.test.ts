import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse, type RequestNode } from "../../../src/syntax/index.ts";

/** The request of the only block that has one, in a form that is short to compare. */
function request(text: string): {
  method: string | undefined;
  url: string;
  version: string | undefined;
  headers: string[][];
  body: string;
} {
  const node = requestNode(text);
  const { body } = node;
  return {
    method: node.method?.text,
    url: node.url.text,
    version: node.version?.text,
    headers: node.headers.map(({ name, value }) => [name.text, value.text]),
    body: body.kind === "none" ? "" : body.kind === "file" ? `file ${body.path.text}` : body.content.text,
  };
}

function requestNode(text: string): RequestNode {
  const requests = parse(text).blocks.flatMap((block) => block.request ?? []);
  assert.equal(requests.length, 1, "one request expected");
  return requests[0] as RequestNode;
}

function codes(text: string): string[] {
  return parse(text).problems.map((problem) => problem.code);
}

const requestLines: [text: string, method: string | undefined, url: string, version?: string][] = [
  ["https://a.test/x", undefined, "https://a.test/x"],
  ["a.test/x", undefined, "a.test/x"],
  ["localhost:8443", undefined, "localhost:8443"],
  ["[::1]:8443/x", undefined, "[::1]:8443/x"],
  ["{{base}}/x", undefined, "{{base}}/x"],
  ["{{ base }}", undefined, "{{ base }}"],
  ["{{verb}} https://a.test/", "{{verb}}", "https://a.test/"],
  ["get https://a.test/ http/1.1", "get", "https://a.test/", "http/1.1"],
  ["\tDELETE\thttps://a.test/ \t HTTP/1.1 \t", "DELETE", "https://a.test/", "HTTP/1.1"],
  ["https://a.test/ HTTP/1.1", undefined, "https://a.test/", "HTTP/1.1"],
  ["BREW https://pot.test/", "BREW", "https://pot.test/"],
  ["GET server/path", "GET", "server/path"],
  ["GET https://a.test/a b?c=d e", "GET", "https://a.test/a b?c=d e"],
  ["POST https://a.test/%2F?x={y}", "POST", "https://a.test/%2F?x={y}"],
];

describe("request line", () => {
  for (const [text, method, url, version] of requestLines) {
    test(JSON.stringify(text), () => {
      assert.deepEqual(codes(text), []);
      const read = request(text);
      assert.deepEqual([read.method, read.url, read.version], [method, url, version]);
    });
  }

  for (const prose of ["Some words of text", "hello", "see a.test for more", "name, surname", "<html>", "5 > 4"]) {
    test(`prose is no request: ${prose}`, () => {
      const file = parse(`${prose}\nmore prose\n\nGET https://a.test/`);
      assert.equal(file.problems[0]?.code, "parse.request-line");
      assert.equal(file.problems.length, 1);
      assert.deepEqual(file.problems[0]?.range, { start: 0, end: prose.length + "\nmore prose".length });
      assert.equal(file.blocks[0]?.request?.url.text, "https://a.test/");
    });
  }

  test("a method alone says that the URL is missing", () => {
    assert.deepEqual(codes("GET\nAccept: */*"), ["parse.url-missing"]);
    assert.deepEqual(request("GET\nAccept: */*").headers, [["Accept", "*/*"]]);
  });

  test("versions that do not exist or are not supported are errors", () => {
    assert.deepEqual(codes("GET https://a.test/ HTTP/9.9"), ["parse.http-version"]);
    assert.deepEqual(codes("GET https://a.test/ HTTP/1.1 HTTP/1.1"), ["parse.http-version"]);
    for (const version of ["HTTP/1.0", "HTTP/3", "HTTP/3.0"]) {
      const [problem] = parse(`GET https://a.test/ ${version}`).problems;
      assert.equal(problem?.code, "parse.unsupported-form");
      assert.match(problem?.message ?? "", new RegExp(`^${version} is not supported, .*Write "HTTP/1.1" or "HTTP/2"`));
    }
    for (const version of ["HTTP/1.1", "HTTP/2", "http/2.0"]) {
      assert.deepEqual(codes(`GET https://a.test/ ${version}`), [], version);
    }
  });

  test("quotes around a URL are not sent", () => {
    for (const text of ['GET "https://a.test/x y" HTTP/1.1', "GET 'https://a.test/x\n  ?y'"]) {
      assert.deepEqual(codes(text), ["parse.url-quoted"]);
    }
    assert.equal(request('GET "https://a.test/x y" HTTP/1.1').url, "https://a.test/x y");
    assert.equal(request("GET 'https://a.test\n  ?a=1'").url, "https://a.test?a=1");
    const [open] = parse('GET "https://a.test/').problems;
    assert.deepEqual([open?.code, open?.severity], ["parse.url-quoted", "error"]);
  });

  test("other protocols are read, targets with blanks too, and refused", () => {
    for (const line of [
      "GRPC localhost:8080 svc.Echo/Say",
      "WEBSOCKET wss://a.test/x",
      "WS a.test",
      "SSE https://a.test/",
    ]) {
      const read = request(`${line}\nA: b\n\n===\n{}`);
      assert.deepEqual([read.method, read.url].join(" "), line);
      assert.deepEqual(read.body, "===\n{}");
      assert.deepEqual(codes(line), ["parse.unsupported-form"], line);
    }
    assert.deepEqual(codes("GRAPHQL https://a.test/\n\n{ a }"), []);
  });

  test("JetBrains' prior knowledge belongs to the version", () => {
    const text = "GET https://a.test/ HTTP/2 (Prior Knowledge)";
    assert.equal(request(text).url, "https://a.test/");
    assert.equal(request(text).version, "HTTP/2 (Prior Knowledge)");
    assert.deepEqual(codes(text), []);
  });

  test("comments and versions inside a URL are errors", () => {
    for (const behind of ["# about", "### about", "// about", "HTTP/1.1 # about"]) {
      assert.deepEqual(codes(`GET https://a.test/ ${behind}`), ["parse.text-behind-url"], behind);
    }
    assert.deepEqual(codes("GET https://a.test/#top?a=b // c/d"), ["parse.text-behind-url"]);
    assert.deepEqual(codes("GET https://a.test/a b#c //d"), []);
  });

  test("a URL may stand below its method", () => {
    assert.equal(request("GET\nhttps://a.test/\nA: b").url, "https://a.test/");
    assert.equal(request("GET HTTP/1.1\n  https://a.test/").url, "https://a.test/");
  });

  test("a control character in the URL is an error at its place", () => {
    const [problem] = parse("GET https://a.test/\u0000x").problems;
    assert.equal(problem?.code, "parse.control-character");
    assert.deepEqual(problem?.range, { start: 19, end: 20 });
    assert.match(problem?.message ?? "", /U\+0000/);
  });

  test("a path needs a Host header", () => {
    assert.deepEqual(codes("GET /x"), ["parse.host-missing"]);
    assert.deepEqual(codes("GET /x\nHost:"), ["parse.host-missing"]);
    assert.deepEqual(codes("GET /x\nhost: a.test"), []);
    assert.deepEqual(codes("OPTIONS *\nHost: a.test"), []);
  });
});

describe("continuation lines", () => {
  test("are trimmed and joined, with comments between", () => {
    const read = request(
      "GET https://a.test\n  /v1\n\t/items\n?q=1\n  # &no=1\n// &no=2\n&r=2 HTTP/1.1\nAccept: */*\n\nx",
    );
    assert.equal(read.url, "https://a.test/v1/items?q=1&r=2");
    assert.equal(read.version, "HTTP/1.1");
    assert.deepEqual(read.headers, [["Accept", "*/*"]]);
    assert.equal(read.body, "x");
  });

  test("keep their places", () => {
    const text = "GET https://a.test\n  /v1\n  ?q=1\nA: b";
    const { url, lineRange } = requestNode(text);
    assert.deepEqual(
      url.pieces.map(({ range }) => text.slice(range.start, range.end)),
      ["https://a.test", "/v1", "?q=1"],
    );
    assert.equal(text.slice(lineRange.start, lineRange.end), "GET https://a.test\n  /v1\n  ?q=1");
  });

  test("end at an indented header", () => {
    const read = request("  GET https://a.test/\n  Accept: */*\n    X-B: c");
    assert.equal(read.url, "https://a.test/");
    assert.deepEqual(read.headers, [
      ["Accept", "*/*"],
      ["X-B", "c"],
    ]);
  });

  test("that only meet a word warn", () => {
    assert.deepEqual(codes("GET https://a.test?a=1\n  b=2"), ["parse.url-joint"]);
    assert.deepEqual(codes("GET https://a.test?\n  a=1&\n  b=2\n  {{c}}"), []);
  });

  test("may come behind the version, with a hint", () => {
    const text = "GET https://a.test HTTP/1.1\n?a=1\n&b=2";
    assert.equal(request(text).url, "https://a.test?a=1&b=2");
    assert.deepEqual(
      parse(text).problems.map(({ code, severity }) => [code, severity]),
      [["parse.http-version", "hint"]],
    );
  });

  test("may end with a fragment, but comments are comments", () => {
    assert.equal(request("GET https://a.test\n  ?a=1\n  #top HTTP/1.1\nA: b").url, "https://a.test?a=1#top");
    assert.equal(request("GET https://a.test\n  ?a=1\n  # top\n  #&c=2\n  #X: y\nA: b").url, "https://a.test?a=1");
    assert.equal(request("GET https://a.test\n  #no\n  ?a=1").url, "https://a.test?a=1");
  });

  test("may hold the whole URL and the version", () => {
    assert.equal(request("GET\n  https://a.test/\n  HTTP/1.1").url, "https://a.test/");
    assert.equal(request("GET\n  localhost:8443/x").url, "localhost:8443/x");
    assert.equal(request("GET https://a.test/ HTTP/1.1\n?q=1").url, "https://a.test/?q=1");
  });

  test("a query behind a fragment would be lost", () => {
    assert.deepEqual(codes("GET https://a.test/#top\n?q=1"), ["parse.query-after-fragment"]);
  });
});

describe("headers", () => {
  test("keep order, case, duplicates and everything behind the first colon", () => {
    const text = "GET https://a.test\nb: 1\nA : 2 # no comment\n# comment\nb: 3:4\n// comment\nEmpty:\n\n";
    assert.deepEqual(request(text).headers, [
      ["b", "1"],
      ["A", "2 # no comment"],
      ["b", "3:4"],
      ["Empty", ""],
    ]);
    assert.deepEqual(codes(text), []);
  });

  test("may hold references in the name, colons and all", () => {
    assert.deepEqual(request("GET https://a.test\n{{ $x a:b }}-Id: 1\nX-{{n}}: {{v}}").headers, [
      ["{{ $x a:b }}-Id", "1"],
      ["X-{{n}}", "{{v}}"],
    ]);
  });

  const bad: [line: string, code: string][] = [
    ["no colon here", "parse.header-without-colon"],
    ["Lonely-Name", "parse.header-without-colon"],
    ['{ "a": 1 }', "parse.header-name"],
    ["{", "parse.header-without-colon"],
    ["< ./body.json", "parse.header-without-colon"],
    [": value", "parse.header-name"],
    ["two words: value", "parse.header-name"],
    ["@late = 1", "parse.variable-among-headers"],
    ["A: b\u0000c", "parse.control-character"],
  ];
  for (const [line, code] of bad) {
    test(`${JSON.stringify(line)} is ${code}`, () => {
      const text = `GET https://a.test\nX-One: 1\n${line}\nX-Two: 2\n\nbody`;
      assert.deepEqual(codes(text), [code]);
      const read = request(text);
      assert.deepEqual(read.headers.at(0), ["X-One", "1"]);
      assert.deepEqual(read.headers.at(-1), ["X-Two", "2"]);
      assert.equal(read.body, "body");
    });
  }

  test("the message says what to write", () => {
    const [missing] = parse("GET https://a.test\nX-Trace").problems;
    assert.match(missing?.message ?? "", /Write "X-Trace: value"/);
    const [body] = parse("GET https://a.test\n{").problems;
    assert.match(body?.message ?? "", /blank line above/);
  });

  test("end at a line of blanks", () => {
    assert.equal(request("GET https://a.test\nA: b\n \t\nC: d").body, "C: d");
  });
});

describe("bodies", () => {
  test("are kept as written, without the blank lines at their end", () => {
    const body = "\t# heading\n\n// text\n @x = 1\n ### more\n{{a}}\t";
    assert.equal(request(`POST https://a.test\n\n${body}\n\n \n`).body, body);
  });

  test("keep blank lines at their start but the first", () => {
    assert.equal(request("POST https://a.test\nA: b\n\n\n\nx").body, "\n\nx");
  });

  test("keep the line ends of the file", () => {
    assert.equal(request("POST https://a.test\r\n\r\na\r\nb\rc\nd\r\n").body, "a\r\nb\rc\nd");
  });

  test("do not hold the comments below them, nor comments alone", () => {
    assert.equal(request("POST https://a.test\n\nx\n\n# about\n// the next").body, "x");
    assert.equal(request("POST https://a.test\n\n# about").body, "");
    assert.deepEqual(codes("POST https://a.test\n\nx\n\n# about"), ["parse.below-body"]);
    const [block] = parse("POST https://a.test\n\nx\n\n# about\n\n// the next").blocks;
    assert.deepEqual(
      block?.comments.map(({ text }) => text.text),
      ["about", "the next"],
    );
  });

  test("of a text type hold all such lines", () => {
    const markdown = "POST https://a.test\nContent-Type: text/markdown\n\n";
    for (const body of ["# heading\n\n// text", "text\n\n# heading", "text\n\n  ### indented"]) {
      assert.equal(request(`${markdown}${body}`).body, body);
      assert.deepEqual(codes(`${markdown}${body}`), []);
    }
  });

  test("lose further blank lines above them only where those mean nothing", () => {
    const json = "POST https://a.test\nContent-Type: application/json\n\n\n\n";
    assert.equal(request(`${json}"x"`).body, '"x"');
    assert.equal(request("POST https://a.test\n\n\n{}").body, "{}");
    assert.equal(request("POST https://a.test\n\n\n\nx").body, "\n\nx");
  });

  test("say which of their lines look like comments, separators or files", () => {
    const head = "POST https://a.test\nContent-Type: application/json\n\n";
    assert.deepEqual(codes(`${head}{\n// one\n# two\n}`), ["parse.comment-in-body"]);
    assert.deepEqual(codes(`${head}a\n ### two\nb`), ["parse.indented-separator"]);
    assert.deepEqual(codes(`${head}{\n  < ./b.json\n}`), ["parse.file-body"]);
    assert.deepEqual(codes(`${head}a\n<@./b.json`), ["parse.file-body"]);
    assert.deepEqual(codes("POST https://a.test\n\n<file.json"), ["parse.file-body"]);
    assert.deepEqual(codes("POST https://a.test\n\nAAAA\n//8AAA\n#fff"), []);
  });

  test("a file body is one line and nothing else", () => {
    assert.equal(request("POST https://a.test\n\n\n< ./a b.json \n\n").body, "file ./a b.json");
    assert.equal(request("POST https://a.test\n\n  <\t{{name}}.json").body, "file {{name}}.json");
    assert.equal(request("POST https://a.test\n\n<a/>").body, "<a/>");
    assert.deepEqual(codes("POST https://a.test\n\n<a/>"), []);
  });

  test("a file body without the blank is an error, not text", () => {
    const [problem] = parse("POST https://a.test\n\n<./a.json").problems;
    assert.equal(problem?.code, "parse.file-body");
    assert.match(problem?.message ?? "", /"< \.\/a\.json"/);
  });
});

type Part = string | { path: string; substitute: boolean; encoding: string | undefined };

describe("files in bodies", () => {
  function parts(text: string): Part[] | string {
    const { body } = requestNode(text);
    if (body.kind === "file")
      return [{ path: body.path.text, substitute: body.substitute, encoding: body.encoding?.text }];
    if (body.kind !== "mixed") return body.kind;
    return body.parts.map((part) =>
      part.kind === "text"
        ? part.content.text
        : { path: part.path.text, substitute: part.substitute, encoding: part.encoding?.text },
    );
  }
  const file = (path: string, substitute = false, encoding?: string): Part => ({ path, substitute, encoding });

  test("with substitution and an encoding", () => {
    assert.deepEqual(parts("POST https://a.test\n\n<@ ./a b.json"), [file("./a b.json", true)]);
    assert.deepEqual(parts("POST https://a.test\n\n<@latin1\t{{name}}.txt"), [file("{{name}}.txt", true, "latin1")]);
  });

  test("between text, in any number", () => {
    const text = "POST https://a.test\n\nabove\n< ./a.json\n\n<@ b.txt\nbelow\n\n";
    assert.deepEqual(parts(text), ["above\n", file("./a.json"), "\n\n", file("b.txt", true), "\nbelow"]);
    assert.deepEqual(codes(text), []);
  });

  test("in multipart", () => {
    const head =
      'POST https://a.test\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name="f"\n\n';
    assert.deepEqual(parts(`${head}< ./a.png\n--b--\n`), [
      '--b\nContent-Disposition: form-data; name="f"\n\n',
      file("./a.png"),
      "\n--b--",
    ]);
  });

  test("two files and nothing else", () => {
    assert.deepEqual(parts("POST https://a.test\r\n\r\n< ./a\r\n< ./b"), [file("./a"), "\r\n", file("./b")]);
  });

  test("parts follow each other and cover the body", () => {
    const text = "POST https://a.test\n\n  a\n<\t./b  \r\nc\n<@utf16le d\n";
    const { body } = requestNode(text);
    assert.equal(body.kind, "mixed");
    if (body.kind !== "mixed") return;
    let end = body.range.start;
    for (const part of body.parts) {
      const { range } = part.kind === "text" ? part.content : part;
      assert.equal(range.start, end);
      end = range.end;
    }
    assert.equal(end, body.range.end);
  });

  for (const body of ["gql foo < ./bar.gql", "a < b", "<b>x</b>", "< x >", "<!-- < ./a -->", "<\nx"]) {
    test(`text: ${JSON.stringify(body)}`, () => {
      assert.equal(request(`POST https://a.test\n\n${body}`).body, body);
    });
  }
});

describe("forms, NDJSON and GraphQL are plain bodies", () => {
  for (const [type, body] of [
    ["application/x-www-form-urlencoded", "a=1\n&b=2"],
    ["application/x-www-form-urlencoded", "a=1&\nb=2"],
    ["application/x-ndjson", '{"a":1}\n{"b":2}'],
    ["application/json\nX-Request-Type: GraphQL", 'query { a }\n\n{ "b": 1 }'],
  ]) {
    test(`${type} ${body}`, () => {
      const text = `POST https://a.test\nContent-Type: ${type}\n\n${body}\n`;
      assert.equal(request(text).body, body);
      assert.deepEqual(codes(text), []);
    });
  }
});
