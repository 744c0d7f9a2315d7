import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { directiveFacts, parse } from "../../../src/syntax/index.ts";

function names(text: string): (string | undefined)[] {
  return parse(text).blocks.map((block) => block.name?.text);
}

function urls(text: string): (string | undefined)[] {
  return parse(text).blocks.map((block) => block.request?.url.text);
}

function codes(text: string): string[] {
  return parse(text).problems.map((problem) => problem.code);
}

test("a directive with = or : behind its name is a comment, with a hint", () => {
  for (const line of ["# @name=one", "// @timeout: 5s"]) {
    const text = `${line}\nGET https://a.test/`;
    assert.deepEqual(codes(text), ["parse.directive-marker"]);
    assert.deepEqual(parse(text).blocks[0]?.directives, []);
  }
  assert.deepEqual(codes("# @other=one\n# @names=x\nGET https://a.test/"), []);
});

describe("block comments", () => {
  test("above the request line are comments, whatever they hold", () => {
    const text = "/*\n@a = 1\n\nGET https://old.test/\n*/\nGET https://a.test/";
    const [block] = parse(text).blocks;
    assert.deepEqual(urls(text), ["https://a.test/"]);
    assert.deepEqual(codes(text), []);
    assert.deepEqual(block?.variables, []);
    assert.deepEqual(
      block?.comments.map((comment) => comment.text.text),
      ["/*", "@a = 1", "GET https://old.test/", "*/"],
    );
  });

  test("without an end before the next separator are none", () => {
    assert.ok(codes("/*\nGET https://a.test/\n###\n*/\nGET https://b.test/").length > 0);
  });
});

describe("separators", () => {
  test("three or more # in the first column, any text behind them is the title", () => {
    const text = "### One\nGET https://a.test/1\n####Two \nGET https://a.test/2\n###\nGET https://a.test/3";
    assert.deepEqual(names(text), ["One", "Two", undefined]);
    assert.deepEqual(urls(text), ["https://a.test/1", "https://a.test/2", "https://a.test/3"]);
  });

  test("leading, doubled and trailing ones make blocks without requests and no problems", () => {
    const text = "###\n### A\n###\nGET https://a.test/\n###\n###";
    assert.deepEqual(urls(text), [undefined, undefined, "https://a.test/", undefined, undefined]);
    assert.deepEqual(codes(text), []);
  });

  test("nothing but a file's text stands above the first: a block of its own", () => {
    assert.deepEqual(urls("\n# about\n### A\nGET https://a.test/"), [undefined, "https://a.test/"]);
  });

  test("an empty text has one empty block", () => {
    assert.deepEqual(parse("").blocks.length, 1);
    assert.deepEqual(codes(""), []);
  });

  test("a byte order mark hides no separator and moves no range", () => {
    const text = "\uFEFF### A\nGET https://a.test/";
    const [block] = parse(text).blocks;
    assert.equal(block?.name?.text, "A");
    assert.deepEqual(block?.range, { start: 0, end: text.length });
    assert.deepEqual(block?.separator?.range, { start: 1, end: 6 });
  });

  for (const [label, end] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ] as const) {
    test(`line ends: ${label}`, () => {
      const text = ["### A", "# @name a", "GET https://a.test/", "B: c", "", "d", "### E", "GET https://e.test"].join(
        end,
      );
      assert.deepEqual(names(text), ["a", "E"]);
      assert.deepEqual(urls(text), ["https://a.test/", "https://e.test"]);
      assert.deepEqual(parse(text).blocks[0]?.request?.headers[0]?.value.text, "c");
    });
  }
});

