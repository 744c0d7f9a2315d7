import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "../../../src/syntax/index.ts";

function names(text: string): (string | undefined)[] {
  return parse(text).blocks.map((block) => block.name?.text);
}

function urls(text: string): (string | undefined)[] {
  return parse(text).blocks.map((block) => block.request?.url.text);
}

function codes(text: string): string[] {
  return parse(text).problems.map((problem) => problem.code);
}

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

  test("that would change the request but are not carried out yet refuse it", () => {
    for (const line of ["@ref login", "@no-client-cert", "@disabled", "@assert status == 200", "@retry 3 every 1s"]) {
      assert.deepEqual(codes(`# ${line}\nGET https://a.test/`), ["parse.unsupported-form"], line);
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
