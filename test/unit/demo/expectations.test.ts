import assert from "node:assert/strict";
import { test } from "node:test";
import { readExpectations } from "../../../src/demo/index.ts";

test("responses and failures are read with their line and title", () => {
  const text = [
    "# Welcome",
    "###   First one  ",
    "# a comment",
    "# expect: 200 verified TLSv1.3",
    "GET https://localhost/",
    "",
    "#### Second",
    "# expect: failure tls.expired",
    "GET https://localhost/",
  ];
  const expected = [
    { line: 4, title: "First one", expected: { kind: "response", status: 200, protocol: "TLSv1.3" } },
    { line: 8, title: "Second", expected: { kind: "failure", code: "tls.expired" } },
  ];
  assert.deepEqual(readExpectations(text.join("\n")), expected);
  assert.deepEqual(readExpectations(text.join("\r\n")), expected);
});

test("a file without expectations has none", () => {
  assert.deepEqual(readExpectations("### x\n# I expect: nothing\nGET https://localhost/"), []);
});

for (const wrong of ["", "200", "200 TLSv1.3", "200 verified TLSv1.1", "failure", "failure tls.nonsense", "success"]) {
  test(`"# expect: ${wrong}" is refused with its line`, () => {
    assert.throws(() => readExpectations(`### x\n# expect: ${wrong}\n`), {
      name: "SyntaxError",
      message: `line 2: cannot read the expectation "${wrong}"`,
    });
  });
}