describe("directives", () => {
  test("name and value, in all their spellings", () => {
    const text = "# @name a\n//@title  B c \n  #  @no-log\n# @tag x y\nGET https://a.test/";
    const [block] = parse(text).blocks;
    assert.deepEqual(
      block?.directives.map(({ name, value }) => [name.text, value.text]),
      [
        ["name", "a"],
        ["title", "B c"],
        ["no-log", ""],
        ["tag", "x y"],
      ],
    );
    assert.equal(block?.name?.text, "a");
    assert.deepEqual(codes(text), []);
  });

  test("a title names a block that has no name", () => {
    assert.deepEqual(names("### C\n# @title B\nGET https://a.test/"), ["B"]);
  });

  test("above the ### they belong to the request below", () => {
    const text = "POST https://a.test/\n\n{}\n\n# about two\n# @name two\n\n### Two\nGET https://b.test/\n";
    const { blocks } = parse(text);
    assert.deepEqual(names(text), [undefined, "two"]);
    assert.equal(text.slice(blocks[1]?.range.start).startsWith("# about two"), true);
    const body = blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, "{}");
    assert.deepEqual(codes(text), []);
  });

  test("comments above the ### stay where they are", () => {
    const text = "# about the file\n\n# @name a\n### A\nGET https://a.test/";
    const { blocks } = parse(text);
    assert.deepEqual(
      blocks.map((block) => block.comments.map((comment) => comment.text.text)),
      [["about the file"], []],
    );
    assert.deepEqual(names(text), [undefined, "a"]);
  });

  test("unknown ones are hints with the nearest name", () => {
    const [problem] = parse("# @nmae x\nGET https://a.test/").problems;
    assert.equal(problem?.severity, "hint");
    assert.equal(problem?.code, "parse.unknown-directive");
    assert.match(problem?.message ?? "", /Did you mean "@name"\?/);
  });

  test("ordinary comments with an @ are comments", () => {
    for (const line of ["# mail me@a.test", "# @ home", "# @a.test/b@c", "# see @name"]) {
      assert.deepEqual(codes(`${line}\nGET https://a.test/`), [], line);
    }
  });

  test("needing a value, without one: an error", () => {
    assert.deepEqual(codes("# @name\nGET https://a.test/"), ["parse.directive-value"]);
    assert.deepEqual(parse("# @name  \n").blocks[0]?.directives[0]?.value.range, { start: 7, end: 7 });
  });

  test("below the request line they have no effect and say so", () => {
    assert.deepEqual(codes("GET https://a.test/\n# @no-redirect\nA: b"), ["parse.directive-after-request"]);
    assert.deepEqual(codes("GET https://a.test/\n\n# @no-redirect"), ["parse.directive-after-request"]);
  });

  test("that this version does not carry out refuse the request", () => {
    for (const line of ["@assert status == 200", "@capture a = status", "@expect-failure tls.expired"]) {
      assert.deepEqual(codes(`# ${line}\nGET https://a.test/`), ["parse.unsupported-form"], line);
    }
  });

  const values: [line: string, isRight: boolean][] = [
    ["@ref login", true],
    ["@force-ref my login", true],
    ["@import ./other.https", true],
    ["@prompt name", true],
    ["@prompt name What is it?", true],
    ['@prompt "What is it?" name', false],
    ["@secret-prompt {{name}}", false],
    ["@timeout 5s", true],
    ["@timeout 1.5 m", true],
    ["@timeout 30", true],
    ["@timeout soon", false],
    ["@timeout 0", false],
    ["@connection-timeout 2 ms", true],
    ["@delay 100ms", true],
    ["@delay -1s", false],
    ["@retry 3", true],
    ["@retry 3 every 1s", true],
    ["@retry 3 every 1.5 m unsafe", true],
    ["@retry 3 unsafe", true],
    ["@retry 3 unsafe every 1s", false],
    ["@retry 1000", false],
    ["@retry often", false],
    ["@retry 0", false],
    ["@retry 3 every now", false],
    ["@expect-failure Wrong Words", false],
    ["@assert status = 200", false],
    ["@capture = status", false],
    ["@disabled", true],
    ["@disabled until the server is back", true],
    ["@no-client-cert", true],
  ];
  for (const [line, isRight] of values) {
    test(`# ${line} is ${isRight ? "right" : "wrong"}`, () => {
      assert.deepEqual(codes(`# ${line}\nGET https://a.test/`), isRight ? [] : ["parse.directive-value"]);
    });
  }

  test("that take no value warn about one", () => {
    const [problem] = parse("# @no-redirect please\nGET https://a.test/").problems;
    assert.deepEqual([problem?.code, problem?.severity], ["parse.directive-value", "warning"]);
  });

  test("other tools' own are hints", () => {
    for (const line of ["@note", "@sleep 3000", "@grpc-plaintext", '@kulala-prompt "Name?" NAME', "@meta"]) {
      const { problems } = parse(`# ${line}\nGET https://a.test/`);
      assert.deepEqual(
        problems.map(({ code, severity }) => [code, severity]),
        [["parse.unknown-directive", "hint"]],
        line,
      );
    }
  });

  test("each has a line of documentation and its usage", () => {
    for (const [name, fact] of directiveFacts) {
      assert.ok(fact.usage.startsWith(`@${name}`), name);
      assert.match(fact.documentation, /^[A-Z].*\.$/, name);
      assert.equal(fact.value === "none", fact.usage === `@${name}`, name);
    }
  });

  test("two # make a comment that was meant as a directive", () => {
    assert.deepEqual(codes("## @name a\nGET https://a.test/"), ["parse.directive-marker"]);
    assert.deepEqual(names("## @name a\nGET https://a.test/"), [undefined]);
  });
});

describe("variables", () => {
  const variables = (text: string) =>
    parse(text).blocks.flatMap((block) => block.variables.map(({ name, value }) => [name.text, value.text]));

  test("name and value", () => {
    assert.deepEqual(variables('@a = 1\n@b=2=3\n  @c-1.d\t=  x y # z \n@e =\n@é = "q"\nGET https://a.test/'), [
      ["a", "1"],
      ["b", "2=3"],
      ["c-1.d", "x y # z"],
      ["e", ""],
      ["é", '"q"'],
    ]);
  });

  test("in a body are body", () => {
    const text = "POST https://a.test/\n\n@a = 1\nstill body";
    assert.deepEqual(variables(text), []);
    const body = parse(text).blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, "@a = 1\nstill body");
  });

  test("in a tail of nothing but annotations are definitions", () => {
    const text =
      "POST https://a.test/\n\n{}\n# still body\n\n# the token\n@a = 1\n\n# end\n\n### B\nGET https://b.test";
    assert.deepEqual(variables(text), [["a", "1"]]);
    const body = parse(text).blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, "{}\n# still body");
  });

  test("touching the body they are body", () => {
    const text = "POST https://a.test/\n\n{}\n@a = 1\n\n@b = 2";
    assert.deepEqual(variables(text), [["b", "2"]]);
  });

  test("malformed ones are errors that say what to write", () => {
    for (const line of ["@ x = 1", "@x", "@ = 1", "@{{x}} = 1", "@x y = 1"]) {
      assert.deepEqual(codes(`${line}\nGET https://a.test/`), ["parse.variable-definition"], line);
    }
    const [problem] = parse("@name login\nGET https://a.test/").problems;
    assert.match(problem?.message ?? "", /"# @name login"/);
  });
});

describe("imports and runs", () => {
  const block = (text: string) => parse(text).blocks[0];

  test("import lines and directives, in the order of their places", () => {
    const text = '# @import ./a.https\nimport ./b c.https\n  import "./d.https"  \nGET https://a.test/';
    assert.deepEqual(
      block(text)?.imports.map(({ path }) => [path.text, text.slice(path.range.start, path.range.end)]),
      [
        ["./a.https", "./a.https"],
        ["./b c.https", "./b c.https"],
        ["./d.https", "./d.https"],
      ],
    );
    assert.deepEqual(codes(text), []);
    assert.equal(block(text)?.request?.url.text, "https://a.test/");
  });

  const runs: [line: string, path: string | undefined, name: string | undefined, variables: string[][]][] = [
    ["run #login", undefined, "login", []],
    ["run   #Log me in", undefined, "Log me in", []],
    ["run ./other.https", "./other.https", undefined, []],
    ["run ./a b.https #login", "./a b.https", "login", []],
    ["run #login(@host=a.test)", undefined, "login", [["host", "a.test"]]],
    [
      "run #login ( @host  =a.test,   @user= Jane, or not)",
      undefined,
      "login",
      [
        ["host", "a.test"],
        ["user", "Jane, or not"],
      ],
    ],
    ["run ./a.https#login", "./a.https", "login", []],
    ["run ./a.https (@empty=)", "./a.https", undefined, [["empty", ""]]],
  ];
  for (const [line, path, name, variables] of runs) {
    test(line, () => {
      const text = `${line}\n\nGET https://a.test/`;
      const [run, ...more] = block(text)?.runs ?? [];
      assert.deepEqual(more, []);
      assert.deepEqual([run?.path?.text, run?.name?.text], [path, name]);
      assert.deepEqual(
        run?.variables.map((variable) => [variable.name.text, variable.value.text]),
        variables,
      );
      assert.deepEqual(codes(text), []);
      assert.equal(block(text)?.request?.url.text, "https://a.test/");
    });
  }

  test("stand in blocks without a request too", () => {
    assert.equal(block("run #login\n")?.runs.length, 1);
    assert.equal(block("run #login\n")?.request, undefined);
  });

  test("malformed ones are errors", () => {
    for (const line of ["run", "run #", "run #a (@b)", "run #a (@b = 1"]) {
      assert.deepEqual(codes(line), ["parse.run"], line);
    }
    for (const line of ["import", 'import { a } from "b"']) assert.deepEqual(codes(line), ["parse.import"], line);
  });

  test("a method named run is a method", () => {
    assert.equal(block("run https://a.test/")?.request?.method?.text, "run");
    assert.deepEqual(block("run https://a.test/")?.runs, []);
    assert.equal(block("run.test/path")?.request?.url.text, "run.test/path");
  });

  test("in a body they are body", () => {
    const [first] = parse("POST https://a.test/\n\nimport ./x.https\nrun #y").blocks;
    assert.deepEqual([first?.imports, first?.runs], [[], []]);
  });
});

describe("requests without a separator above them", () => {
  test("start blocks of their own, and neither side is sent", () => {
    const text = "POST https://a.test/\n\n{}\n\n# about two\n# @name two\nGET https://b.test/\nA: b\n\n";
    const { blocks, problems } = parse(text);
    assert.deepEqual(urls(text), ["https://a.test/", "https://b.test/"]);
    assert.deepEqual(names(text), [undefined, "two"]);
    const body = blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, "{}");
    assert.deepEqual(
      problems.map(({ code, severity, range }) => [code, severity, text.slice(range.start, range.end)]),
      [
        ["parse.missing-separator", "error", "POST https://a.test/"],
        ["parse.missing-separator", "error", "GET https://b.test/"],
      ],
    );
  });

  const starts = [
    "GET https://a.test/\nPOST https://b.test/",
    "GET https://a.test/\n\nDELETE {{base}}/x",
    "https://a.test/\nhttps://b.test/",
    "GET https://a.test/\nA: b\n\nPUT /path\nHost: b.test",
    "GET https://a.test/\n\n# next\nGET localhost:3000/x",
    "POST https://a.test/\n\n{}\nGET https://b.test/",
    "GET https://a.test/\n\n> {% x %}\n\nGET https://b.test/",
    "GET https://a.test/\n\n> {%\n x\n%}\nGET https://b.test/",
    "GET https://a.test/\n\n@b = 1\nGET https://b.test/",
    "GET https://a.test/\n\ncurl https://b.test/",
    "curl https://a.test/\n\nGET https://b.test/",
    "HTTP/1.1 200 OK\n\n{}\n\nGET https://b.test/",
  ];
  for (const text of starts) {
    test(JSON.stringify(text), () => {
      const { blocks } = parse(text);
      assert.equal(blocks.length, 2);
      assert.ok(blocks[1]?.request);
      assert.ok(codes(text).includes("parse.missing-separator"));
    });
  }

  const bodies = [
    ["text/markdown", "# Usage\n\nGET https://b.test/"],
    ["message/http", "GET https://b.test/ HTTP/1.1\nHost: b.test"],
    ["application/http", "GET https://b.test/ HTTP/1.1"],
    ["multipart/mixed; boundary=b", "--b\nContent-Type: application/http\n\nGET /x HTTP/1.1\n\n--b--"],
    ["application/sql", "SELECT 1;\n\nUPDATE dbo.items\nSET a = 1"],
    ["application/json", "GET well soon"],
    ["application/json", " GET https://b.test/"],
    ["application/json", "get https://b.test/"],
  ];
  for (const [type, body] of bodies) {
    test(`${type} may hold ${JSON.stringify(body)}`, () => {
      const { blocks, problems } = parse(`POST https://a.test/\nContent-Type: ${type}\n\n${body}\n`);
      assert.equal(blocks.length, 1);
      assert.deepEqual(problems, []);
      const node = blocks[0]?.request?.body;
      assert.equal(node?.kind === "inline" && node.content.text, body);
    });
  }
});
